"""Who has no page in sight is told of what is theirs, once on each device, and of nothing that is no news any more."""

from dataclasses import replace

import pytest

from frontdesk.conversations import Receipts, recall
from frontdesk.conversations.mentions import list_mentions, mark_seen
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import accept, add_note, close, decline, snooze, take, transfer, wake
from frontdesk.push import subscribe, unsubscribe
from frontdesk.settings import change
from frontdesk.staff import Status, connected, put_in_sight
from tests.service.push.world import World


async def served(world: World, agent: Subject) -> int:
    """A conversation that dispatch gives to this agent, who has read it so far."""
    team = await world.office.add_team(agent)
    conversation = await world.office.ask(team)
    await read(world, agent, conversation.id)
    return conversation.id


async def read(world: World, agent: Subject, conversation_id: int) -> None:
    receipts = Receipts(world.platform)
    head = (await world.office.get(conversation_id)).head
    receipts.record(agent, conversation_id, read=head)
    await receipts.flush()


async def visitor_says(world: World, conversation_id: int) -> None:
    conversation = await world.office.get(conversation_id)
    await world.office.say(conversation_id, world.office.visitor_of(conversation))


@pytest.fixture
async def mei(world: World) -> Subject:
    return await world.office.add_agent(capacity=5)


async def test_a_message_is_told_on_each_device_of_who_has_no_page_open(world: World, mei: Subject) -> None:
    phone, tablet = await world.device(mei), await world.device(mei)
    conversation = await served(world, mei)
    await world.settle()
    await world.leave(mei)
    await visitor_says(world, conversation)
    await world.settle()
    expected = {"kind": "message", "language": "en", "conversation": str(conversation), "name": "Visitor"}
    assert phone.told == tablet.told == [expected]
    await world.settle(after=600)
    assert len(world.service.heard) == 2


async def test_who_has_a_page_in_sight_is_not_told(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    conversation = await served(world, mei)
    await visitor_says(world, conversation)
    await world.settle()
    await world.settle(after=200)
    await world.leave(mei)
    await world.settle(after=1)
    assert phone.heard == []


async def test_who_has_all_pages_out_of_sight_is_told(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    conversation = await served(world, mei)
    await world.settle()
    await connected(world.platform, mei, "another")
    await put_in_sight(world.platform, f"socket-{mei.id}", visible=False)
    await visitor_says(world, conversation)
    await world.settle()
    assert phone.heard == []
    await put_in_sight(world.platform, "another", visible=False)
    await world.settle()
    assert phone.kinds == ["message"]
    await read(world, mei, conversation)
    await put_in_sight(world.platform, "another", visible=True)
    await visitor_says(world, conversation)
    await world.settle()
    assert phone.kinds == ["message"]


async def test_what_came_while_a_dead_line_looked_alive_is_told_once_it_is_known_to_be_dead(
    world: World, mei: Subject
) -> None:
    phone = await world.device(mei)
    conversation = await served(world, mei)
    await world.settle()
    await visitor_says(world, conversation)
    await world.settle()
    await visitor_says(world, conversation)
    await world.settle(after=90)
    assert phone.heard == []
    await world.leave(mei)
    await world.settle(after=40)
    assert phone.kinds == ["message"]


async def test_what_was_read_or_answered_elsewhere_is_not_told(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    seen, answered = await served(world, mei), await served(world, mei)
    await world.settle()
    for conversation in (seen, answered):
        await visitor_says(world, conversation)
    await world.settle()
    await read(world, mei, seen)
    await world.office.say(answered, mei)
    await world.leave(mei)
    await world.settle()
    assert phone.heard == []


async def test_many_messages_of_a_conversation_are_told_once_until_it_is_looked_at(
    world: World, mei: Subject
) -> None:
    phone = await world.device(mei)
    conversation = await served(world, mei)
    await world.settle()
    for _ in range(5):
        await visitor_says(world, conversation)
    await world.settle()
    await world.leave(mei)
    await world.settle()
    assert phone.kinds == ["message"]
    await visitor_says(world, conversation)
    await world.settle()
    assert phone.kinds == ["message", "message"]
    assert len({one.headers["topic"] for one in phone.heard}) == 1


async def test_a_conversation_that_one_is_given_is_told_and_one_that_one_takes_is_not(
    world: World, mei: Subject
) -> None:
    phone = await world.device(mei)
    team = await world.office.add_team(mei)
    await put_in_sight(world.platform, f"socket-{mei.id}", visible=False)
    given = await world.office.ask(team)
    await world.settle()
    assert [(one["kind"], one["conversation"]) for one in phone.told] == [("assigned", str(given.id))]
    await world.office.set_status(mei, Status.BUSY)
    waiting = await world.office.ask(team)
    await take(world.platform, mei, waiting.id)
    await world.settle()
    assert len(phone.heard) == 1


async def test_an_offer_is_told_while_it_stands_and_once(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    team = await world.office.add_team(mei, offer_timeout=20)
    await put_in_sight(world.platform, f"socket-{mei.id}", visible=False)
    offered = await world.office.ask(team)
    await world.settle()
    await world.settle(after=5)
    assert [(one["kind"], one["conversation"]) for one in phone.told] == [("offer", str(offered.id))]
    assert 10 <= int(phone.heard[0].headers["ttl"]) <= 20
    await accept(world.platform, mei, offered.id)
    await world.settle()
    assert phone.kinds == ["offer"]


async def test_an_offer_that_is_over_is_not_told(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    team = await world.office.add_team(mei, offer_timeout=20)
    offered = await world.office.ask(team)
    await world.settle()
    await decline(world.platform, mei, offered.id)
    await put_in_sight(world.platform, f"socket-{mei.id}", visible=False)
    await world.settle()
    assert phone.heard == []


async def test_a_colleagues_question_is_an_offer(world: World, mei: Subject) -> None:
    tom = await world.office.add_agent()
    phone = await world.device(tom)
    conversation = await served(world, mei)
    await put_in_sight(world.platform, f"socket-{tom.id}", visible=False)
    await change(world.platform, world.office.system, {"transfer_answer_s": 30})
    await transfer(world.platform, mei, conversation, agent_id=tom.id)
    await world.settle()
    assert phone.kinds == ["offer"]


async def test_a_mention_is_told_to_who_was_named_by_who_wrote_it(world: World, mei: Subject) -> None:
    tom = await world.office.add_agent()
    mine, his = await world.device(mei), await world.device(tom, words=True)
    conversation = await served(world, mei)
    await world.settle()
    await world.leave(tom)
    await world.leave(mei)
    await add_note(world.platform, mei, conversation, "Do you know this lamp?", [tom.id])
    await world.settle()
    (told,) = his.told
    assert (told["kind"], told["name"], told["text"]) == ("mention", "Agent 1", "Do you know this lamp?")
    assert mine.heard == []
    await add_note(world.platform, mei, conversation, "Never mind", [tom.id])
    newest = (await list_mentions(world.platform, tom)).items[0]
    await mark_seen(world.platform, tom, int(newest.id))
    await world.settle()
    assert len(his.heard) == 1


async def test_words_are_told_only_where_they_were_asked_for_and_as_they_are_now(
    world: World, mei: Subject
) -> None:
    discreet, open_one = await world.device(mei), await world.device(mei, words=True)
    conversation = await served(world, mei)
    await world.settle()
    await visitor_says(world, conversation)
    await world.settle()
    await world.leave(mei)
    await world.settle()
    assert ["text" in one for one in discreet.told + open_one.told] == [False, True]
    assert open_one.told[0]["text"] == "hello"

    await visitor_says(world, conversation)
    held = await world.office.get(conversation)
    world.service.answers(503)
    await world.settle()
    await recall(world.platform, world.office.visitor_of(held), conversation, held.head)
    world.service.answers(201)
    await world.settle(after=60)
    assert all("hello" not in one.get("text", "") for one in open_one.told[1:])


async def test_what_left_ones_hands_is_not_told(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    gone, ended = await served(world, mei), await served(world, mei)
    tom = await world.office.add_agent()
    await world.settle()
    for conversation in (gone, ended):
        await visitor_says(world, conversation)
    await world.settle()
    await transfer(world.platform, mei, gone, agent_id=tom.id)
    await close(world.platform, mei, ended)
    await world.leave(mei)
    await world.settle()
    assert phone.heard == []


async def test_nobody_else_is_told(world: World, mei: Subject, other_organization: int) -> None:
    leader = await world.office.add_agent(role=Role.LEADER)
    others = await world.device(leader)
    conversation = await served(world, mei)
    await world.leave(leader)
    await world.leave(mei)
    await visitor_says(world, conversation)
    stranger = replace(mei, organization_id=other_organization)
    await subscribe(world.platform, stranger, others.subscription())
    await world.settle()
    assert world.service.heard == []


async def test_where_no_device_is_subscribed_nothing_is_kept(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    await unsubscribe(world.platform, phone.subject)
    await unsubscribe(world.platform, phone.subject)
    await world.notifier.clear()
    conversation = await served(world, mei)
    await world.leave(mei)
    await visitor_says(world, conversation)
    await world.settle()
    assert (await world.count("push_subscription"), await world.count("push_delivery")) == (0, 0)
    await subscribe(world.platform, phone.subject, phone.subscription())
    await world.settle()
    assert phone.heard == []  # what happened before is no news


async def test_what_was_put_aside_is_told_when_its_time_has_come_and_not_when_it_is_taken_up_by_hand(
    world: World, mei: Subject
) -> None:
    phone = await world.device(mei)
    conversation = await served(world, mei)
    await world.settle()
    await world.leave(mei)
    until = world.platform.clock.now() + 60_000
    await snooze(world.platform, mei, conversation, until)
    await wake(world.platform, mei, conversation)
    await snooze(world.platform, mei, conversation, until)
    await world.settle()
    assert phone.told == []
    await world.settle(after=61)
    await world.office.dispatcher.tick()
    await world.settle()
    expected = {"kind": "woken", "language": "en", "conversation": str(conversation), "name": "Visitor"}
    assert phone.told == [expected]
