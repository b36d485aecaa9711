"""The long form: faults of every kind against a cluster under load, for as long as asked. See docs/guarantees.md."""

import argparse
import asyncio
import secrets
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

from tests.chaos.checker import check, report
from tests.chaos.faults import EVERY, KILLS
from tests.chaos.history import read
from tests.chaos.run import Load, Run, run


def plan(seed: int) -> Iterator[str]:
    """Every second fault is a kill, the others are of every kind."""
    dice = Random(seed)  # noqa: S311 - moments of a test
    for turn in count():
        yield dice.choice(list(EVERY if turn % 2 else KILLS))


def summary(done: Run) -> str:
    return (
        f"{done.acked:,} messages acked, {done.kills} kills, {done.served} conversations served to their end, "
        f"{done.handed_on} handed on, {len(done.our_faults)} answers with a fault of ours"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--seconds", type=float, default=3_600, help="end after so long")
    parser.add_argument("--acked", type=int, default=200_000, help="or after so many acked messages …")
    parser.add_argument("--kills", type=int, default=50, help="… and so many kills")
    parser.add_argument("--rate", type=float, default=300, help="messages a second")
    told = parser.parse_args()
    folder = Path(".build/chaos") / str(told.seed)
    print(f"seed {told.seed}, history in {folder}/", flush=True)  # noqa: T201 - what it is run for
    deadline = time.monotonic() + told.seconds

    def enough(acked: int, kills: int) -> bool:
        print(f"  {acked:,} acked, {kills} kills", flush=True)  # noqa: T201 - what it is run for
        return time.monotonic() > deadline or (acked >= told.acked and kills >= told.kills)

    done = asyncio.run(run(folder, told.seed, Load(told.rate, arrivals=2), plan(told.seed), enough))
    verdicts = check(read(done.history))
    text = "\n".join([summary(done), *done.our_faults[:5], report(verdicts)])
    (folder / "report.txt").write_text(text + "\n")
    print(text)  # noqa: T201 - what it is run for
    return 1 if done.our_faults or any(verdict.violations for verdict in verdicts) else 0


if __name__ == "__main__":
    raise SystemExit(main())
