"""Questions: adding, changing, removing, listing."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.bots.bases import announce_knowledge, get_base_in
from frontdesk.bots.matching import normalise
from frontdesk.bots.store import questions as rows
from frontdesk.bots.types import (
    LANGUAGES,
    MAX_ANSWER,
    MAX_CATEGORY,
    MAX_MOMENT,
    MAX_QUESTION,
    MAX_QUESTIONS,
    MAX_RELATED,
    MAX_SIMILAR,
    NewQuestion,
    Question,
    QuestionChanges,
)
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Reader, Transaction

_NEWEST = 1 << 62
_MOST = 200


async def create_question(platform: Platform, subject: Subject, base_id: int, new: NewQuestion) -> Question:
    """Add a question. Raises `conflict` when the same one is there already."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id
    question = checked(
        Question(
            id=platform.ids.new(),
            knowledge_base_id=base_id,
            updated_at=platform.clock.now(),
            **structs.asdict(new),
        )
    )

    async def work(tx: Transaction) -> Question:
        await get_base_in(tx, organization_id, base_id)
        await check_room(tx, organization_id, base_id, 1)
        await _check_unique(tx, question)
        await _check_related(tx, organization_id, question)
        await rows.insert(tx, organization_id, question, normalise(question.question))
        await rows.relate(tx, organization_id, question)
        await record_in(platform, tx, subject, Action.QUESTION_CREATED, _target(question))
        announce_knowledge(platform, tx, organization_id, base_id)
        return question

    return await platform.database.write(organization_id, work)


async def update_question(
    platform: Platform, subject: Subject, question_id: int, changes: QuestionChanges
) -> Question:
    """Change what is set. Raises `conflict` when it would be the same question as another."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}

    async def work(tx: Transaction) -> Question:
        before = await _get(tx, organization_id, question_id)
        after = checked(structs.replace(before, **set_ones, updated_at=platform.clock.now()))
        await _check_unique(tx, after)
        await _check_related(tx, organization_id, after)
        await rows.update(tx, organization_id, after, normalise(after.question))
        await rows.relate(tx, organization_id, after)
        facts = changed_fields(changes)
        await record_in(platform, tx, subject, Action.QUESTION_CHANGED, _target(after), **facts)
        announce_knowledge(platform, tx, organization_id, after.knowledge_base_id)
        return after

    return await platform.database.write(organization_id, work)


async def delete_question(platform: Platform, subject: Subject, question_id: int) -> None:
    """Remove a question and every mention of it as a related one."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        question = await _get(tx, organization_id, question_id)
        await rows.delete(tx, organization_id, question_id)
        await record_in(platform, tx, subject, Action.QUESTION_REMOVED, _target(question))
        announce_knowledge(platform, tx, organization_id, question.knowledge_base_id)

    await platform.database.write(organization_id, work)


async def list_questions(
    platform: Platform,
    subject: Subject,
    base_id: int,
    *,
    category: str | None = None,
    text: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Question]:
    """Questions, newest first: of a category with everything under it, and with a text in question or answer."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    limit, before = min(max(limit, 1), _MOST), parse_cursor(cursor)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> list[Question]:
        await get_base_in(reader, organization_id, base_id)
        return await rows.find_page(
            reader,
            organization_id,
            base_id,
            category=category,
            text=None if text is None else text.strip()[:MAX_QUESTION],
            before=before or _NEWEST,
            limit=limit + 1,
        )

    return page_of(
        await platform.database.read(organization_id, read), limit=limit, key=lambda question: question.id
    )


async def list_categories(platform: Platform, subject: Subject, base_id: int) -> Sequence[str]:
    """The category paths in use."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Sequence[str]:
        await get_base_in(reader, organization_id, base_id)
        return await rows.find_categories(reader, organization_id, base_id)

    return await platform.database.read(organization_id, read)


def checked(question: Question) -> Question:
    """The question trimmed and within its limits; similar ones once each. Raises `invalid`."""
    if question.language not in LANGUAGES:
        raise invalid(
            "bots.language",
            f"A question's language is one of {', '.join(LANGUAGES)}.",
            details={"field": "language"},
        )
    since, until = question.valid_from, question.valid_until
    if any(moment is not None and not 0 <= moment <= MAX_MOMENT for moment in (since, until)):
        raise invalid("bots.moment", "This is not a moment in time.", details={"field": "valid_from"})
    if since is not None and until is not None and until <= since:
        raise invalid(
            "bots.validity", "A question must hold for some time.", details={"field": "valid_until"}
        )
    text = clean_line(question.question, field="question", limit=MAX_QUESTION, required=True)
    if not normalise(text):
        raise invalid("bots.question", "A question needs letters or digits.", details={"field": "question"})
    seen = {normalise(text): text}
    for other in question.similar:
        line = clean_line(other, field="similar question", limit=MAX_QUESTION)
        if normalise(line):
            seen.setdefault(normalise(line), line)
    similar = tuple(seen.values())[1:]
    for found, most, field in ((similar, MAX_SIMILAR, "similar"), (question.related, MAX_RELATED, "related")):
        if len(found) > most:
            raise invalid(
                "bots.too-many",
                f"A question has at most {most} {field} questions.",
                details={"field": field, "limit": most},
            )
    path = "/".join(part.strip() for part in question.category.split("/") if part.strip())
    return structs.replace(
        question,
        question=text,
        similar=similar,
        answer=clean(question.answer, field="answer", limit=MAX_ANSWER),
        category=clean_line(path, field="category", limit=MAX_CATEGORY),
        related=tuple(dict.fromkeys(related for related in question.related if related != question.id)),
    )


async def check_room(reader: Reader, organization_id: int, base_id: int, more: int) -> None:
    """Raises `conflict` when the knowledge base cannot take `more` questions."""
    if await rows.count(reader, organization_id, base_id) + more > MAX_QUESTIONS:
        raise conflict(
            "bots.full",
            f"A knowledge base holds at most {MAX_QUESTIONS:,} questions.",
            hint="Remove old ones, or use another knowledge base.",
        )


def _target(question: Question) -> Target:
    return Target("question", question.id, question.question)


async def _get(reader: Reader, organization_id: int, question_id: int) -> Question:
    question = await rows.find(reader, organization_id, question_id)
    if question is None:
        raise not_found("question")
    return question


async def _check_unique(reader: Reader, question: Question) -> None:
    known = await rows.find_key(
        reader, question.knowledge_base_id, question.language, normalise(question.question)
    )
    if known is not None and known != question.id:
        raise conflict(
            "bots.question-exists",
            "This question is there already.",
            hint="Change that one, or ask differently.",
            details={"field": "question", "question_id": str(known)},
        )


async def _check_related(reader: Reader, organization_id: int, question: Question) -> None:
    for related_id in question.related:
        other = await rows.find(reader, organization_id, related_id)
        if other is None or other.knowledge_base_id != question.knowledge_base_id:
            raise invalid(
                "bots.related",
                "A related question is not in this knowledge base.",
                details={"field": "related", "question_id": str(related_id)},
            )
