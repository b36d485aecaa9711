"""The SQL of questions, their similar ones and their relations."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from frontdesk.bots.types import Question
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = """id, knowledge_base_id, language, question, answer, category, enabled, valid_from, valid_until,
    updated_at"""


async def find(reader: Reader, organization_id: int, question_id: int) -> Question | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from question where organization_id = $1 and id = $2",  # noqa: S608  constant columns
        organization_id,
        question_id,
    )
    if row is None:
        return None
    similar = await reader.fetch(
        "select variant from question_variant where organization_id = $1 and question_id = $2 order by position",
        organization_id,
        question_id,
    )
    related = await reader.fetch(
        "select related_id from question_related where organization_id = $1 and question_id = $2 order by position",
        organization_id,
        question_id,
    )
    return _question(row, [text for (text,) in similar], [identity for (identity,) in related])


async def find_all(reader: Reader, organization_id: int, base_id: int) -> list[Question]:
    """Every question of a knowledge base, oldest first, with three statements."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from question
        where organization_id = $1 and knowledge_base_id = $2 order by id""",  # noqa: S608  constant columns
        organization_id,
        base_id,
    )
    return await _complete(reader, organization_id, base_id, rows)


async def find_page(
    reader: Reader,
    organization_id: int,
    base_id: int,
    *,
    category: str | None,
    text: str | None,
    before: int,
    limit: int,
) -> list[Question]:
    """Questions with id < before, newest first: of a category and those under it, with a text in any of their words."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from question
        where organization_id = $1 and knowledge_base_id = $2 and id < $3
        and ($4 = '' or category = $4 or substr(category, 1, $5) = $6)
        and ($7 = '' or lower(question) like $7 escape '\\' or lower(answer) like $7 escape '\\'
            or exists (select 1 from question_variant v where v.question_id = question.id
                and lower(v.variant) like $7 escape '\\'))
        order by id desc limit $8""",  # noqa: S608  constant columns
        organization_id,
        base_id,
        before,
        category or "",
        len(category or "") + 1,
        f"{category or ''}/",
        "" if not text else f"%{_escaped(text.lower())}%",
        limit,
    )
    return [found for row in rows if (found := await find(reader, organization_id, row[0])) is not None]


async def find_key(reader: Reader, base_id: int, language: str, key: str) -> int | None:
    row = await reader.fetch_one(
        "select id from question where knowledge_base_id = $1 and language = $2 and match_key = $3",
        base_id,
        language,
        key,
    )
    return None if row is None else row[0]


async def find_keys(reader: Reader, organization_id: int, base_id: int) -> dict[tuple[str, str], int]:
    """Every question's id by language and normalised text."""
    rows = await reader.fetch(
        "select language, match_key, id from question where organization_id = $1 and knowledge_base_id = $2",
        organization_id,
        base_id,
    )
    return {(language, key): identity for language, key, identity in rows}


async def find_categories(reader: Reader, organization_id: int, base_id: int) -> list[str]:
    rows = await reader.fetch(
        """select distinct category from question
        where organization_id = $1 and knowledge_base_id = $2 and category <> '' order by category""",
        organization_id,
        base_id,
    )
    return [category for (category,) in rows]


async def count(reader: Reader, organization_id: int, base_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from question where organization_id = $1 and knowledge_base_id = $2",
        organization_id,
        base_id,
    )
    return 0 if row is None else row[0]


async def insert(tx: Transaction, organization_id: int, question: Question, key: str) -> None:
    await insert_all(tx, organization_id, [(key, question)])


async def insert_all(
    tx: Transaction, organization_id: int, questions: Sequence[tuple[str, Question]]
) -> None:
    """Write new questions, each under its key."""
    await tx.execute_each(
        """insert into question (id, organization_id, knowledge_base_id, language, question, match_key, answer,
            category, enabled, valid_from, valid_until, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
        [
            (
                question.id,
                organization_id,
                question.knowledge_base_id,
                question.language,
                question.question,
                key,
                question.answer,
                question.category,
                question.enabled,
                question.valid_from,
                question.valid_until,
                question.updated_at,
            )
            for key, question in questions
        ],
    )
    await _insert_similar(tx, organization_id, [question for _, question in questions])


async def update(tx: Transaction, organization_id: int, question: Question, key: str) -> None:
    await tx.execute(
        """update question set language = $1, question = $2, match_key = $3, answer = $4, category = $5, enabled = $6,
            valid_from = $7, valid_until = $8, updated_at = $9 where organization_id = $10 and id = $11""",
        question.language,
        question.question,
        key,
        question.answer,
        question.category,
        question.enabled,
        question.valid_from,
        question.valid_until,
        question.updated_at,
        organization_id,
        question.id,
    )
    await tx.execute(
        "delete from question_variant where organization_id = $1 and question_id = $2",
        organization_id,
        question.id,
    )
    await _insert_similar(tx, organization_id, [question])


async def relate(tx: Transaction, organization_id: int, question: Question) -> None:
    """Write the related questions; all of them must exist by now."""
    await tx.execute(
        "delete from question_related where organization_id = $1 and question_id = $2",
        organization_id,
        question.id,
    )
    await tx.execute_each(
        """insert into question_related (question_id, position, related_id, organization_id, knowledge_base_id)
        values ($1, $2, $3, $4, $5)""",
        [
            (question.id, position, related_id, organization_id, question.knowledge_base_id)
            for position, related_id in enumerate(question.related)
        ],
    )


async def delete(tx: Transaction, organization_id: int, question_id: int) -> None:
    """Delete a question and every mention of it."""
    await tx.execute(
        """delete from question_related
        where organization_id = $1 and (question_id = $2 or related_id = $2)""",
        organization_id,
        question_id,
    )
    await tx.execute(
        "delete from question_variant where organization_id = $1 and question_id = $2",
        organization_id,
        question_id,
    )
    await tx.execute(
        "delete from question where organization_id = $1 and id = $2", organization_id, question_id
    )


async def _insert_similar(tx: Transaction, organization_id: int, questions: Iterable[Question]) -> None:
    await tx.execute_each(
        """insert into question_variant (question_id, position, organization_id, knowledge_base_id, variant)
        values ($1, $2, $3, $4, $5)""",
        [
            (question.id, position, organization_id, question.knowledge_base_id, text)
            for question in questions
            for position, text in enumerate(question.similar)
        ],
    )


async def _complete(
    reader: Reader, organization_id: int, base_id: int, rows: Iterable[Row]
) -> list[Question]:
    similar: defaultdict[int, list[str]] = defaultdict(list)
    related: defaultdict[int, list[int]] = defaultdict(list)
    for question_id, text in await reader.fetch(
        """select question_id, variant from question_variant
        where organization_id = $1 and knowledge_base_id = $2 order by question_id, position""",
        organization_id,
        base_id,
    ):
        similar[question_id].append(text)
    for question_id, related_id in await reader.fetch(
        """select question_id, related_id from question_related
        where organization_id = $1 and knowledge_base_id = $2 order by question_id, position""",
        organization_id,
        base_id,
    ):
        related[question_id].append(related_id)
    return [_question(row, similar.get(row[0], ()), related.get(row[0], ())) for row in rows]


def _question(row: Row, similar: Sequence[str], related: Sequence[int]) -> Question:
    identity, base_id, language, question, answer, category, enabled, valid_from, valid_until, updated_at = (
        row
    )
    return Question(
        id=identity,
        knowledge_base_id=base_id,
        language=language,
        question=question,
        similar=tuple(similar),
        answer=answer,
        category=category,
        related=tuple(related),
        enabled=bool(enabled),
        valid_from=valid_from,
        valid_until=valid_until,
        updated_at=updated_at,
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
