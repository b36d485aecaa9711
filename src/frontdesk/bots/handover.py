"""When a bot brings in a person: what is set for it, and what a visitor's words set off.

The button is always there. Everything else is data of the bot, and counts from the next message on.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct

from frontdesk.bots.matching import normalise
from frontdesk.bots.tone import is_upset
from frontdesk.settings import LocalizedPhrases

_PHRASES: Final = LocalizedPhrases(
    zh_cn=("转人工", "人工客服", "人工服务", "找人工", "真人"),
    en=("human", "real person", "talk to an agent", "speak to an agent", "live agent"),
)
Times = Annotated[int, Meta(ge=0, le=20)]


class Trigger(StrEnum):
    """Why a bot handed over, as the log keeps it. The button is the visitor's own act, and is kept as `visitor`."""

    PHRASE = "phrase"
    WORD = "word"
    TONE = "tone"
    UNKNOWN = "unknown"
    ANSWER = "answer"
    RATING = "rating"
    IMAGE = "image"


class Handover(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What makes a bot hand over. An answer that is empty always does."""

    phrases: Annotated[
        LocalizedPhrases,
        Meta(description="What a visitor says to get a person, compared without regard to case."),
    ] = _PHRASES
    words: Annotated[
        LocalizedPhrases,
        Meta(description="What no bot shall answer, such as a law suit, wherever it is said."),
    ] = LocalizedPhrases()
    offer_after: Annotated[
        Times,
        Meta(description="Unanswered questions in a row until it offers a person, with a button. 0: never."),
    ] = 2
    unknown_after: Annotated[
        Times, Meta(description="Unanswered questions in a row until it hands over by itself. 0: never.")
    ] = 0
    rating: Annotated[bool, Meta(description="When the visitor says that an answer did not help.")] = False
    image: Annotated[bool, Meta(description="When the visitor sends a picture.")] = False
    tone: Annotated[bool, Meta(description="When the visitor sounds upset.")] = False


def heard(rules: Handover, text: str) -> Trigger | None:
    """What these words set off, the plainest reason first."""
    if contains(text, _both(rules.phrases)):
        return Trigger.PHRASE
    if contains(text, _both(rules.words)):
        return Trigger.WORD
    return Trigger.TONE if rules.tone and is_upset(text) else None


def contains(text: str, phrases: Sequence[str]) -> bool:
    """Whether the text contains one of the phrases, as whole words where they are Latin."""
    said = f" {normalise(text)} "
    for phrase in phrases:
        wanted = normalise(phrase)
        if wanted and (f" {wanted} " if wanted[0].isascii() and wanted[-1].isascii() else wanted) in said:
            return True
    return False


def _both(phrases: LocalizedPhrases) -> tuple[str, ...]:
    """Both languages': visitors mix them."""
    return (*phrases.zh_cn, *phrases.en)
