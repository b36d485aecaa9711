"""What is told of the page that a link leads to."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

MAX_LINK: Final = 2_000
MAX_SITE: Final = 80
MAX_TITLE: Final = 200
MAX_DESCRIPTION: Final = 300


class Problem(StrEnum):
    """Why there is nothing to tell: we do not go there; nobody answered; not with a page that is there; no page of HTML;
    a page without a word about itself.
    """

    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NOT_A_PAGE = "not_a_page"
    SILENT = "silent"


class LinkPreview(Struct, frozen=True):
    """`host` is where the page came from, after redirects, as ASCII; all else is what the page says of itself, so nothing
    to rely on. With a `problem` there are no words.
    """

    host: str
    site: str = ""
    title: str = ""
    description: str = ""
    problem: Problem | None = None
