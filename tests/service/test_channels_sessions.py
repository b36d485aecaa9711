"""Visitors come in by a channel: recognised by their key, with one conversation however many tabs."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.channels import (
    ChannelChanges,
    ConversationBody,
    NewChannel,
    SessionBody,
    create_channel,
    list_own_conversations,
    open_conversation,
    open_session,
    update_channel,
)
from frontdesk.channels.arrivals import BURST
from frontdesk.conversations import EntryKind, VisitedPage, get_in
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.dispatch import close, request_human
from frontdesk.platform import Platform
from frontdesk.staff import (
    AgentChanges,
    Hours,
    Interval,
    TeamChanges,
    update_agent,
    update_team,
)
from tests.service.bot_shop import Shop, open_shop
from tests.service.staff_people import administrator


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    yield opened
    await opened.tasks.stop()


async def test_a_visitor_is_known_again_by_its_key(shop: Shop) -> None:
    first_subject, first = await shop.come("zh-CN")
    again_subject, again = await shop.come("en", first.visitor_key)
    assert (again.contact, again.visitor_key) == (first.contact, first.visitor_key)
    assert again_subject.id == first_subject.id
    _other, stranger = await shop.come("en", "made-up")
    assert stranger.contact.id != first.contact.id
    assert stranger.visitor_key != "made-up"


async def test_the_look_is_in_the_visitors_language_and_says_whether_anybody_is_there(shop: Shop) -> None:
    _visitor, session = await shop.come("zh-TW")
    look = session.channel
    assert (look.language, look.greeting, look.on_duty, look.title) == ("zh-CN", "欢迎！", False, "Web")
    assert look.bot is not None
    await shop.put_on_duty()
    _visitor, session = await shop.come("de")
    assert (session.channel.language, session.channel.on_duty) == ("en", True)


async def test_the_look_says_when_a_closed_team_opens(shop: Shop) -> None:
    await shop.put_on_duty()
    hours = Hours("UTC", ((Interval("09:00", "10:00"),),) * 7)  # it is 08:00
    await update_team(shop.platform, shop.admin, shop.team.id, TeamChanges(hours=hours))
    _visitor, session = await shop.come()
    assert (session.channel.on_duty, session.channel.opens_at) == (False, 1_800_003_600_000)


async def test_a_conversation_weighs_what_its_channel_says_when_it_is_opened(shop: Shop) -> None:
    platform, organization = shop.platform, shop.admin.organization_id

    async def weighs(weight: int) -> None:
        await update_channel(platform, shop.admin, shop.channel.id, ChannelChanges(weight=weight))

    await weighs(3)
    visitor, _session = await shop.come()
    opened = await open_conversation(platform, visitor, ConversationBody("en"))
    await weighs(1)
    kept = await platform.database.read(
        organization, lambda reader: get_in(reader, organization, int(opened.conversation.id))
    )
    assert kept.weight == 3
    for wrong in (0, 21):
        with pytest.raises(FrontdeskError) as refused:
            await weighs(wrong)
        assert refused.value.kind is ErrorKind.INVALID


async def test_a_conversation_is_of_the_kind_that_its_channel_had_when_it_was_opened(shop: Shop) -> None:
    platform, organization = shop.platform, shop.admin.organization_id
    assert shop.channel.kind is ChannelKind.SITE
    await update_channel(platform, shop.admin, shop.channel.id, ChannelChanges(kind=ChannelKind.APP))
    visitor, _session = await shop.come()
    opened = await open_conversation(platform, visitor, ConversationBody("en"))
    await update_channel(platform, shop.admin, shop.channel.id, ChannelChanges(kind=ChannelKind.MESSAGING))
    kept = await platform.database.read(
        organization, lambda reader: get_in(reader, organization, int(opened.conversation.id))
    )
    assert kept.kind == ChannelKind.APP


async def test_opening_logs_the_bot_and_its_greeting_and_is_repeatable(shop: Shop) -> None:
    visitor, session = await shop.come()
    body = ConversationBody("en", VisitedPage("https://shop.example/", "Shop"))
    opened = await open_conversation(shop.platform, visitor, body)
    assert [entry.kind for entry in opened.entries] == [
        EntryKind.OPENED,
        EntryKind.ASSIGNED,
        EntryKind.MESSAGE,
    ]
    assert opened.conversation.team_id == str(shop.team.id)
    again = await open_conversation(shop.platform, visitor, body)
    assert again.conversation.id == opened.conversation.id
    assert len(again.entries) == 3
    _visitor, session = await shop.come("en", session.visitor_key)
    assert session.conversation is not None
    assert (session.conversation.id, session.unread) == (opened.conversation.id, 1)


async def test_many_tabs_at_once_get_one_conversation(shop: Shop) -> None:
    visitor, _session = await shop.come()
    opened = await asyncio.gather(
        *(open_conversation(shop.platform, visitor, ConversationBody("en")) for _turn in range(20))
    )
    assert len({one.conversation.id for one in opened}) == 1


async def test_without_a_bot_a_human_is_asked_for_at_once(shop: Shop) -> None:
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(bot_id=None))
    await shop.put_on_duty()
    _visitor, conversation = await shop.open()
    header = await shop.header(conversation)
    assert header.state in {"waiting", "active"}
    assert header.team_id == str(shop.team.id)


async def test_without_a_bot_and_without_anybody_the_conversation_is_open_all_the_same(shop: Shop) -> None:
    await update_agent(shop.platform, shop.admin, shop.bot.id, AgentChanges(enabled=False))
    visitor, conversation = await shop.open()
    header = await shop.header(conversation)
    assert (header.state, header.agent, header.team_id) == ("bot", None, str(shop.team.id))
    await shop.say(visitor, conversation, "anybody?")
    asked = await request_human(shop.platform, visitor, conversation)
    assert asked.absence is not None
    await shop.put_on_duty()
    await request_human(shop.platform, visitor, conversation)
    header = await shop.header(conversation)
    assert header.agent is not None
    assert (header.state, header.agent.id) == ("active", str(shop.agent.id))


async def test_a_closed_conversation_is_followed_by_a_new_one_and_both_are_listed(shop: Shop) -> None:
    visitor, first = await shop.open()
    await close(shop.platform, visitor, first)
    opened = await open_conversation(shop.platform, visitor, ConversationBody("en"))
    assert int(opened.conversation.id) != first
    page = await list_own_conversations(shop.platform, visitor, before=None, limit=1)
    assert [one.id for one in page.items] == [opened.conversation.id]
    assert page.cursor is not None
    page = await list_own_conversations(shop.platform, visitor, before=int(page.items[0].id), limit=1)
    assert ([one.id for one in page.items], page.cursor) == ([str(first)], None)


async def test_an_unknown_and_a_disabled_channel_look_the_same(shop: Shop) -> None:
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(enabled=False))
    refusals: list[FrontdeskError] = []
    for code in ("no-such-channel", shop.channel.code):
        with pytest.raises(FrontdeskError) as caught:
            await open_session(shop.platform, shop.keys, SessionBody(code), address="192.0.2.1")
        refusals.append(caught.value)
    assert refusals[0].kind is ErrorKind.NOT_FOUND
    assert (refusals[0].code, refusals[0].message) == (refusals[1].code, refusals[1].message)


async def test_an_address_cannot_make_visitors_without_end(shop: Shop, clock: ManualClock) -> None:
    body = SessionBody(shop.channel.code)
    first = await open_session(shop.platform, shop.keys, body, address="198.51.100.7")
    for _turn in range(BURST - 1):
        await open_session(shop.platform, shop.keys, body, address="198.51.100.7")
    with pytest.raises(FrontdeskError) as caught:
        await open_session(shop.platform, shop.keys, body, address="198.51.100.7")
    assert caught.value.kind is ErrorKind.BUSY
    assert caught.value.retry_after
    known = SessionBody(shop.channel.code, visitor_key=first.visitor_key)
    await open_session(shop.platform, shop.keys, known, address="198.51.100.7")
    await open_session(shop.platform, shop.keys, body, address="203.0.113.9")
    clock.advance(seconds=3)
    await open_session(shop.platform, shop.keys, body, address="198.51.100.7")


async def test_a_channel_is_checked_when_it_is_made(shop: Shop, platform: Platform) -> None:
    wrong = {
        "channels.code": NewChannel(name="x", code="No Spaces!"),
        "channels.color": NewChannel(name="x", color="red; background: url(//evil)"),
        "channels.code-taken": NewChannel(name="x", code=shop.channel.code),
        "text.missing": NewChannel(name="  "),
        "not-found": NewChannel(name="x", bot_id=shop.agent.id),
    }
    for code, new in wrong.items():
        with pytest.raises(FrontdeskError, match=code):
            await create_channel(platform, shop.admin, new)
    made = await create_channel(platform, shop.admin, NewChannel(name="Second"))
    assert len(made.code) >= 8


async def test_only_who_manages_channels_and_only_ones_own(
    shop: Shop, platform: Platform, other_organization: int
) -> None:
    stranger: Subject = await administrator(platform, other_organization, "eve")
    with pytest.raises(FrontdeskError, match="not-found"):
        await update_channel(platform, stranger, shop.channel.id, ChannelChanges(name="mine"))
    with pytest.raises(FrontdeskError, match=r"auth\.permission"):
        await update_channel(platform, shop.agent, shop.channel.id, ChannelChanges(name="mine"))
    with pytest.raises(FrontdeskError, match=r"channels\.visitors-only"):
        await open_conversation(platform, shop.admin, ConversationBody("en"))
