"""Waits that ended lately: what estimates are made of. They name nobody, and are forgotten after some hours."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.pace import WINDOWS_MS, Wait
from frontdesk.dispatch.store import line
from frontdesk.platform import Reader, Transaction

KEPT_MS = 2 * WINDOWS_MS[-1]
MOST = 5_000


async def insert(
    transaction: Transaction,
    organization_id: int,
    team_id: int,
    began: Sequence[tuple[int, Millis]],
    *,
    ended_at: Millis,
    served: bool,
) -> None:
    """Note waits that end now, each with an id and when it began, and forget the team's old ones."""
    await transaction.execute(
        "delete from queue_wait where organization_id = $1 and team_id = $2 and ended_at < $3",
        organization_id,
        team_id,
        ended_at - KEPT_MS,
    )
    await transaction.execute_each(
        """insert into queue_wait (id, organization_id, team_id, began_at, ended_at, served)
        values ($1, $2, $3, $4, $5, $6)""",
        [(identity, organization_id, team_id, began_at, ended_at, served) for identity, began_at in began],
    )


async def of_team(reader: Reader, organization_id: int, team_id: int, since: Millis) -> list[Wait]:
    """The team's waits that ended since then, newest first, and behind them the longest that is not over.

    Nothing when none has ended: then there is no pace to tell.
    """
    ended = await reader.fetch(
        """select began_at, ended_at, served from queue_wait
        where organization_id = $1 and team_id = $2 and ended_at > $3 order by ended_at desc limit $4""",
        organization_id,
        team_id,
        since,
        MOST,
    )
    if not ended:
        return []
    oldest = await line.waiting_longest(reader, organization_id, team_id)
    waits = [Wait(began_at, ended_at, bool(served)) for began_at, ended_at, served in ended]
    if oldest is not None:
        waits.append(Wait(oldest, None, served=False))
    return waits
