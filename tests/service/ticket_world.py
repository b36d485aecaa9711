"""An agent with a conversation, and what the tests of tickets ask about one."""

from collections.abc import Awaitable, Sequence

import pytest

from frontdesk.conversations import EntryKind, Note, decode_body, entry_at_in
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.tickets import NewTicket, history_of_ticket
from tests.service.dispatch_world import World

NEW = NewTicket(client_id="t-1", title="The lamp flickers")


async def desk(world: World) -> tuple[Subject, int, int]:
    """An agent with a conversation, the team and the conversation."""
    mei = await world.add_agent()
    team = await world.add_team(mei)
    contact = await world.meet()
    return mei, team, (await world.ask(team, contact=contact)).id


async def lines(world: World, subject: Subject, ticket_id: str) -> Sequence[tuple[str, str, str, str]]:
    """Who did what, from what to what; the oldest first."""
    page = await history_of_ticket(world.platform, subject, int(ticket_id))
    return [(line.by, line.kind, line.before, line.after) for line in reversed(page.items)]


async def last_note(world: World, conversation: int) -> Note:
    head = (await world.get(conversation)).head
    entry = await world.platform.database.read(
        world.organization, lambda reader: entry_at_in(reader, world.organization, conversation, head)
    )
    assert entry is not None
    assert entry.kind is EntryKind.NOTE
    return decode_body(entry, Note)


async def refused(attempt: Awaitable[object]) -> ErrorKind:
    with pytest.raises(FrontdeskError) as caught:
        await attempt
    return caught.value.kind
