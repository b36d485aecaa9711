"""Visitors look for an answer before they ask somebody."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from frontdesk.bots import LANGUAGES, Knowledge, Question, knowledge_of
from frontdesk.channels import find_channel_in
from frontdesk.contacts import known_language
from frontdesk.core.clock import Millis
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.help import store
from frontdesk.help.pace import pace_of
from frontdesk.help.types import MAX_EXCERPT, MAX_FOUND, MAX_SOUGHT, Article, ArticleHint, Articles
from frontdesk.platform import Platform

_LIKELY: Final = 0.2
_SEARCHED: Final = 4 * MAX_FOUND  # some of what fits is not shown: out of force, or without an answer


async def find_articles(platform: Platform, subject: Subject, text: str, language: str) -> Articles:
    """What fits these words best, in the language first; without words, some to begin with.

    Raises `busy` for a visitor, or an address, that looks for more than people can read.
    """
    _admit(platform, subject)
    sought = clean_line(text, field="text", limit=MAX_SOUGHT)
    knowledge = await _knowledge(platform, subject)
    if knowledge is None:
        return Articles(shown=False, items=())
    now, spoken = platform.clock.now(), known_language(language)
    for tried in sorted(LANGUAGES, key=lambda each: each != spoken):
        if sought:
            found = _hints(_fitting(knowledge, sought, tried), now)
        else:
            found = _hints(await _to_begin_with(platform, subject, knowledge, tried), now)
        if found:
            return Articles(shown=True, items=found)
    return Articles(shown=sought != "", items=())  # nobody is led to an empty shelf


async def read_article(platform: Platform, subject: Subject, question_id: int) -> Article:
    """One answer. Raises `not_found` for what this channel does not show, whatever the reason."""
    _admit(platform, subject)
    knowledge = await _knowledge(platform, subject)
    question = None if knowledge is None else knowledge.questions.get(question_id)
    now = platform.clock.now()
    if knowledge is None or question is None or not _is_shown(question, now):
        raise not_found("article")
    related = (knowledge.questions.get(other) for other in question.related)
    return Article(
        id=str(question.id),
        question=question.question,
        answer=question.answer,
        related=_hints((each for each in related if each is not None), now),
    )


def _admit(platform: Platform, subject: Subject) -> None:
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("help.visitors-only", "Agents read the knowledge elsewhere.")
    pace_of(platform).admit(subject)


async def _knowledge(platform: Platform, subject: Subject) -> Knowledge | None:
    """What the channel of this visitor shows; None: nothing."""
    organization_id = subject.organization_id
    base_id = await platform.database.read(
        organization_id, lambda reader: store.base_of(reader, organization_id, subject.channel_id)
    )
    if base_id is None:
        return None
    return await knowledge_of(platform, organization_id, base_id, fresh=True)


async def _to_begin_with(
    platform: Platform, subject: Subject, knowledge: Knowledge, language: str
) -> Iterable[Question]:
    """What answers the channel's frequent questions; where it names none, whatever there is."""
    channel = await platform.database.read(
        subject.organization_id,
        lambda reader: find_channel_in(reader, subject.organization_id, subject.channel_id),
    )
    asked = () if channel is None else channel.hot_questions.of(language)
    best = (next(iter(_fitting(knowledge, text, language)), None) for text in asked)
    frequent = {each.id: each for each in best if each is not None}
    return frequent.values() or (each for each in knowledge.questions.values() if each.language == language)


def _fitting(knowledge: Knowledge, text: str, language: str) -> Iterable[Question]:
    index = knowledge.indexes.get(language)
    hits = () if index is None else index.search(text, limit=_SEARCHED)
    return (knowledge.questions[hit.key] for hit in hits if hit.score >= _LIKELY)


def _is_shown(question: Question, now: Millis) -> bool:
    return question.holds(now) and question.answer != ""


def _hints(questions: Iterable[Question], now: Millis) -> tuple[ArticleHint, ...]:
    shown = islice((each for each in questions if _is_shown(each, now)), MAX_FOUND)
    return tuple(ArticleHint(str(each.id), each.question, _excerpt(each.answer)) for each in shown)


def _excerpt(answer: str) -> str:
    line = " ".join(answer.split())
    return line if len(line) <= MAX_EXCERPT else f"{line[: MAX_EXCERPT - 1].rstrip()}…"
