"""The short form of `make chaos`: a cluster under load while processes, servers and lines fail one after another."""

import random
from pathlib import Path

import pytest

from tests.chaos.__main__ import summary
from tests.chaos.checker import check, report
from tests.chaos.history import read
from tests.chaos.run import Load, run

SEED = 3
LOAD = Load(rate=50, arrivals=2, conversations=4, agents=1)
FAULTS = [
    "kill access",
    "kill dispatch",
    "kill nats",
    "kill postgres",
    "lost answers",
    "pause some of postgres",
    "slow commits",
    "bus partition",
]


@pytest.mark.timeout(300)
async def test_nothing_acked_is_lost_doubled_or_out_of_order_whatever_of_a_cluster_fails(
    tmp_path: Path,
) -> None:
    plan = random.Random(SEED).sample(FAULTS, len(FAULTS))  # noqa: S311 - moments of a test
    done = await run(tmp_path, SEED, LOAD, plan)
    verdicts = check(read(done.history))
    print(summary(done), report(verdicts), sep="\n")  # noqa: T201 - what it is run for
    assert not done.our_faults
    assert not any(verdict.violations for verdict in verdicts), report(verdicts)
    assert all(verdict.n for verdict in verdicts), f"nothing was proved:\n{report(verdicts)}"
    assert done.kills == 4
    assert done.acked > 500, "the load was too small to prove anything"
