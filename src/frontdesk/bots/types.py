"""Knowledge, bots and their answers as values and commands.

Values have int ids; classes named `...View` are the wire's, with string ids.
"""

from enum import StrEnum
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.bots.handover import Handover
from frontdesk.bots.matching import ANSWER_THRESHOLD, SUGGEST_THRESHOLD
from frontdesk.core.clock import Millis
from frontdesk.settings import LocalizedText

ZH: Final = "zh-CN"
EN: Final = "en"
LANGUAGES: Final = (ZH, EN)
MAX_NAME: Final = 80
MAX_DESCRIPTION: Final = 500
MAX_QUESTION: Final = 500
MAX_ANSWER: Final = 4_000
MAX_CATEGORY: Final = 200
MAX_SIMILAR: Final = 100
MAX_RELATED: Final = 10
MAX_QUESTIONS: Final = 20_000
MAX_ASKED: Final = 500
MAX_MOMENT: Final[Millis] = 253_402_300_799_999  # the end of the year 9999

MAX_SUGGESTIONS: Final = 3

Threshold = Annotated[float, Meta(ge=0, le=1)]
_UNKNOWN: Final = LocalizedText(
    zh_cn="抱歉，这个问题我还不会回答。您可以换个说法再问一次，或者转人工客服。",
    en="Sorry, I do not know the answer to that. You can put it in other words, or ask for a person.",
)


class KnowledgeBase(Struct, frozen=True):
    id: int
    name: str
    description: str
    questions: int


class Question(Struct, frozen=True, kw_only=True, gc=False):
    """A standard question. An empty answer hands the visitor over to a human.

    It counts while it is enabled and the time is within [valid_from, valid_until).
    """

    id: int
    knowledge_base_id: int
    language: str
    question: str
    similar: tuple[str, ...]
    answer: str
    category: str
    related: tuple[int, ...]
    enabled: bool
    valid_from: Millis | None
    valid_until: Millis | None
    updated_at: Millis

    def holds(self, now: Millis) -> bool:
        return (
            self.enabled
            and (self.valid_from is None or self.valid_from <= now)
            and (self.valid_until is None or now < self.valid_until)
        )


class BotSettings(Struct, frozen=True, kw_only=True):
    """How a built-in bot answers: surely from `answer_threshold`, with a “did you mean” from `suggest_threshold`."""

    id: int
    organization_id: int
    knowledge_base_id: int | None = None
    answer_threshold: Threshold = ANSWER_THRESHOLD
    suggest_threshold: Threshold = SUGGEST_THRESHOLD
    max_suggestions: int = MAX_SUGGESTIONS
    greeting: LocalizedText = LocalizedText()
    unknown: LocalizedText = _UNKNOWN
    handover: Handover = Handover()


class Outcome(StrEnum):
    ANSWER = "answer"
    SIMILAR = "similar"
    HUMAN = "human"
    UNKNOWN = "unknown"


class Match(Struct, frozen=True):
    """A question that resembles what was asked; 1 is the very same."""

    question: Question
    score: float


class KnowledgeHit(Struct, frozen=True):
    """A known question that fits what an agent looks for, and the name of the knowledge base that holds it."""

    question: Question
    knowledge_base: str
    score: float


class Answer(Struct, frozen=True):
    """What a bot says. `human`: it would hand over. `text` is empty only then."""

    outcome: Outcome
    language: str
    text: str
    suggestions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()


# ---- commands ------------------------------------------------------------------------------------------------------


class NewQuestion(Struct, frozen=True, kw_only=True):
    question: str
    answer: str
    language: str = ZH
    similar: tuple[str, ...] = ()
    category: str = ""
    related: tuple[int, ...] = ()
    enabled: bool = True
    valid_from: Millis | None = None
    valid_until: Millis | None = None


class QuestionChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    question: str | UnsetType = UNSET
    answer: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    similar: tuple[str, ...] | UnsetType = UNSET
    category: str | UnsetType = UNSET
    related: tuple[int, ...] | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    valid_from: Millis | UnsetType | None = UNSET
    valid_until: Millis | UnsetType | None = UNSET


class BotChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    knowledge_base_id: int | UnsetType | None = UNSET
    answer_threshold: Threshold | UnsetType = UNSET
    suggest_threshold: Threshold | UnsetType = UNSET
    max_suggestions: int | UnsetType = UNSET
    greeting: LocalizedText | UnsetType = UNSET
    unknown: LocalizedText | UnsetType = UNSET
    handover: Handover | UnsetType = UNSET


# ---- import --------------------------------------------------------------------------------------------------------


class ImportProblem(Struct, frozen=True):
    """What is wrong in a line of the file; line 1 is the header."""

    line: int
    code: str
    message: str


class ImportReport(Struct, frozen=True, kw_only=True):
    """`applied` is False when nothing was written. Every good row is created, updated or unchanged."""

    applied: bool
    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[ImportProblem, ...] = ()
