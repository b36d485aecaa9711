"""A team's queue as a line: how long it is, who stands where, since when the first one does.

What an arrival asks is answered by an index alone, however long the line is.
"""

from typing import NamedTuple

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import QueueItem
from frontdesk.platform import Reader


class InLine(NamedTuple):
    """Of somebody who waits, what those see who look at the whole queue."""

    conversation_id: int
    contact_id: int
    waiting_since: Millis
    callback: bool


async def whole(reader: Reader, organization_id: int, team_id: int, *, limit: int) -> list[InLine]:
    """The team's queue, next first; offered ones keep their place."""
    rows = await reader.fetch(
        """select conversation_id, contact_id, waiting_since, callback from queue_item
        where organization_id = $1 and team_id = $2 order by enqueued_at, conversation_id limit $3""",
        organization_id,
        team_id,
        limit,
    )
    return [InLine(row[0], row[1], row[2], bool(row[3])) for row in rows]


async def ahead_of(reader: Reader, item: QueueItem) -> int:
    """How many are before this one in its team."""
    row = await reader.fetch_one(
        """select count(*) from queue_item where organization_id = $1 and team_id = $2
        and (enqueued_at, conversation_id) < ($3, $4)""",
        item.organization_id,
        item.team_id,
        item.enqueued_at,
        item.conversation_id,
    )
    return 0 if row is None else row[0]


async def count_waiting(reader: Reader, organization_id: int) -> dict[int, tuple[int, Millis]]:
    """By team: how many wait, and since when the oldest."""
    rows = await reader.fetch(
        """select team_id, count(*), min(waiting_since) from queue_item where organization_id = $1
        group by team_id""",
        organization_id,
    )
    return {team_id: (count, oldest) for team_id, count, oldest in rows}


async def is_as_long_as(reader: Reader, organization_id: int, team_id: int, most: int) -> bool:
    """Whether so many wait for this team, or more."""
    row = await reader.fetch_one(
        """select count(*) from
        (select 1 from queue_item where organization_id = $1 and team_id = $2 limit $3) as waiting""",
        organization_id,
        team_id,
        most,
    )
    return row is not None and row[0] >= most


async def waiting_longest(reader: Reader, organization_id: int, team_id: int) -> Millis | None:
    """Since when the one who has waited longest for this team does."""
    row = await reader.fetch_one(
        "select min(waiting_since) from queue_item where organization_id = $1 and team_id = $2",
        organization_id,
        team_id,
    )
    return None if row is None else row[0]


async def teams_of_heavy(reader: Reader, organization_id: int) -> list[int]:
    """The teams in whose queues something waits that takes more than one place."""
    rows = await reader.fetch(
        "select distinct team_id from queue_item where organization_id = $1 and weight > 1", organization_id
    )
    return [row[0] for row in rows]
