"""The long form: a million random steps of dispatch, in histories of 2,000 each. Results are kept under .build/chaos/."""

import argparse
import asyncio
import secrets
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from frontdesk.platform.config import Config, Database, Storage
from tests.chaos.dispatch_history import History, alone, together
from tests.kit.postgres import PostgresServer

EACH = 2_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.dispatch", description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--together", action="store_true", help="several dispatchers at once on PostgreSQL")
    told = parser.parse_args()
    kept = Path(".build/chaos") / f"dispatch-{'together' if told.together else 'alone'}-{told.seed}.jsonl"
    kept.parent.mkdir(parents=True, exist_ok=True)
    print(f"seed {told.seed}, results in {kept}", flush=True)  # noqa: T201 - what it is run for
    server = PostgresServer() if told.together else None
    try:
        if server is not None:
            server.start()
        return _histories(told.steps, told.seed, kept, server)
    finally:
        if server is not None:
            server.remove()


def _histories(steps: int, seed: int, kept: Path, server: PostgresServer | None) -> int:
    done, began = 0, time.monotonic()
    while done < steps:
        history = _history(min(EACH, steps - done), seed, server)
        with kept.open("ab") as file:
            file.write(msgspec.json.encode({"seed": seed, **msgspec.to_builtins(history)}) + b"\n")
        done, seed = done + history.steps, seed + 1
        rate = done / (time.monotonic() - began)
        print(f"  {done:,} steps, {rate:,.0f} a second, broken: {history.broken or 'nothing'}", flush=True)  # noqa: T201 - what it is run for
        if history.broken:
            return 1
    return 0


def _history(steps: int, seed: int, server: PostgresServer | None) -> History:
    with TemporaryDirectory() as folder:
        storage = Storage(path=Path(folder))
        if server is None:
            return asyncio.run(alone(Config(storage=storage), seed, steps))
        name = server.create(server.template())
        config = Config(storage=storage, database=Database(url=server.url(name), pool=8))
        try:
            return asyncio.run(together(config, seed, steps))
        finally:
            server.drop(name)


if __name__ == "__main__":
    raise SystemExit(main())
