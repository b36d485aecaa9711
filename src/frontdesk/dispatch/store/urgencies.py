"""What has become urgent: a row for each time, kept for a day."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction

KEPT: Final[Millis] = 86_400_000
_COLUMNS: Final = "id, organization_id, conversation_id, team_id, agent_id, what, measure, since, due_at, at"


class Urgent(StrEnum):
    """An agent does not answer; a promise is about to be broken; it is broken."""

    SILENT = "silent"
    WARNED = "warned"
    BREACHED = "breached"


class Urgency(Struct, frozen=True, kw_only=True):
    """`measure` and `due_at` say which promise; it is none where an agent is silent. `since`: what is counted from."""

    id: int
    organization_id: int
    conversation_id: int
    team_id: int | None
    agent_id: int | None
    what: Urgent
    measure: str = ""
    since: Millis
    due_at: Millis | None = None
    at: Millis


async def add(transaction: Transaction, urgency: Urgency) -> bool:
    """False when it is known: whoever looks again finds the same."""
    await transaction.execute(
        "delete from urgency where organization_id = $1 and at < $2",
        urgency.organization_id,
        urgency.at - KEPT,
    )
    added = await transaction.execute(
        f"""insert into urgency ({_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (conversation_id, what, measure, since) do nothing""",  # noqa: S608 - constant columns
        urgency.id,
        urgency.organization_id,
        urgency.conversation_id,
        urgency.team_id,
        urgency.agent_id,
        urgency.what,
        urgency.measure,
        urgency.since,
        urgency.due_at,
        urgency.at,
    )
    return added > 0


async def hand_on(transaction: Transaction, known: Sequence[Urgency]) -> None:
    """These are not new any more."""
    await transaction.execute_each(
        "update urgency set handed_on = true where organization_id = $1 and id = $2",
        [(one.organization_id, one.id) for one in known],
    )


async def new_since(reader: Reader, moment: Millis, *, limit: int) -> Sequence[Urgency]:
    """Of every organization, what has become urgent after the moment and was not handed on, the oldest first."""
    rows = await reader.fetch(
        f"select {_COLUMNS} from urgency where not handed_on and at > $1 order by at, id limit $2",  # noqa: S608 - constant columns
        moment,
        limit,
    )
    return [
        Urgency(
            id=row[0],
            organization_id=row[1],
            conversation_id=row[2],
            team_id=row[3],
            agent_id=row[4],
            what=Urgent(row[5]),
            measure=row[6],
            since=row[7],
            due_at=row[8],
            at=row[9],
        )
        for row in rows
    ]
