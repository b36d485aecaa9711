"""The built-in bot at work: on the real log, through the same surface as a human's client."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.bots import (
    BotChanges,
    Handover,
    NewQuestion,
    Outcome,
    configure_bot,
    create_question,
    knowledge,
)
from frontdesk.bots.attendant import Attendant
from frontdesk.bots.trying import try_bot
from frontdesk.conversations import EntryKind, deliver_subject
from frontdesk.core.subject import SubjectKind
from frontdesk.dispatch import leave_queue, request_human
from frontdesk.platform import Platform
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.settings import LocalizedText, change
from frontdesk.staff import AgentChanges, Hours, Interval, TeamChanges, update_agent, update_team
from tests.service.bot_shop import Shop, open_shop


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    yield opened
    await opened.tasks.stop()


async def test_a_known_question_is_answered_once_with_what_is_related(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open()
    entry = await shop.say(visitor, conversation, "how much is shipping")
    said = await shop.until_said(conversation, 2)
    assert said[0].text == "Welcome!"
    assert said[1].text == "Free from $15."
    assert [one.question for one in said[1].related] == ["How do I return an item?"]
    assert (await shop.entries(conversation))[-1].client_id == f"bot-{entry.id}"


async def test_an_unknown_question_is_said_to_be_unknown_and_a_human_is_offered_after_two(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "zebra quantum")
    first = (await shop.until_said(conversation, 2))[1]
    assert (first.unanswered, first.actions) == (True, ())
    await shop.say(visitor, conversation, "purple elephants")
    second = (await shop.until_said(conversation, 3))[2]
    assert (second.unanswered, second.actions) == (True, ("human",))
    assert "“Talk to a human”" in second.text
    assert "“Talk to a human”" not in first.text


@pytest.mark.parametrize(("limit", "offered"), [(0, [False, False, False]), (1, [True, True, True])])
async def test_when_a_human_is_offered_is_set_for_the_bot(
    shop: Shop, limit: int, offered: list[bool]
) -> None:
    await shop.hand_over(Handover(offer_after=limit))
    shop.run_bots()
    visitor, conversation = await shop.open("zh-CN")
    for text in ("斑马量子", "紫色大象", "会飞的鲸鱼"):
        await shop.say(visitor, conversation, text)
    said = (await shop.until_said(conversation, 4))[1:]
    assert [one.actions == ("human",) for one in said] == offered
    assert ["“转人工”" in one.text for one in said] == offered


async def test_the_offer_survives_the_longest_answer_that_one_can_arrange(shop: Shop) -> None:
    long = LocalizedText(en="I am sorry. " * 38, zh_cn="抱歉。" * 160)
    await configure_bot(shop.platform, shop.admin, shop.bot.id, BotChanges(unknown=long))
    await shop.hand_over(Handover(offer_after=1))
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "zebra quantum")
    assert "“Talk to a human”" in (await shop.until_said(conversation, 2))[1].text


async def test_what_is_known_is_read_with_the_first_conversation_before_anybody_asks(shop: Shop) -> None:
    shop.run_bots()
    await asyncio.sleep(0.05)
    assert shop.platform.bus not in knowledge._libraries
    await shop.open()
    copies = knowledge._libraries
    for _turn in range(200):
        library = copies.get(shop.platform.bus)
        if library is not None and library._copies[shop.admin.organization_id, shop.base.id].known:
            break
        await asyncio.sleep(0.02)
    read = copies[shop.platform.bus]._copies[shop.admin.organization_id, shop.base.id].known
    known = await knowledge.knowledge_of(shop.platform, shop.admin.organization_id, shop.base.id)
    assert known is read
    assert known.indexes["en"].search("How much is shipping?")[0].score == 1.0


async def test_an_answer_in_between_starts_the_count_of_unknown_questions_anew(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open()
    for text in ("zebra quantum", "How much is shipping?", "purple elephants"):
        await shop.say(visitor, conversation, text)
    assert (await shop.until_said(conversation, 4))[3].actions == ()


async def test_a_human_phrase_brings_a_human_when_one_is_on_duty(shop: Shop) -> None:
    await shop.put_on_duty()
    shop.run_bots()
    visitor, conversation = await shop.open("zh-CN")
    await shop.say(visitor, conversation, "我要转人工！")
    header = await shop.until(lambda one: one.state != "bot", conversation)
    assert header.state in {"waiting", "active"}
    assert EntryKind.QUEUED in await shop.kinds(conversation)
    assert len(await shop.by_bot(conversation)) == 1


async def test_a_form_is_offered_when_nobody_is_on_duty(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "I want to talk to a human")
    assert (await shop.until_said(conversation, 2))[1].actions == ("leave_message",)
    assert (await shop.header(conversation)).state == "bot"


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("en", "I want to talk to a human", "on Friday, January 15, at 09:30 (UTC-5)"),
        ("zh-CN", "转人工", "将于1月15日（周五）09:30（UTC-5）开始服务"),
    ],
)
async def test_outside_of_the_hours_the_bot_tells_when_people_are_back_and_goes_on(
    shop: Shop, language: str, asked: str, told: str
) -> None:
    await shop.put_on_duty()
    week = (*[(Interval("09:30", "17:00"),)] * 5, (), ())
    hours = Hours("America/New_York", week)
    await update_team(shop.platform, shop.admin, shop.team.id, TeamChanges(hours=hours))
    shop.run_bots()
    visitor, conversation = await shop.open(language)
    await shop.say(visitor, conversation, asked)
    answer = (await shop.until_said(conversation, 2))[1]
    assert told in answer.text
    assert answer.actions == ("leave_message",)
    await shop.say(visitor, conversation, "How much is shipping?")
    assert (await shop.until_said(conversation, 3))[2].text == "Free from $15."
    assert (await shop.header(conversation)).state == "bot"


async def test_a_question_without_an_answer_hands_over(shop: Shop) -> None:
    await shop.put_on_duty()
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "I want to complain")
    assert (await shop.until(lambda one: one.state != "bot", conversation)).team_id == str(shop.team.id)


async def test_the_bot_follows_a_visitor_who_changes_language(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open("en")
    await shop.say(visitor, conversation, "包邮吗")
    await shop.say(visitor, conversation, "斑马量子")
    said = await shop.until_said(conversation, 3)
    assert said[1].text == "满 99 元包邮。"
    assert said[2].text.startswith("抱歉")


async def test_what_was_asked_while_no_bot_ran_is_answered_at_its_start(shop: Shop) -> None:
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "How much is shipping?")
    await shop.say(visitor, conversation, "How do I return an item?")
    shop.run_bots()
    said = await shop.until_said(conversation, 3)
    assert [one.text for one in said[1:]] == ["Free from $15.", "Within 7 days."]


async def test_two_processes_and_repeated_frames_do_not_answer_twice(shop: Shop, platform: Platform) -> None:
    shop.run_bots()
    shop.run_bots()
    visitor, conversation = await shop.open()
    for _turn in range(3):
        await shop.say(visitor, conversation, "How much is shipping?")
    said = await shop.until_said(conversation, 4)
    platform.bus.publish(deliver_subject(visitor.organization_id, shop.bot.id), b"not a frame")
    assert [one.text for one in said[1:]] == ["Free from $15."] * 3


async def test_a_lost_frame_is_made_up_for(shop: Shop, platform: Platform, organization: int) -> None:
    attendant = Attendant(platform, shop.log, organization, shop.bot.id, mine=lambda _conversation: True)
    running = shop.tasks.run_forever("bot", attendant.run)
    visitor, conversation = await shop.open()
    await asyncio.sleep(0.05)
    bus = platform.bus
    assert isinstance(bus, MemoryBus)
    kept, bus._handlers = bus._handlers, {}  # a bus that loses
    await shop.say(visitor, conversation, "How much is shipping?")
    bus._handlers = kept
    assert len(await shop.by_bot(conversation)) == 1
    attendant.look_again()
    await shop.until_said(conversation, 2)
    running.cancel()


async def test_human_service_is_untouched_when_the_bot_dies(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: object, **_named: object) -> None:
        message = "the bot is broken"
        raise RuntimeError(message)

    monkeypatch.setattr("frontdesk.bots.attendant.read_thread", broken)
    await shop.put_on_duty()
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "How much is shipping?")
    await asyncio.sleep(0.05)
    asked = await request_human(shop.platform, visitor, conversation)
    assert asked.absence is None
    header = await shop.until(lambda one: one.state == "active", conversation)
    assert header.agent is not None
    assert header.agent.id == str(shop.agent.id)
    await shop.say(visitor, conversation, "thank you")
    assert len(await shop.by_bot(conversation)) == 1


async def test_a_bot_whose_answering_fails_says_so_and_offers_a_human(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: object, **_named: object) -> None:
        message = "the index is broken"
        raise RuntimeError(message)

    monkeypatch.setattr("frontdesk.bots.attendant.answer", broken)
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "How much is shipping?")
    assert (await shop.until_said(conversation, 2))[1].actions == ("human",)


async def test_the_bot_is_silent_in_the_queue_and_answers_again_after_it(shop: Shop) -> None:
    await shop.put_on_duty()
    await change(shop.platform, shop.admin, {"max_waiting": 5})
    await update_agent(shop.platform, shop.admin, shop.agent.id, AgentChanges(capacity=0))
    shop.run_bots()
    visitor, conversation = await shop.open()
    await request_human(shop.platform, visitor, conversation)
    await shop.say(visitor, conversation, "How much is shipping?")
    await asyncio.sleep(0.05)
    assert len(await shop.by_bot(conversation)) == 1
    await leave_queue(shop.platform, visitor, conversation)
    await shop.say(visitor, conversation, "How do I return an item?")
    assert (await shop.until_said(conversation, 2))[1].text == "Within 7 days."


async def test_a_disabled_bot_stops_and_an_enabled_one_catches_up(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open()
    await asyncio.sleep(0.05)
    await update_agent(shop.platform, shop.admin, shop.bot.id, AgentChanges(enabled=False))
    await asyncio.sleep(0.05)
    await shop.say(visitor, conversation, "How much is shipping?")
    await asyncio.sleep(0.05)
    assert len(await shop.by_bot(conversation)) == 1
    await update_agent(shop.platform, shop.admin, shop.bot.id, AgentChanges(enabled=True))
    await shop.until_said(conversation, 2)


async def test_new_knowledge_and_settings_count_at_once(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "do you have zebras")
    await shop.until_said(conversation, 2)
    new = NewQuestion(question="Do you have zebras?", answer="Not yet.", language="en")
    await create_question(shop.platform, shop.admin, shop.base.id, new)
    _bot, found, _trigger = await try_bot(shop.platform, shop.admin, shop.bot.id, "do you have zebras", "en")
    assert (found.outcome, found.text) == (Outcome.ANSWER, "Not yet.")
    text = LocalizedText(en="No idea.", zh_cn="不知道。")
    await configure_bot(shop.platform, shop.admin, shop.bot.id, BotChanges(unknown=text))
    await asyncio.sleep(0.05)
    await shop.say(visitor, conversation, "do you have zebras")
    await shop.say(visitor, conversation, "quantum something else entirely")
    said = await shop.until_said(conversation, 4)
    assert said[2].text == "Not yet."
    assert said[3].text.startswith("No idea.")


async def test_the_bot_greets_where_the_channel_does_not(platform: Platform, organization: int) -> None:
    shop = await open_shop(platform, organization, greeting="")
    hello = LocalizedText(en="I am Lumi.", zh_cn="我是小灯。")
    await configure_bot(platform, shop.admin, shop.bot.id, BotChanges(greeting=hello))
    shop.run_bots()
    visitor, conversation = await shop.open()
    assert (await shop.until_said(conversation, 1))[0].text == "I am Lumi."
    await shop.say(visitor, conversation, "How much is shipping?")
    await shop.until_said(conversation, 2)
    await shop.tasks.stop()


async def test_many_conversations_are_answered_side_by_side(shop: Shop) -> None:
    shop.run_bots()
    opened = [await shop.open() for _turn in range(30)]
    await asyncio.gather(*(shop.say(visitor, key, "How much is shipping?") for visitor, key in opened))
    for _visitor, key in opened:
        await shop.until_said(key, 2)
        kinds = [entry.sender.kind for entry in await shop.entries(key)]
        assert kinds.count(SubjectKind.BOT) == 2
