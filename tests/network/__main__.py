"""The long form: 10,000 sends through bad weather, or as many as asked. See docs/guarantees.md."""

import argparse
import secrets
from pathlib import Path

from tests.network.run import Plan, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.network", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--sends", type=int, default=10_000)
    parser.add_argument("--visitors", type=int, default=8)
    told = parser.parse_args()
    folder = Path(".build/network") / str(told.seed)
    print(f"seed {told.seed}, server's data and log in {folder}/", flush=True)  # noqa: T201 - what it is run for
    done = run(
        folder.absolute(),
        Plan(told.seed, told.sends, told.visitors),
        lambda text: print(f"  {text}", flush=True),  # noqa: T201 - what it is run for
    )
    print(done, *done.wrong, sep="\n")  # noqa: T201 - what it is run for
    return 1 if done.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
