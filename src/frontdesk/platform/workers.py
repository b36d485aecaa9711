"""Worker numbers for ids: every life of a process takes the next one, and starts above the ids of the lives before."""

from typing import Final

from frontdesk.core.clock import Clock, Millis
from frontdesk.core.ids import MAX_WORKER, Ids
from frontdesk.platform.database import EVERY_ORGANIZATION, Database, Transaction

_KEPT_LIVES: Final = 64
_UNNOTED: Final = 60_000


async def lease_ids(database: Database, clock: Clock, *, floor: Millis = 0) -> Ids:
    """Ids for this life of the process: no id of it is at or below `floor` or what an earlier life had noted.

    A clock that is behind what was noted was set back since. What an earlier life made between its last note and its
    end is skipped too then, by a minute, so that ids go on upward whatever the clock says.
    """

    async def work(tx: Transaction) -> Ids:
        row = await tx.fetch_one("select max(life), max(high_water) from worker")
        life, noted = (0, 0) if row is None or row[0] is None else row
        if clock.now() < noted:
            noted += _UNNOTED
        high_water = max(noted, floor)
        life += 1
        number = life % (MAX_WORKER + 1)
        await tx.execute(
            "insert into worker (life, number, started_at, high_water) values ($1, $2, $3, $4)",
            life,
            number,
            clock.now(),
            max(high_water, clock.now()),
        )
        await tx.execute("delete from worker where life <= $1", life - _KEPT_LIVES)
        return Ids(clock, worker=number, floor=high_water)

    return await database.write(EVERY_ORGANIZATION, work)


async def note_high_water(database: Database, ids: Ids) -> None:
    """Write down how far this life's ids have come; called every few seconds and at a clean stop."""

    async def work(tx: Transaction) -> None:
        await tx.execute(
            "update worker set high_water = $1 where life = (select max(life) from worker) and high_water < $1",
            ids.high_water,
        )

    await database.write(EVERY_ORGANIZATION, work)
