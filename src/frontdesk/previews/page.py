"""The words of a page about itself: its title and what it says for previews. Pure; nothing of it is run or loaded."""

import re
from html.parser import HTMLParser
from typing import Final

from typing_extensions import override

from frontdesk.previews.types import MAX_DESCRIPTION, MAX_SITE, MAX_TITLE

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN: Final = 2_048
_WANTED: Final = frozenset({"og:title", "og:site_name", "og:description", "description"})
_TITLES_KEPT: Final = 2_000
# Names of encodings that pages have, and what they mean to browsers. Others are no encodings of pages.
_ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "windows-1251": "cp1251",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
}


class Words:
    """Of a page: site, title and description, each a line that is cut where it gets long."""

    def __init__(self, found: dict[str, str], title: str) -> None:
        self.site = _line(found.get("og:site_name", ""), MAX_SITE)
        self.title = _line(found.get("og:title", "") or title, MAX_TITLE)
        self.description = _line(
            found.get("og:description", "") or found.get("description", ""), MAX_DESCRIPTION
        )


def words_of(body: bytes, charset: str) -> Words:
    """Read the beginning of a page. It never fails: what cannot be read is left out."""
    reader = _Head()
    reader.feed(_text(body, charset))
    # The parser is never closed: what is open at the end of what was fetched is not guessed at, which takes its time.
    return Words(reader.found, reader.title)


def _text(body: bytes, charset: str) -> str:
    declared = _CHARSET.search(body[:_DECLARED_WITHIN])
    for name in (charset, "" if declared is None else declared[1].decode()):
        encoding = _ENCODINGS.get(name.strip("\"' ").lower())
        if encoding is not None:
            return body.decode(encoding, "replace")
    return body.decode("utf-8", "replace")


class _Head(HTMLParser):
    """Takes notes of the title and of the few `meta` that are wanted, the first of each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.title = ""
        self._in_title = self._past_title = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = not self._past_title
        elif tag == "meta":
            given = {name: value or "" for name, value in attrs}
            name = (given.get("property") or given.get("name") or "").strip().lower()
            if name in _WANTED:
                self.found.setdefault(name, given.get("content", ""))
        else:
            self._in_title = False

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title, self._past_title = False, True

    @override
    def handle_data(self, data: str) -> None:
        if self._in_title and len(self.title) < _TITLES_KEPT:
            self.title += data[:_TITLES_KEPT]


def _line(text: str, limit: int) -> str:
    """One line without what cannot be seen: pages may try to turn the writing around."""
    line = " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text[: 8 * limit]).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
