"""Making tickets: of a conversation, of a leave-message, of a telephone call."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from frontdesk.conversations import EntryKind, snapshot
from frontdesk.conversations.mentions import list_mentions
from frontdesk.core.errors import ErrorKind
from frontdesk.dispatch import close
from frontdesk.platform import Platform
from frontdesk.staff import AgentChanges, update_agent
from frontdesk.tickets import (
    LeaveMessageState,
    NewLeaveMessage,
    NewTicket,
    Priority,
    TicketState,
    get_ticket,
    leave,
    list_leave_messages,
    make_ticket,
)
from tests.service.dispatch_world import World
from tests.service.staff_people import administrator
from tests.service.ticket_world import NEW, desk, last_note, lines, refused


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def test_a_ticket_of_a_conversation_has_its_contact_and_the_conversation_says_so(world: World) -> None:
    mei, team, one = await desk(world)
    new = replace(
        NEW, conversation_id=one, description="Since Monday", priority=Priority.HIGH, team_id=team, due_at=5
    )
    made = await make_ticket(world.platform, mei, new)
    assert (made.number, made.title, made.description) == (1, "The lamp flickers", "Since Monday")
    assert (made.state, made.priority, made.due_at) == (TicketState.OPEN, Priority.HIGH, 5)
    assert (made.conversation_id, made.contact_id, made.made_by) == (
        str(one),
        str((await world.get(one)).contact_id),
        str(mei.id),
    )
    assert made.contact_name
    note = await last_note(world, one)
    assert note.text == "#1 The lamp flickers"
    assert note.ticket is not None
    assert (note.ticket.id, note.ticket.number, note.ticket.deed, note.mentions) == (made.id, 1, "made", ())
    assert await lines(world, mei, made.id) == [(str(mei.id), "made", "", "")]
    opened = await get_ticket(world.platform, mei, int(made.id))
    assert (opened.ticket, opened.conversation_readable) == (made, True)


async def test_a_ticket_is_made_of_a_closed_conversation_too_and_of_none(world: World) -> None:
    mei, _, one = await desk(world)
    await close(world.platform, mei, one)
    assert (await make_ticket(world.platform, mei, replace(NEW, conversation_id=one))).number == 1
    loose = await make_ticket(world.platform, mei, replace(NEW, client_id="t-2"))
    assert (loose.number, loose.contact_id, loose.contact_name, loose.conversation_id) == (2, None, "", None)


async def test_one_ticket_is_made_when_it_is_sent_again(world: World) -> None:
    mei, _, one = await desk(world)
    new = replace(NEW, conversation_id=one)
    made = await asyncio.gather(*(make_ticket(world.platform, mei, new) for _ in range(4)))
    assert len({ticket.id for ticket in made}) == 1
    assert (await world.kinds(one)).count(EntryKind.NOTE) == 1
    tom = await world.add_agent()
    assert (await make_ticket(world.platform, tom, NEW)).number == 2  # another person's


async def test_numbers_are_one_after_the_other_when_many_are_made_at_once(
    world: World, other_organization: int
) -> None:
    mei = await world.add_agent()
    made = await asyncio.gather(
        *(make_ticket(world.platform, mei, replace(NEW, client_id=f"t-{turn}")) for turn in range(12))
    )
    assert sorted(ticket.number for ticket in made) == list(range(1, 13))
    stranger = await administrator(world.platform, other_organization)
    assert (await make_ticket(world.platform, stranger, NEW)).number == 1


async def test_who_is_given_a_new_ticket_is_told_and_may_read_the_conversation(world: World) -> None:
    mei, _, one = await desk(world)
    tom = await world.add_agent()  # of no team
    assert await refused(snapshot(world.platform, tom, one)) is ErrorKind.NOT_FOUND
    made = await make_ticket(world.platform, mei, replace(NEW, conversation_id=one, assignee_id=tom.id))
    assert [one.id for one in (await last_note(world, one)).mentions] == [str(tom.id)]
    (mention,) = (await list_mentions(world.platform, tom)).items
    assert (mention.text, mention.seen) == ("#1 The lamp flickers", False)
    assert (await get_ticket(world.platform, tom, int(made.id))).conversation_readable
    assert await snapshot(world.platform, tom, one)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (replace(NEW, title=" \n "), ErrorKind.INVALID),
        (replace(NEW, title="x" * 201), ErrorKind.INVALID),
        (replace(NEW, description="x" * 10_001), ErrorKind.INVALID),
        (replace(NEW, client_id=""), ErrorKind.INVALID),
        (replace(NEW, client_id="x" * 65), ErrorKind.INVALID),
        (replace(NEW, conversation_id=404, leave_message_id=404), ErrorKind.INVALID),
        (replace(NEW, conversation_id=404), ErrorKind.NOT_FOUND),
        (replace(NEW, leave_message_id=404), ErrorKind.NOT_FOUND),
        (replace(NEW, assignee_id=404), ErrorKind.NOT_FOUND),
        (replace(NEW, team_id=404), ErrorKind.NOT_FOUND),
    ],
)
async def test_nothing_is_made_and_no_number_is_lost_when_something_is_wrong(
    world: World, wrong: NewTicket, kind: ErrorKind
) -> None:
    mei, _, _ = await desk(world)
    assert await refused(make_ticket(world.platform, mei, wrong)) is kind
    assert (await make_ticket(world.platform, mei, NEW)).number == 1


async def test_no_ticket_is_made_by_visitors_nor_of_what_one_may_not_read_nor_for_who_is_away_for_good(
    world: World,
) -> None:
    mei, _, one = await desk(world)
    tom = await world.add_agent()
    visitor = world.visitor_of(await world.get(one))
    assert await refused(make_ticket(world.platform, visitor, NEW)) is ErrorKind.FORBIDDEN
    hidden = replace(NEW, conversation_id=one)
    assert await refused(make_ticket(world.platform, tom, hidden)) is ErrorKind.NOT_FOUND
    bot = await world.add_bot()
    await update_agent(world.platform, world.system, tom.id, AgentChanges(enabled=False))
    for nobody in (bot, tom):
        given = replace(NEW, assignee_id=nobody.id)
        assert await refused(make_ticket(world.platform, mei, given)) is ErrorKind.NOT_FOUND


async def test_a_leave_message_becomes_one_ticket_and_is_handled_by_that(world: World) -> None:
    mei, _, one = await desk(world)
    visitor = world.visitor_of(await world.get(one))
    left = NewLeaveMessage(
        client_id="l-1", name="Zhou", text="Call me", phone="139 0000 0000", conversation_id=one
    )
    message = await leave(world.platform, visitor, left)
    new = replace(NEW, leave_message_id=message)
    made = await make_ticket(world.platform, mei, new)
    assert (made.leave_message_id, made.contact_id, made.contact_name) == (
        str(message),
        str(visitor.id),
        "Zhou",
    )
    assert made.conversation_id == str(one)
    assert (await last_note(world, one)).ticket is not None
    (shown,) = (await list_leave_messages(world.platform, mei)).items
    assert shown.ticket is not None
    assert (shown.ticket.id, shown.ticket.number) == (made.id, made.number)
    assert (shown.state, shown.handled_by) == (LeaveMessageState.HANDLED, mei.id)
    assert await make_ticket(world.platform, mei, new) == made
    again = replace(new, client_id="t-2")
    assert await refused(make_ticket(world.platform, mei, again)) is ErrorKind.CONFLICT


async def test_a_leave_message_links_its_conversation_only_for_who_may_read_that(world: World) -> None:
    mei, _, one = await desk(world)
    tom = await world.add_agent()  # handles leave-messages, and reads no conversation of mei's
    visitor = world.visitor_of(await world.get(one))
    left = NewLeaveMessage(
        client_id="l-1", name="Zhou", text="Call me", phone="139 0000 0000", conversation_id=one
    )
    message = await leave(world.platform, visitor, left)
    made = await make_ticket(world.platform, tom, replace(NEW, leave_message_id=message, assignee_id=mei.id))
    assert made.conversation_id is None
    assert EntryKind.NOTE not in await world.kinds(one)
