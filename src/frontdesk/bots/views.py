"""Knowledge and bots on the wire: ids are strings."""

from msgspec import UNSET, Struct, UnsetType

from frontdesk.bots.handover import Handover, Trigger
from frontdesk.bots.types import (
    Answer,
    BotSettings,
    ImportProblem,
    ImportReport,
    KnowledgeBase,
    KnowledgeHit,
    Outcome,
    Question,
)
from frontdesk.core.clock import Millis
from frontdesk.platform.web import path_id
from frontdesk.settings import LocalizedText


class KnowledgeBaseView(Struct, frozen=True):
    id: str
    name: str
    description: str
    questions: int


class KnowledgeBaseBody(Struct, frozen=True):
    name: str
    description: str = ""


class KnowledgeBaseChanges(Struct, frozen=True):
    name: str | None = None
    description: str | None = None


class KnowledgeBaseAnswer(Struct, frozen=True):
    knowledge_base: KnowledgeBaseView


class KnowledgeBasesAnswer(Struct, frozen=True):
    items: list[KnowledgeBaseView]


class QuestionView(Struct, frozen=True):
    id: str
    knowledge_base_id: str
    language: str
    question: str
    similar: tuple[str, ...]
    answer: str
    category: str
    related: tuple[str, ...]
    enabled: bool
    valid_from: Millis | None
    valid_until: Millis | None
    updated_at: Millis


class NewQuestionBody(Struct, frozen=True, kw_only=True):
    question: str
    answer: str
    language: str = "zh-CN"
    similar: tuple[str, ...] = ()
    category: str = ""
    related: tuple[str, ...] = ()
    enabled: bool = True
    valid_from: Millis | None = None
    valid_until: Millis | None = None


class QuestionBody(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    question: str | UnsetType = UNSET
    answer: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    similar: tuple[str, ...] | UnsetType = UNSET
    category: str | UnsetType = UNSET
    related: tuple[str, ...] | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    valid_from: Millis | UnsetType | None = UNSET
    valid_until: Millis | UnsetType | None = UNSET


class QuestionAnswer(Struct, frozen=True):
    question: QuestionView


class QuestionsAnswer(Struct, frozen=True):
    items: list[QuestionView]
    cursor: str | None


class CategoriesAnswer(Struct, frozen=True):
    items: list[str]


class ImportAnswer(Struct, frozen=True):
    """What an import did. `applied` false: nothing was written, `problems` says why, by line."""

    applied: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    problems: tuple[ImportProblem, ...]


class BotView(Struct, frozen=True):
    id: str
    knowledge_base_id: str | None
    answer_threshold: float
    suggest_threshold: float
    max_suggestions: int
    greeting: LocalizedText
    unknown: LocalizedText
    handover: Handover


class BotBody(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    knowledge_base_id: str | UnsetType | None = UNSET
    answer_threshold: float | UnsetType = UNSET
    suggest_threshold: float | UnsetType = UNSET
    max_suggestions: int | UnsetType = UNSET
    greeting: LocalizedText | UnsetType = UNSET
    unknown: LocalizedText | UnsetType = UNSET
    handover: Handover | UnsetType = UNSET


class BotAnswer(Struct, frozen=True):
    bot: BotView


class BotsAnswer(Struct, frozen=True):
    items: list[BotView]


class Ask(Struct, frozen=True):
    text: str
    language: str = "zh-CN"


class MatchView(Struct, frozen=True):
    question_id: str
    question: str
    score: float


class KnowledgeHitView(Struct, frozen=True):
    """Something to answer with. `score` is from 0 to 1; 1 is the very same question."""

    question_id: str
    knowledge_base: str
    language: str
    question: str
    answer: str
    score: float


class KnowledgeHitsAnswer(Struct, frozen=True):
    items: list[KnowledgeHitView]


class TryAnswer(Struct, frozen=True):
    """What the bot would say. `outcome` human: it would hand over, and `trigger` says why."""

    outcome: Outcome
    trigger: Trigger | None
    language: str
    text: str
    suggestions: tuple[str, ...]
    related: tuple[str, ...]
    matches: tuple[MatchView, ...]
    answer_threshold: float
    suggest_threshold: float


def base_view(base: KnowledgeBase) -> KnowledgeBaseView:
    return KnowledgeBaseView(str(base.id), base.name, base.description, base.questions)


def question_view(question: Question) -> QuestionView:
    return QuestionView(
        id=str(question.id),
        knowledge_base_id=str(question.knowledge_base_id),
        language=question.language,
        question=question.question,
        similar=question.similar,
        answer=question.answer,
        category=question.category,
        related=tuple(str(related) for related in question.related),
        enabled=question.enabled,
        valid_from=question.valid_from,
        valid_until=question.valid_until,
        updated_at=question.updated_at,
    )


def import_view(report: ImportReport) -> ImportAnswer:
    return ImportAnswer(
        report.applied, report.rows, report.created, report.updated, report.unchanged, report.problems
    )


def bot_view(bot: BotSettings) -> BotView:
    return BotView(
        id=str(bot.id),
        knowledge_base_id=None if bot.knowledge_base_id is None else str(bot.knowledge_base_id),
        answer_threshold=bot.answer_threshold,
        suggest_threshold=bot.suggest_threshold,
        max_suggestions=bot.max_suggestions,
        greeting=bot.greeting,
        unknown=bot.unknown,
        handover=bot.handover,
    )


def try_view(bot: BotSettings, found: Answer, trigger: Trigger | None) -> TryAnswer:
    return TryAnswer(
        outcome=found.outcome if trigger is None else Outcome.HUMAN,
        trigger=trigger,
        language=found.language,
        text=found.text if trigger is None else "",
        suggestions=found.suggestions,
        related=found.related,
        matches=tuple(
            MatchView(str(match.question.id), match.question.question, round(match.score, 3))
            for match in found.matches
        ),
        answer_threshold=bot.answer_threshold,
        suggest_threshold=bot.suggest_threshold,
    )


def hit_view(hit: KnowledgeHit) -> KnowledgeHitView:
    question = hit.question
    return KnowledgeHitView(
        question_id=str(question.id),
        knowledge_base=hit.knowledge_base,
        language=question.language,
        question=question.question,
        answer=question.answer,
        score=round(hit.score, 3),
    )


def question_ids(texts: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(path_id(text, what="question") for text in texts)
