"""Agents find what the bots know while they answer somebody themselves."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.bots import (
    NewQuestion,
    QuestionChanges,
    create_knowledge_base,
    create_question,
    list_questions,
    search_knowledge,
    update_question,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.platform import Platform
from tests.service.bot_shop import Shop, open_shop
from tests.service.staff_people import add_agent, administrator, subject_of


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    yield opened
    await opened.tasks.stop()


async def found(shop: Shop, text: str, language: str = "en", limit: int = 5) -> list[str]:
    hits = await search_knowledge(shop.platform, shop.agent, text, language=language, limit=limit)
    return [hit.question.question for hit in hits]


async def change(shop: Shop, question: str, changes: QuestionChanges) -> None:
    page = await list_questions(shop.platform, shop.admin, shop.base.id, text=question)
    await update_question(shop.platform, shop.admin, page.items[0].id, changes)


async def test_an_agent_finds_what_fits_a_visitors_words_in_any_language(shop: Shop) -> None:
    assert (await found(shop, "how much would the shipping be"))[0] == "How much is shipping?"
    assert (await found(shop, "I want to send it back"))[0] == "How do I return an item?"
    assert (await found(shop, "运费", "en"))[0] == "运费怎么算？"
    assert await found(shop, "xyzzy plugh") == []


@pytest.mark.parametrize("word", ["shipping", "return", "deliv", "退货"])
async def test_a_word_typed_into_the_search_is_enough(shop: Shop, word: str) -> None:
    assert await found(shop, word)


@pytest.mark.parametrize("words", ["", "   ", "?!…", "\u202e"])
async def test_without_words_nothing_is_found(shop: Shop, words: str) -> None:
    assert await found(shop, words) == []


async def test_every_knowledge_base_is_searched_and_named(shop: Shop) -> None:
    second = await create_knowledge_base(shop.platform, shop.admin, "Service desk")
    new = NewQuestion(question="How long is the warranty?", answer="Two years.", language="en")
    await create_question(shop.platform, shop.admin, second.id, new)
    best = (await search_knowledge(shop.platform, shop.agent, "How long is the warranty", language="en"))[0]
    assert (best.knowledge_base, best.question.answer, best.score) == ("Service desk", "Two years.", 1.0)


async def test_of_the_same_question_twice_the_one_in_the_agents_language_comes_first(shop: Shop) -> None:
    for language in ("zh-CN", "en"):
        new = NewQuestion(question="4711", answer=language, language=language)
        await create_question(shop.platform, shop.admin, shop.base.id, new)
    for language in ("zh-CN", "en"):
        hits = await search_knowledge(shop.platform, shop.agent, "4711", language=language)
        assert hits[0].question.answer == language


async def test_what_has_no_answer_or_does_not_hold_now_is_not_offered(shop: Shop) -> None:
    assert "I want to complain" not in await found(shop, "I want to complain")
    await change(shop, "shipping", QuestionChanges(enabled=False))
    assert "How much is shipping?" not in await found(shop, "How much is shipping?")
    await change(shop, "return", QuestionChanges(valid_until=1))
    assert "How do I return an item?" not in await found(shop, "How do I return an item?")


async def test_what_was_changed_a_moment_ago_is_found(shop: Shop) -> None:
    await found(shop, "shipping")
    await change(shop, "shipping", QuestionChanges(answer="Always free."))
    hits = await search_knowledge(shop.platform, shop.agent, "How much is shipping?", language="en")
    assert hits[0].question.answer == "Always free."


@pytest.mark.parametrize(("limit", "most"), [(1, 1), (0, 1), (-(2**70), 1), (2**70, 20)])
async def test_the_number_of_hits_stays_within_bounds(shop: Shop, limit: int, most: int) -> None:
    for number in range(12):
        text = f"How much is shipping to zone {number}?"
        new = NewQuestion(question=text, answer="5", language="en")
        await create_question(shop.platform, shop.admin, shop.base.id, new)
    assert 1 <= len(await found(shop, "How much is shipping?", limit=limit)) <= most


async def test_more_words_than_anybody_asks_are_refused_in_words(shop: Shop) -> None:
    with pytest.raises(FrontdeskError) as refused:
        await found(shop, "w" * 501)
    assert (refused.value.kind, refused.value.code) == (ErrorKind.INVALID, "text.too-long")


async def test_nobody_finds_what_another_organization_knows(shop: Shop, other_organization: int) -> None:
    stranger = await administrator(shop.platform, other_organization)
    assert await search_knowledge(shop.platform, stranger, "How much is shipping?", language="en") == []


async def test_only_who_answers_visitors_may_search(shop: Shop) -> None:
    visitor, _session = await shop.come()
    inspector = subject_of(await add_agent(shop.platform, shop.agent.organization_id, "iris", Role.INSPECTOR))
    for subject in (visitor, inspector):
        with pytest.raises(FrontdeskError) as refused:
            await search_knowledge(shop.platform, subject, "How much is shipping?", language="en")
        assert refused.value.kind is ErrorKind.FORBIDDEN
