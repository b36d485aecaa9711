"""When a bot brings in a person: every trigger, what it is kept as, and that a change counts at once."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from frontdesk.bots import BotSettings, Handover, Trigger, get_bot
from frontdesk.conversations import EntryKind, Image, Queued, decode_body, entries_page, rate_answer
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import decisions_of, request_human
from frontdesk.platform import Platform
from frontdesk.settings import LocalizedPhrases
from tests.service.bot_shop import Shop, open_shop

NOTHING = Handover(phrases=LocalizedPhrases(), offer_after=0)
PICTURE = Image("1", "lamp.png", 10, "image/png", 4, 4)


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    await opened.put_on_duty()
    yield opened
    await opened.tasks.stop()


async def answered(shop: Shop, text: str) -> tuple[Subject, int]:
    """A conversation in which the bot has answered `text`."""
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, text)
    await shop.until_said(conversation, 2)
    return visitor, conversation


async def why(shop: Shop, conversation: int, reader: Subject | None = None) -> str:
    """The reason of the hand-over, as this reader sees it in the log."""
    page = await entries_page(shop.platform, reader or shop.admin, conversation, limit=100)
    return next(decode_body(one, Queued).reason for one in page.entries if one.kind is EntryKind.QUEUED)


async def handed_over(shop: Shop, conversation: int) -> str:
    await shop.until(lambda header: header.state != "bot", conversation)
    return await why(shop, conversation)


async def last_answer(shop: Shop, conversation: int) -> int:
    said = [e for e in await shop.entries(conversation) if e.sender.kind is SubjectKind.BOT]
    return said[-1].seq


@pytest.mark.parametrize(
    ("rules", "text", "reason"),
    [
        (Handover(), "please, a real person", Trigger.PHRASE),
        (Handover(phrases=LocalizedPhrases(en=("over",))), "Over!", Trigger.PHRASE),
        (Handover(words=LocalizedPhrases(en=("law suit",))), "there will be a law suit", Trigger.WORD),
        (Handover(words=LocalizedPhrases(zh_cn=("起诉",))), "我要起诉", Trigger.WORD),
        (Handover(tone=True), "This is ridiculous, I am furious", Trigger.TONE),
        (Handover(tone=True), "什么破服务，气死我了", Trigger.TONE),
        (Handover(unknown_after=1), "zebra quantum", Trigger.UNKNOWN),
        (NOTHING, "I want to complain", Trigger.ANSWER),
    ],
)
async def test_what_is_said_hands_over_and_is_kept_as_what_it_was(
    shop: Shop, rules: Handover, text: str, reason: str
) -> None:
    await shop.hand_over(rules)
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, text)
    assert await handed_over(shop, conversation) == reason
    assert len(await shop.by_bot(conversation)) == 1  # the greeting: who hands over says no more
    shown = await decisions_of(shop.platform, shop.admin, conversation)
    assert [one.reason for one in shown.handovers] == [reason]


@pytest.mark.parametrize(
    "text", ["a real person", "there will be a law suit", "sick and tired of zebras", "zebra quantum"]
)
async def test_what_is_not_set_hands_nothing_over(shop: Shop, text: str) -> None:
    await shop.hand_over(NOTHING)
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, text)
    await shop.until_said(conversation, 2)
    assert (await shop.header(conversation)).state == "bot"


async def test_the_button_is_kept_as_the_visitors_own_wish(shop: Shop) -> None:
    visitor, conversation = await shop.open()
    await request_human(shop.platform, visitor, conversation)
    assert await why(shop, conversation) == "visitor"


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_picture_hands_over_where_that_is_set(shop: Shop, wanted: bool) -> None:
    await shop.hand_over(Handover(image=wanted))
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.log.send(visitor, conversation, "picture", PICTURE)
    if wanted:
        assert await handed_over(shop, conversation) == Trigger.IMAGE
    else:
        assert (await shop.until_said(conversation, 2))[1].actions == ("human",)


async def test_an_answer_that_did_not_help_hands_over_once(shop: Shop) -> None:
    await shop.hand_over(Handover(rating=True))
    shop.run_bots()
    visitor, conversation = await answered(shop, "How much is shipping?")
    seq = await last_answer(shop, conversation)
    await rate_answer(shop.platform, visitor, conversation, seq, helpful=True)
    await asyncio.sleep(0.05)
    assert (await shop.header(conversation)).state == "bot"
    for _again in range(2):
        await rate_answer(shop.platform, visitor, conversation, seq, helpful=False)
    assert await handed_over(shop, conversation) == Trigger.RATING
    assert (await shop.kinds(conversation)).count(EntryKind.ANSWER_RATED) == 2


async def test_a_rating_without_the_rule_is_kept_and_changes_nothing(shop: Shop) -> None:
    shop.run_bots()
    visitor, conversation = await answered(shop, "How much is shipping?")
    await rate_answer(
        shop.platform, visitor, conversation, await last_answer(shop, conversation), helpful=False
    )
    await shop.say(visitor, conversation, "How much is shipping?")
    await shop.until_said(conversation, 3)
    assert EntryKind.ANSWER_RATED in await shop.kinds(conversation)


async def test_a_rating_that_was_given_while_no_bot_ran_is_acted_on_at_its_start(shop: Shop) -> None:
    await shop.hand_over(Handover(rating=True))
    visitor, conversation = await shop.open()
    await rate_answer(
        shop.platform, visitor, conversation, await last_answer(shop, conversation), helpful=False
    )
    shop.run_bots()
    assert await handed_over(shop, conversation) == Trigger.RATING


async def test_only_the_visitor_rates_and_only_what_a_bot_said(shop: Shop) -> None:
    visitor, conversation = await shop.open()
    own = await shop.say(visitor, conversation, "hello")
    stranger, _other = await shop.open()
    seq = await last_answer(shop, conversation)
    for subject, wrong in ((stranger, seq), (visitor, own.seq), (visitor, 1), (visitor, 999)):
        with pytest.raises(FrontdeskError) as caught:
            await rate_answer(shop.platform, subject, conversation, wrong, helpful=True)
        assert caught.value.kind == "not_found"
    with pytest.raises(FrontdeskError) as caught:
        await rate_answer(shop.platform, shop.admin, conversation, seq, helpful=True)
    assert caught.value.code == "conversations.visitors-only"


async def test_what_was_thought_of_a_visitors_mood_is_not_told_to_them(shop: Shop) -> None:
    await shop.hand_over(Handover(tone=True))
    shop.run_bots()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "I am furious")
    assert await handed_over(shop, conversation) == Trigger.TONE
    assert await why(shop, conversation, visitor) == "unknown"


async def test_a_change_counts_for_the_next_message_in_an_open_conversation(shop: Shop) -> None:
    await shop.hand_over(NOTHING)
    shop.run_bots()
    visitor, conversation = await answered(shop, "law suit")
    await shop.hand_over(Handover(words=LocalizedPhrases(en=("law suit",))))
    await shop.say(visitor, conversation, "law suit, I said")
    assert await handed_over(shop, conversation) == Trigger.WORD


async def test_nobody_there_is_said_and_the_bot_goes_on(platform: Platform, organization: int) -> None:
    shop = await open_shop(platform, organization)
    try:
        await shop.hand_over(Handover(tone=True))
        shop.run_bots()
        visitor, conversation = await shop.open()
        await shop.say(visitor, conversation, "I am furious")
        assert (await shop.until_said(conversation, 2))[1].actions == ("leave_message",)
        assert (await shop.header(conversation)).state == "bot"
    finally:
        await shop.tasks.stop()


async def test_what_is_set_is_read_back_and_limits_are_kept(shop: Shop) -> None:
    rules = Handover(words=LocalizedPhrases(zh_cn=("起诉",)), unknown_after=3, rating=True)
    await shop.hand_over(rules)
    assert (await get_bot(shop.platform, shop.admin, shop.bot.id)).handover == rules
    assert BotSettings(id=1, organization_id=1).handover == Handover()
    for wrong in ({"unknown_after": 21}, {"offer_after": -1}, {"words": {"en": [""]}}, {"mood": True}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, Handover)
