"""A customer's answer opens the tickets again that wait for them."""

from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from frontdesk.conversations.mentions import list_mentions
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Subject
from frontdesk.dispatch import close
from frontdesk.platform import Platform
from frontdesk.tickets import (
    Answers,
    TicketChanges,
    TicketState,
    change_ticket,
    get_ticket,
    make_ticket,
)
from tests.service.dispatch_world import World
from tests.service.ticket_world import NEW, desk, last_note, lines


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def read_on(world: World) -> None:
    """Whatever the log has by now."""
    answers = Answers(world.platform)
    while await answers.follow():
        pass


async def wait_for_customer(world: World, by: Subject, ticket_id: str) -> None:
    """Until the customer says something later than what there is."""
    ticket = (await get_ticket(world.platform, by, int(ticket_id))).ticket
    changes = TicketChanges(state=TicketState.WAITING)
    await change_ticket(world.platform, by, int(ticket_id), ticket.version, changes)


async def answer(world: World, clock: ManualClock, conversation: int) -> None:
    clock.advance(seconds=1)
    await world.say(conversation, world.visitor_of(await world.get(conversation)))
    clock.advance(seconds=1)
    await read_on(world)


async def state_of(world: World, by: Subject, ticket_id: str) -> TicketState:
    return (await get_ticket(world.platform, by, int(ticket_id))).ticket.state


async def test_an_answer_opens_a_ticket_that_waits_for_the_customer_and_tells_who_has_it(
    world: World, clock: ManualClock
) -> None:
    mei, _, conversation = await desk(world)
    await read_on(world)
    new = replace(NEW, conversation_id=conversation, assignee_id=mei.id)
    made = await make_ticket(world.platform, mei, new)
    await wait_for_customer(world, mei, made.id)
    await read_on(world)
    assert await state_of(world, mei, made.id) is TicketState.WAITING
    await answer(world, clock, conversation)
    opened = (await get_ticket(world.platform, mei, int(made.id))).ticket
    assert (opened.state, opened.version) == (TicketState.OPEN, 3)
    assert (await lines(world, mei, made.id))[-1] == ("0", "state", "waiting", "open")
    note = await last_note(world, conversation)
    assert note.ticket is not None
    assert (note.ticket.deed, note.ticket.number) == ("answered", made.number)
    told = await list_mentions(world.platform, mei)
    assert [(each.by, each.text) for each in told.items] == [("", f"#{made.number} The lamp flickers")]
    await answer(world, clock, conversation)
    assert len(await lines(world, mei, made.id)) == 3


async def test_what_was_said_before_a_ticket_waited_does_not_open_it(world: World) -> None:
    mei, _, conversation = await desk(world)
    await read_on(world)
    made = await make_ticket(world.platform, mei, replace(NEW, conversation_id=conversation))
    await world.say(conversation, world.visitor_of(await world.get(conversation)))
    await wait_for_customer(world, mei, made.id)
    await read_on(world)
    assert await state_of(world, mei, made.id) is TicketState.WAITING


async def test_an_answer_in_a_later_conversation_counts_and_another_customer_s_does_not(
    world: World, clock: ManualClock
) -> None:
    mei, team, conversation = await desk(world)
    await read_on(world)
    made = await make_ticket(world.platform, mei, replace(NEW, conversation_id=conversation))
    await wait_for_customer(world, mei, made.id)
    other = await world.ask(team, contact=await world.meet())
    await answer(world, clock, other.id)
    assert await state_of(world, mei, made.id) is TicketState.WAITING
    contact = (await world.get(conversation)).contact_id
    await close(world.platform, mei, conversation)
    again = await world.ask(team, contact=contact)
    await answer(world, clock, again.id)
    assert await state_of(world, mei, made.id) is TicketState.OPEN
