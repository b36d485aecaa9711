"""Visitors read help articles: those of their channel, in force now, and not more than people can read."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from frontdesk.bots import (
    NewQuestion,
    QuestionChanges,
    create_knowledge_base,
    create_question,
    list_questions,
    update_question,
)
from frontdesk.channels import (
    ChannelChanges,
    LocalizedLines,
    NewChannel,
    create_channel,
    update_channel,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Origin, Subject
from frontdesk.help import find_articles, get_help, read_article, set_help
from frontdesk.help.pace import ADDRESS_BURST, BURST
from frontdesk.platform import Platform
from tests.service.bot_shop import Shop, open_shop
from tests.service.staff_people import administrator


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    await set_help(platform, opened.admin, opened.channel.id, opened.base.id)
    yield opened
    await opened.tasks.stop()


async def found(shop: Shop, visitor: Subject, text: str = "", language: str = "en") -> list[str]:
    answer = await find_articles(shop.platform, visitor, text, language)
    assert answer.shown
    return [each.question for each in answer.items]


async def test_what_fits_the_words_is_found_in_the_visitors_language_first(shop: Shop) -> None:
    visitor, _session = await shop.come()
    assert (await found(shop, visitor, "how much is shipping"))[0] == "How much is shipping?"
    assert (await found(shop, visitor, "运费", "zh-CN"))[0] == "运费怎么算？"
    assert (await found(shop, visitor, "运费", "en"))[0] == "运费怎么算？"
    assert await found(shop, visitor, "xyzzy plugh") == []


async def test_without_words_there_are_some_to_begin_with(shop: Shop) -> None:
    visitor, _session = await shop.come()
    assert set(await found(shop, visitor)) == {"How much is shipping?", "How do I return an item?"}


async def test_what_the_channel_is_often_asked_comes_first(shop: Shop) -> None:
    visitor, _session = await shop.come()
    often = LocalizedLines(
        en=("Can I send it back?", "Who are you?", "I want to send it back"), zh_cn=("包邮吗",)
    )
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(hot_questions=often))
    assert await found(shop, visitor) == ["How do I return an item?"]
    assert await found(shop, visitor, language="zh-CN") == ["运费怎么算？"]


async def test_where_there_is_nothing_in_the_visitors_language_there_is_what_there_is(shop: Shop) -> None:
    visitor, _session = await shop.come()
    for question in (await list_questions(shop.platform, shop.admin, shop.base.id)).items:
        if question.language == "en":
            await update_question(shop.platform, shop.admin, question.id, QuestionChanges(enabled=False))
    assert set(await found(shop, visitor)) == {"运费怎么算？", "怎么退货？"}


async def test_nobody_is_led_to_a_base_that_has_nothing_to_read(shop: Shop) -> None:
    visitor, _session = await shop.come()
    empty = await create_knowledge_base(shop.platform, shop.admin, "Empty")
    await set_help(shop.platform, shop.admin, shop.channel.id, empty.id)
    answer = await find_articles(shop.platform, visitor, "", "en")
    assert not answer.shown


async def test_a_question_that_hands_over_has_nothing_to_read(shop: Shop) -> None:
    visitor, _session = await shop.come()
    assert "I want to complain" not in await found(shop, visitor, "I want to complain")
    page = await list_questions(shop.platform, shop.admin, shop.base.id, text="complain")
    await refused(shop, visitor, page.items[0].id)


async def refused(shop: Shop, visitor: Subject, question_id: int) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await read_article(shop.platform, visitor, question_id)
    assert caught.value.kind is ErrorKind.NOT_FOUND
    assert caught.value.message == "This article does not exist."


async def test_an_answer_is_read_with_what_is_related(shop: Shop) -> None:
    visitor, _session = await shop.come()
    answer = await find_articles(shop.platform, visitor, "How much is shipping?", "en")
    article = await read_article(shop.platform, visitor, int(answer.items[0].id))
    assert article.answer == "Free from $15."
    assert [each.question for each in article.related] == ["How do I return an item?"]


async def test_what_is_not_in_force_or_of_another_base_is_not_there(shop: Shop, clock: ManualClock) -> None:
    visitor, _session = await shop.come()
    page = await list_questions(shop.platform, shop.admin, shop.base.id, text="shipping")
    question = page.items[0]
    await read_article(shop.platform, visitor, question.id)
    later = clock.now() + 60_000
    await update_question(shop.platform, shop.admin, question.id, QuestionChanges(valid_until=later))
    await read_article(shop.platform, visitor, question.id)
    clock.advance(seconds=60)
    assert "How much is shipping?" not in await found(shop, visitor, "How much is shipping?")
    await refused(shop, visitor, question.id)
    other = await create_knowledge_base(shop.platform, shop.admin, "Inside")
    secret = NewQuestion(question="What is the margin?", answer="Plenty.", language="en")
    made = await create_question(shop.platform, shop.admin, other.id, secret)
    await refused(shop, visitor, made.id)
    assert "What is the margin?" not in await found(shop, visitor, "What is the margin?")


async def test_a_channel_without_help_shows_none_and_a_change_counts_at_once(shop: Shop) -> None:
    visitor, _session = await shop.come()
    await set_help(shop.platform, shop.admin, shop.channel.id, None)
    answer = await find_articles(shop.platform, visitor, "shipping", "en")
    assert (answer.shown, answer.items) == (False, ())
    await set_help(shop.platform, shop.admin, shop.channel.id, shop.base.id)
    await set_help(shop.platform, shop.admin, shop.channel.id, shop.base.id)
    assert await get_help(shop.platform, shop.admin, shop.channel.id) == shop.base.id
    assert await found(shop, visitor, "shipping")


async def test_another_channels_visitor_reads_nothing_of_it(shop: Shop) -> None:
    shop.channel = await create_channel(shop.platform, shop.admin, NewChannel(name="Other", code="other-web"))
    visitor, _session = await shop.come()
    answer = await find_articles(shop.platform, visitor, "shipping", "en")
    assert not answer.shown


async def test_what_is_somebody_elses_cannot_be_shown(shop: Shop, platform: Platform) -> None:
    stranger = await administrator(platform, shop.admin.organization_id + 1)
    mine = await create_knowledge_base(platform, stranger, "Mine")
    for subject, channel, base in (
        (stranger, shop.channel.id, mine.id),
        (shop.admin, shop.channel.id, mine.id),
        (shop.admin, 1, shop.base.id),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await set_help(platform, subject, channel, base)
        assert caught.value.kind is ErrorKind.NOT_FOUND
    visitor, _session = await shop.come()
    for subject in (visitor, shop.agent):
        with pytest.raises(FrontdeskError) as caught:
            await set_help(platform, subject, shop.channel.id, None)
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_nobody_looks_up_more_than_they_could_read(shop: Shop, clock: ManualClock) -> None:
    visitor, _session = await shop.come()
    for _turn in range(BURST):
        await find_articles(shop.platform, visitor, "shipping", "en")
    with pytest.raises(FrontdeskError) as caught:
        await find_articles(shop.platform, visitor, "shipping", "en")
    assert caught.value.kind is ErrorKind.BUSY
    assert caught.value.retry_after
    clock.advance(seconds=1)
    await find_articles(shop.platform, visitor, "shipping", "en")


async def test_many_visitors_of_one_address_have_a_limit_together(shop: Shop) -> None:
    visitor, _session = await shop.come()
    crowd = [replace(visitor, id=number, origin=Origin("192.0.2.9")) for number in range(ADDRESS_BURST)]
    for each in crowd:
        await find_articles(shop.platform, each, "", "en")
    with pytest.raises(FrontdeskError) as caught:
        await find_articles(shop.platform, replace(visitor, origin=Origin("192.0.2.9")), "", "en")
    assert caught.value.kind is ErrorKind.BUSY
    await find_articles(shop.platform, replace(visitor, origin=Origin("192.0.2.10")), "", "en")


@pytest.mark.parametrize("text", ["x" * 5_000, "\x00\x01", "?!…", "%_'\";--", "𝕳𝖊𝖑𝖕" * 40])
async def test_words_that_are_none_find_nothing_or_are_refused(shop: Shop, text: str) -> None:
    visitor, _session = await shop.come()
    try:
        answer = await find_articles(shop.platform, visitor, text, "en")
    except FrontdeskError as error:
        assert error.kind is ErrorKind.INVALID  # noqa: PT017 - either is right
    else:
        assert answer.shown
