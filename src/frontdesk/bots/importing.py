"""Importing questions: everything or nothing, and the same file twice changes nothing."""

import asyncio
from collections.abc import Iterable, Mapping

from msgspec import Struct, structs, to_builtins

from frontdesk.audit import Action, record_in
from frontdesk.auth import Permission, require
from frontdesk.bots.bases import announce_knowledge, get_base_in, knowledge_target
from frontdesk.bots.csv_file import Parsed, Row, parse
from frontdesk.bots.matching import normalise
from frontdesk.bots.questions import check_room
from frontdesk.bots.store import questions as rows
from frontdesk.bots.types import ImportProblem, ImportReport, Question
from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Transaction

Key = tuple[str, str]


class _Plan(Struct):
    """What a file does to a knowledge base."""

    create: list[Question]
    update: list[Question]
    unchanged: int
    problems: list[ImportProblem]


async def import_csv(
    platform: Platform,
    subject: Subject,
    base_id: int,
    data: bytes,
    *,
    language: str | None = None,
    partial: bool = False,
) -> ImportReport:
    """Add the questions of a CSV file to a knowledge base, in one transaction.

    A question that is there already (same text and language) takes the file's answer, category, similar and related
    questions. When anything is wrong in the file nothing is written, unless `partial`: then the good rows are.
    """
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id
    parsed = await asyncio.to_thread(parse, data, language=language)

    async def work(tx: Transaction) -> ImportReport:
        base = await get_base_in(tx, organization_id, base_id)
        plan = await _plan(platform, tx, organization_id, base_id, parsed)
        problems = (*parsed.problems, *plan.problems)
        report = ImportReport(
            applied=partial or not problems,
            rows=parsed.lines,
            created=len(plan.create),
            updated=len(plan.update),
            unchanged=plan.unchanged,
            problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        )
        if not report.applied:
            return structs.replace(report, created=0, updated=0, unchanged=0)
        if plan.create or plan.update:
            await check_room(tx, organization_id, base_id, len(plan.create))
            await _write(tx, organization_id, plan)
            facts = {"created": len(plan.create), "updated": len(plan.update)}
            target = knowledge_target(base)
            await record_in(platform, tx, subject, Action.KNOWLEDGE_IMPORTED, target, **facts)
            announce_knowledge(platform, tx, organization_id, base_id)
        return report

    return await platform.database.write(organization_id, work)


def refusal(report: ImportReport) -> FrontdeskError:
    """The error for a file of which nothing was written; its details are the report."""
    first = report.problems[0]
    more = len(report.problems) - 1
    return invalid(
        "knowledge.import",
        f"Nothing was imported. Line {first.line}: {first.message}" + (f" And {more} more." if more else ""),
        hint="Correct the lines that are listed and send the file again, or import the good ones with partial=true.",
        details=to_builtins(report),
    )


async def _plan(
    platform: Platform, tx: Transaction, organization_id: int, base_id: int, parsed: Parsed
) -> _Plan:
    known = {
        (question.language, normalise(question.question)): question
        for question in await rows.find_all(tx, organization_id, base_id)
    }
    ids: dict[Key, int] = {key: question.id for key, question in known.items()}
    for row in parsed.rows:
        ids.setdefault((row.language, row.key), platform.ids.new())
    plan = _Plan([], [], 0, [])
    now = platform.clock.now()
    for row in parsed.rows:
        key = (row.language, row.key)
        missing = [text for text in row.related if (row.language, normalise(text)) not in ids]
        if missing:
            plan.problems.append(
                ImportProblem(row.line, "import.related", f"There is no question “{missing[0][:80]}”.")
            )
        fresh = _question(row, known.get(key), ids, base_id, now)
        if key not in known:
            plan.create.append(fresh)
        elif structs.replace(fresh, updated_at=known[key].updated_at) == known[key]:
            plan.unchanged += 1
        else:
            plan.update.append(fresh)
    return plan


def _question(row: Row, known: Question | None, ids: Mapping[Key, int], base_id: int, now: int) -> Question:
    own = ids[row.language, row.key]
    related = (ids.get((row.language, normalise(text))) for text in row.related)
    return Question(
        id=own,
        knowledge_base_id=base_id,
        language=row.language,
        question=row.question,
        similar=row.similar,
        answer=row.answer,
        category=row.category,
        related=tuple(dict.fromkeys(found for found in related if found is not None and found != own)),
        enabled=known is None or known.enabled,
        valid_from=None if known is None else known.valid_from,
        valid_until=None if known is None else known.valid_until,
        updated_at=now,
    )


async def _write(tx: Transaction, organization_id: int, plan: _Plan) -> None:
    await rows.insert_all(tx, organization_id, [(normalise(each.question), each) for each in plan.create])
    for question in plan.update:
        await rows.update(tx, organization_id, question, normalise(question.question))
    for question in _related_first(plan):
        await rows.relate(tx, organization_id, question)


def _related_first(plan: _Plan) -> Iterable[Question]:
    """Relations come after every question: they may point forward in the file."""
    yield from (question for question in plan.create if question.related)
    yield from plan.update
