"""What there is to know of a translation service."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from frontdesk.conversations import MAX_TEXT

MAX_TRANSLATED: Final = 4 * MAX_TEXT

Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length=35)]
"""A language as BCP 47 has it: zh-CN, en, pt-BR."""


class Service(Struct, frozen=True):
    url: str
    secret: str


class Asked(Struct, frozen=True):
    """What a service is sent: texts, and the language to put them into."""

    texts: tuple[str, ...]
    to: str


class Answered(Struct, frozen=True):
    """What it answers: as many texts, in the same order."""

    texts: tuple[str, ...]
