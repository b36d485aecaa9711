"""A visitor who wants to be told is told who came and who answered, when no tab of theirs is looked at, and nothing else."""

from collections.abc import Awaitable, Callable

import pytest

from frontdesk.auth import revoke_session_in
from frontdesk.contacts import NewBlock, block_in
from frontdesk.conversations import Conversation, Receipts, recall
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import add_note, close, transfer, whisper
from frontdesk.platform import Transaction
from frontdesk.privacy import erase_contact
from frontdesk.push import put_visitor_in_sight, read_push, subscribe, unsubscribe
from frontdesk.push.looking import LOOK
from frontdesk.push.types import MOMENT
from tests.service.push.world import Device, World

WAIT = MOMENT / 1000


@pytest.fixture
async def mei(world: World) -> Subject:
    return await world.office.add_agent(capacity=5)


async def served(world: World, agent: Subject) -> tuple[Conversation, Device]:
    """A conversation that this agent has, and the browser of its visitor, who has seen all of it."""
    team = await world.office.add_team(agent)
    conversation = await world.office.ask(team)
    phone = await world.visitor(conversation)
    await read(world, conversation, phone.subject)
    return conversation, phone


async def read(world: World, conversation: Conversation, visitor: Subject) -> None:
    receipts = Receipts(world.platform)
    head = (await world.office.get(conversation.id)).head
    receipts.record(visitor, conversation.id, read=head)
    await receipts.flush()


async def settle(world: World) -> None:
    """What is told to nobody who looks is told now."""
    await world.settle()
    await world.settle(after=WAIT)


async def test_an_answer_is_told_with_who_answered_and_without_a_word_of_it(
    world: World, mei: Subject
) -> None:
    conversation, phone = await served(world, mei)
    await world.office.say(conversation.id, mei)
    await settle(world)
    told = {"kind": "message", "language": "en", "conversation": str(conversation.id)}
    assert phone.told == [told]
    assert b"hello" not in phone.browser.decrypt(phone.heard[0].body)
    await world.settle(after=3_600)
    assert len(phone.heard) == 1


async def test_a_bots_answer_is_told_too(world: World, mei: Subject) -> None:
    robin = await world.office.add_bot()
    conversation = await world.office.open(await world.office.add_team(mei), bot=robin)
    phone = await world.visitor(conversation)
    await world.office.say(conversation.id, robin)
    await settle(world)
    assert phone.kinds == ["message"]


async def waiting(world: World, mei: Subject) -> tuple[Conversation, Device]:
    """A conversation that waits for this agent, who has no room for it yet."""
    await world.office.set_capacity(mei, 1)
    team = await world.office.add_team(mei)
    await world.office.ask(team)
    conversation = await world.office.ask(team)
    return conversation, await world.visitor(conversation)


async def test_who_waits_is_told_who_came_and_is_not_told_of_changing_hands(
    world: World, mei: Subject
) -> None:
    conversation, phone = await waiting(world, mei)
    await settle(world)
    assert phone.heard == []
    await world.office.set_capacity(mei, 2)
    await world.office.settle()
    await settle(world)
    assert [(one["kind"], one["name"]) for one in phone.told] == [("assigned", "Agent 1")]
    tom = await world.office.add_agent()
    await transfer(world.platform, mei, conversation.id, agent_id=tom.id)
    await settle(world)
    assert phone.kinds == ["assigned"]


async def test_who_came_and_spoke_is_told_once(world: World, mei: Subject) -> None:
    conversation, phone = await waiting(world, mei)
    await world.office.set_capacity(mei, 2)
    await world.office.settle()
    await world.office.say(conversation.id, mei)
    await settle(world)
    assert phone.kinds == ["message"]


async def test_while_a_tab_is_looked_at_nothing_is_sent_and_a_tab_that_says_no_more_is_not_looked_at(
    world: World, mei: Subject
) -> None:
    conversation, phone = await served(world, mei)
    await put_visitor_in_sight(world.platform, phone.subject, "1", visible=True)
    await put_visitor_in_sight(world.platform, phone.subject, "2", visible=True)
    await world.office.say(conversation.id, mei)
    await put_visitor_in_sight(world.platform, phone.subject, "1", visible=False)
    await settle(world)
    assert phone.heard == []
    await put_visitor_in_sight(world.platform, phone.subject, "2", visible=False)
    await world.settle()
    assert phone.kinds == ["message"]

    await put_visitor_in_sight(world.platform, phone.subject, "3", visible=True)
    await world.office.say(conversation.id, mei)
    await settle(world)
    assert phone.kinds == ["message"]
    await world.settle(after=LOOK / 1000)
    assert phone.kinds == ["message", "message"]
    await world.notifier.clear()
    assert await world.count("push_look") == 0


async def test_what_is_read_on_another_device_within_a_moment_is_not_told(world: World, mei: Subject) -> None:
    conversation, phone = await served(world, mei)
    await world.office.say(conversation.id, mei)
    await world.settle()
    await world.settle(after=WAIT / 2)
    assert phone.heard == []
    await read(world, conversation, phone.subject)
    await settle(world)
    assert phone.heard == []


async def test_what_was_taken_back_or_answered_is_not_told(world: World, mei: Subject) -> None:
    conversation, phone = await served(world, mei)
    await world.office.say(conversation.id, mei)
    await world.settle()
    await recall(world.platform, mei, conversation.id, (await world.office.get(conversation.id)).head)
    await settle(world)
    await world.office.say(conversation.id, mei)
    await world.office.say(conversation.id, phone.subject)
    await settle(world)
    assert phone.heard == []


async def test_what_only_staff_see_is_not_told(world: World, mei: Subject) -> None:
    leader = await world.office.add_agent(role=Role.ADMINISTRATOR)
    conversation, phone = await served(world, mei)
    await add_note(world.platform, mei, conversation.id, "between us")
    await whisper(world.platform, leader, conversation.id, "say hello")
    await settle(world)
    assert phone.heard == []


async def test_the_last_word_of_a_conversation_that_has_ended_is_told(world: World, mei: Subject) -> None:
    conversation, phone = await served(world, mei)
    await world.office.say(conversation.id, mei)
    await close(world.platform, mei, conversation.id)
    await settle(world)
    assert phone.kinds == ["message"]


async def test_only_the_visitor_whose_it_is_is_told_and_only_where_they_came_by_that_channel(
    world: World, mei: Subject
) -> None:
    conversation, phone = await served(world, mei)
    _, stranger = await served(world, mei)
    tablet = await world.visitor(conversation)
    elsewhere = await world.visitor(conversation, channel=777)
    await world.office.say(conversation.id, mei)
    await settle(world)
    assert [len(one.heard) for one in (phone, tablet, stranger, elsewhere)] == [1, 1, 0, 0]


async def _signs_out(world: World, phone: Device) -> None:
    subject = phone.subject

    async def work(tx: Transaction) -> None:
        await revoke_session_in(world.platform, tx, subject.organization_id, subject.session_id, subject.id)

    await world.platform.database.write(world.organization, work)


async def _is_blocked(world: World, phone: Device) -> None:
    await world.office.meet(contact=phone.subject.id)
    new = NewBlock(contact_id=phone.subject.id, reason="abuse")

    async def work(tx: Transaction) -> None:
        await block_in(world.platform, tx, world.office.system, new)

    await world.platform.database.write(world.organization, work)


async def _wants_it_no_more(world: World, phone: Device) -> None:
    await unsubscribe(world.platform, phone.subject)


@pytest.mark.parametrize("happens", [_signs_out, _is_blocked, _wants_it_no_more])
async def test_who_is_out_is_told_nothing(
    world: World, mei: Subject, happens: Callable[[World, Device], Awaitable[None]]
) -> None:
    conversation, phone = await served(world, mei)
    await world.office.say(conversation.id, mei)
    await world.settle()
    await happens(world, phone)
    await settle(world)
    assert phone.heard == []


async def test_a_browser_that_wants_no_more_is_forgotten(world: World, mei: Subject) -> None:
    conversation, phone = await served(world, mei)
    world.service.answers(410)
    await world.office.say(conversation.id, mei)
    await settle(world)
    assert not (await read_push(world.platform, phone.subject)).subscribed


async def test_the_next_person_in_the_same_browser_takes_it_over(world: World, mei: Subject) -> None:
    conversation, phone = await served(world, mei)
    _, other = await served(world, mei)
    other.browser, other.path = phone.browser, phone.path
    await subscribe(world.platform, other.subject, other.subscription())
    await unsubscribe(world.platform, other.subject)
    await world.office.say(conversation.id, mei)
    await settle(world)
    assert world.service.heard == []


async def test_erasing_forgets_every_browser_and_who_looks(world: World, mei: Subject) -> None:
    contact_id = await world.office.meet()
    conversation = await world.office.ask(await world.office.add_team(mei), contact=contact_id)
    phone = await world.visitor(conversation)
    await world.visitor(conversation)
    await put_visitor_in_sight(world.platform, phone.subject, "1", visible=True)
    await world.office.say(conversation.id, mei)
    await world.settle()
    await erase_contact(world.platform, world.office.system, contact_id)
    tables = ("push_subscription", "push_delivery", "push_look")
    assert [await world.count(table) for table in tables] == [0, 0, 0]


async def test_of_who_is_not_told_it_is_not_kept_that_they_look(world: World, mei: Subject) -> None:
    conversation = await world.office.ask(await world.office.add_team(mei))
    await put_visitor_in_sight(world.platform, world.office.visitor_of(conversation), "1", visible=True)
    assert await world.count("push_look") == 0
