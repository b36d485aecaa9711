"""Into the queue: what is known of the visitor is noted with the place, and gives the head start."""

from typing import Final

from frontdesk.contacts import find_contact_in
from frontdesk.conversations import Conversation
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.dispatch.policies.attributes import head_start_s, parameter
from frontdesk.dispatch.store import cares, codes, queue, routings
from frontdesk.dispatch.store.codes import CODE, DirectCode
from frontdesk.dispatch.types import Facts, Place, Routing
from frontdesk.platform import Reader, Transaction
from frontdesk.staff import find_team

BROUGHT_BACK_S: Final = 600
"""The head start of one that was transferred, or whose agent is gone, before its own age."""
PARAMETER: Final = "frontdesk"
"""The parameter of a page's address that holds a direct code."""


async def enter_in(
    tx: Transaction, conversation: Conversation, team_id: int, place: Place, now: Millis
) -> None:
    """Put a conversation into a team's queue.

    Who arrives later than the longest head start after somebody never comes before them: no head start is longer than
    30 minutes.
    """
    organization_id = conversation.organization_id
    facts = place.facts or await facts_of(tx, conversation)
    routing = place.routing
    if routing is None:
        stored = await routings.current(tx, organization_id, team_id)
        routing = Routing() if stored is None else stored.routing
    start = max(head_start_s(facts, routing), place.head_start_s)
    await queue.insert(
        tx,
        organization_id=organization_id,
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
        team_id=team_id,
        priority=place.priority,
        arrived_at=place.since or now,
        head_start_s=max(start, BROUGHT_BACK_S) if place.priority else start,
        facts=facts,
        requested=place.requested,
        callback=place.callback,
        department_id=place.department_id,
        weight=conversation.weight,
        kind=conversation.kind,
        now=now,
    )


async def facts_of(reader: Reader, conversation: Conversation) -> Facts:
    """What rules may look at."""
    organization_id = conversation.organization_id
    contact = await find_contact_in(reader, organization_id, conversation.contact_id)
    care = await cares.find(reader, organization_id, conversation.contact_id)
    page = None if contact is None else contact.page
    return Facts(
        conversation.language,
        str(conversation.channel_id),
        "" if page is None else page.url,
        "" if page is None else page.referrer,
        care.vip,
    )


async def code_of(reader: Reader, organization_id: int, facts: Facts) -> DirectCode | None:
    """Whom the address of the visitor's page asks for. An unknown code, or one of a removed team, asks for nobody."""
    text = parameter(facts.page, PARAMETER).lower()
    code = await codes.find(reader, organization_id, text) if CODE.fullmatch(text) else None
    if code is None or code.team_id is None:
        return code
    try:
        await find_team(reader, organization_id, code.team_id)
    except FrontdeskError:
        return None
    return code
