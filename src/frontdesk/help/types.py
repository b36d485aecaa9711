"""What a visitor reads of the knowledge, as it goes over the wire."""

from typing import Final

from msgspec import Struct

MAX_SOUGHT: Final = 200
MAX_FOUND: Final = 8
MAX_EXCERPT: Final = 160


class ArticleHint(Struct, frozen=True):
    """A question, and how its answer begins."""

    id: str
    question: str
    excerpt: str


class Article(Struct, frozen=True):
    id: str
    question: str
    answer: str
    related: tuple[ArticleHint, ...]


class Articles(Struct, frozen=True):
    """`shown`: the channel has help to show at all. Without words these are some to begin with."""

    shown: bool
    items: tuple[ArticleHint, ...]
