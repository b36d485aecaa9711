"""The processes of an installation: the worker number that each makes its ids under, and which of them are alive.

    free ──take──▶ alive ──give back──▶ free
                     │
                     └──silent; another process has seen it and says so──▶ buried ──its reserved time is over──▶ free

A number belongs to one living process at a time. Ids made under it cannot meet those of whoever has it next, whatever
any clock says and however long a process was paused: it makes none beyond the time that it had reserved in the
database, and its successor begins above that.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Clock, Millis
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import FOREVER, MAX_WORKER, Ids
from frontdesk.platform.database import EVERY_ORGANIZATION, Database, Reader, Transaction

RESERVED_MS: Final = 3_600_000
"""How far ahead a process reserves: it goes on that long without the database, and a killed one's number rests as long."""
_UNNOTED: Final = 60_000
_TRIES: Final = 20


class Worker(Struct, frozen=True):
    """A living process. `targets` is what it runs; `island` names its bus if that reaches no other process."""

    number: int
    life: int
    beat: int
    targets: frozenset[str]
    island: str


class Taken(Struct, frozen=True):
    """What a process got at its start: the life that it leads, its number, and the stretch of time for its ids."""

    life: int
    number: int
    floor: Millis
    until: Millis


class _Row(Struct, frozen=True):
    number: int
    life: int
    alive: bool
    high_water: Millis
    ids_until: Millis


async def take(database: Database, clock: Clock, *, floor: Millis, alone: bool) -> Taken:
    """Begin a life. Its ids are above `floor`.

    `alone`: nobody else can have this database now. Then every earlier life is over, and ids go on above all that was
    noted. A clock that is behind what was noted was set back since: what an earlier life made between its last note
    and its end is skipped too then, by a minute.

    Raises `unavailable` when every number is in use.
    """

    async def work(tx: Transaction) -> Taken | None:
        rows = await _rows(tx)
        if alone:
            await tx.execute("update process set alive = false where alive")
            await tx.execute("update lease set life = 0 where life <> 0")
        now = clock.now()
        life = max((row.life for row in rows), default=0) + 1
        free = _free(rows, now, alone=alone)
        if free is None:
            raise _exhausted()
        number, former = free
        begins = max(floor, _noted(rows, now) if alone else 0, 0 if former is None else former.ids_until)
        until = FOREVER if alone else max(begins, now) + RESERVED_MS
        kept = max(begins, now) if alone else until
        written = await _write(
            tx, number, former, life=life, now=now, high_water=max(begins, now), until=kept
        )
        return Taken(life, number, begins, until) if written else None

    for _ in range(_TRIES):
        taken = await database.write(EVERY_ORGANIZATION, work)
        if taken is not None:
            return taken
    raise _exhausted()


async def beat_in(tx: Transaction, taken: Taken, ids: Ids, *, until: Millis) -> bool:
    """Say that this life goes on, and reserve time for its ids. False when it was declared over."""
    changed = await tx.execute(
        "update process set beat = beat + 1, high_water = $1, ids_until = $2 where number = $3 and life = $4 and alive",
        ids.high_water, until, taken.number, taken.life,
    )  # fmt: skip
    return changed == 1


async def announce_in(tx: Transaction, taken: Taken, targets: Sequence[str], island: str) -> Worker | None:
    """Say what this process runs, and on which bus.

    Nothing is said while another one runs something on another bus: the oldest of those is returned.
    """
    for worker in await living(tx):
        if worker.life != taken.life and worker.targets and worker.island != island:
            return worker
    await tx.execute(
        "update process set targets = $1, island = $2 where number = $3 and life = $4",
        ",".join(targets), island, taken.number, taken.life,
    )  # fmt: skip
    return None


async def give_back_in(tx: Transaction, taken: Taken, ids: Ids) -> None:
    """End a life: its number is free at once, for ids above those that it made."""
    await tx.execute(
        "update process set alive = false, targets = '', high_water = $1, ids_until = $1 where number = $2 and life = $3",
        ids.high_water, taken.number, taken.life,
    )  # fmt: skip


async def bury_in(tx: Transaction, worker: Worker) -> bool:
    """Declare a life over that has not moved since `worker` was read. False when it has."""
    changed = await tx.execute(
        "update process set alive = false where number = $1 and life = $2 and beat = $3 and alive",
        worker.number, worker.life, worker.beat,
    )  # fmt: skip
    return changed == 1


async def living(reader: Reader) -> list[Worker]:
    """Every life that was not declared over, oldest first."""
    rows = await reader.fetch(
        "select number, life, beat, targets, island from process where alive order by life"
    )
    return [
        Worker(row[0], row[1], row[2], frozenset(filter(None, row[3].split(","))), row[4]) for row in rows
    ]


async def _rows(reader: Reader) -> list[_Row]:
    rows = await reader.fetch(
        "select number, life, alive, high_water, ids_until from process order by life, number"
    )
    return [_Row(row[0], row[1], bool(row[2]), row[3], row[4]) for row in rows]


def _free(rows: Sequence[_Row], now: Millis, *, alone: bool) -> tuple[int, _Row | None] | None:
    """A number that nobody has, with its former life: one that was never used, else the one that has rested longest."""
    used = {row.number for row in rows}
    unused = next((number for number in range(MAX_WORKER + 1) if number not in used), None)
    if unused is not None:
        return unused, None
    rested = next((row for row in rows if alone or (not row.alive and row.ids_until < now)), None)
    return None if rested is None else (rested.number, rested)


def _noted(rows: Sequence[_Row], now: Millis) -> Millis:
    noted = max((row.high_water for row in rows), default=0)
    return noted + _UNNOTED if now < noted else noted


async def _write(
    tx: Transaction,
    number: int,
    former: _Row | None,
    *,
    life: int,
    now: Millis,
    high_water: Millis,
    until: Millis,
) -> bool:
    """False when another process was faster."""
    if former is not None:
        await tx.execute(
            "delete from process where number = $1 and life = $2 and not alive", number, former.life
        )
    return await tx.execute(
        "insert into process (number, life, alive, beat, targets, started_at, high_water, ids_until)"
        " values ($1, $2, true, 0, '', $3, $4, $5) on conflict do nothing",
        number, life, now, high_water, until,
    ) == 1  # fmt: skip


def _exhausted() -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "platform.no-worker-number",
        f"All {MAX_WORKER + 1} worker numbers are in use.",
        hint="Stop processes, or wait: the number of one that was killed is free again after an hour.",
    )
