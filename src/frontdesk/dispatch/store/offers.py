"""Whom something is offered to, whichever way: a queue's next one, one of several who were asked, a colleague's transfer."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader

_OFFERS: Final = """(
    select organization_id, conversation_id, offered_to as agent_id, offer_expires_at as expires_at
        from queue_item where state = 'offered'
    union all select organization_id, conversation_id, agent_id, expires_at from invitation
    union all select organization_id, conversation_id, to_agent_id, expires_at from transfer_request) offer"""


class StandingOffer(Struct, frozen=True):
    """An agent is asked, until `expires_at`, whether to take a conversation."""

    organization_id: int
    conversation_id: int
    agent_id: int
    expires_at: Millis


async def standing_offers(reader: Reader, now: Millis) -> Sequence[StandingOffer]:
    """Every offer of every organization that has not run out."""
    rows = await reader.fetch(
        f"select organization_id, conversation_id, agent_id, expires_at from {_OFFERS} where expires_at > $1",  # noqa: S608 - a part of ours
        now,
    )
    return [StandingOffer(*row) for row in rows]


async def is_offered(
    reader: Reader, organization_id: int, conversation_id: int, agent_id: int, now: Millis
) -> bool:
    """Whether this agent is asked now."""
    row = await reader.fetch_one(
        f"""select 1 from {_OFFERS} where organization_id = $1 and conversation_id = $2 and agent_id = $3
        and expires_at > $4""",  # noqa: S608 - a part of ours
        organization_id,
        conversation_id,
        agent_id,
        now,
    )
    return row is not None
