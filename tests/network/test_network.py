"""The short form of `python -m tests.network`."""

from pathlib import Path

import pytest

from tests.network.run import Plan, run

PLAN = Plan(seed=5, sends=500)


@pytest.mark.timeout(180)
def test_nothing_is_lost_doubled_or_out_of_order_and_all_tabs_agree_on_lines_that_fail_in_every_way(
    tmp_path: Path,
) -> None:
    done = run(tmp_path, PLAN)
    print(done)  # noqa: T201 - what was proved
    assert not done.wrong, "\n".join(done.wrong)
    assert done.reloads
    assert done.outages
    assert {"late", "twice", "cut", "ghost", "lost"} <= set(done.happened), "nothing was proved"
