"""Links as they stand in messages. Pure."""

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import idna

from frontdesk.conversations import Card, Entry, EntryKind, Note, Text, Whisper, decode_body, decode_message

# Where a link ends for the console, which finds it in the text (web/apps/console/src/shared/format/links.ts): before one of
# these characters, and before punctuation and marks that stand in front of them.
_END: Final = r"""[.,;:!?)\]}*_~]*(?:$|[\s<>"'，。；！？、）】》])"""
_PATH: Final = "/%:@!$&'()*+,;=~-._[]?"
_LONGEST_HOST: Final = 253


def stands_in(link: str, entry: Entry) -> bool:
    """Whether an entry that staff reads has this web address as a link, letter by letter."""
    if entry.recalled is True or not link.lower().startswith(("http://", "https://")):
        return False
    match entry.kind:
        case EntryKind.NOTE:
            return _ends_in(link, decode_body(entry, Note).text)
        case EntryKind.WHISPER:
            return _ends_in(link, decode_body(entry, Whisper).text)
        case EntryKind.MESSAGE:
            return _in_message(link, entry)
        case _:
            return False


def _in_message(link: str, entry: Entry) -> bool:
    match decode_message(entry):
        case Text(text=text, format=form):
            return _ends_in(link, text) or (form == "markdown" and f"]({link})" in text)
        case Card(text=text, buttons=buttons):
            return _ends_in(link, text) or any(button.link == link for button in buttons)
        case _:
            return False


def _ends_in(link: str, text: str) -> bool:
    return re.search(re.escape(link) + _END, text) is not None


def plain_address(link: str, *, base: str = "") -> str | None:
    """The address that a browser asks for when it opens a link: in ASCII, without what stands behind a #.

    None for what is no address, and for one that hides its host behind a name or a backslash.
    """
    try:
        return _plain(urljoin(base, link))
    except ValueError:
        return None


def _plain(link: str) -> str | None:
    parts = urlsplit(link)
    host = parts.hostname or ""
    if "@" in parts.netloc or "\\" in link or not host or len(host) > _LONGEST_HOST:
        return None
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode()
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    query = f"?{quote(parts.query, safe=_PATH)}" if parts.query else ""
    return f"{parts.scheme}://{shown}{port}{quote(parts.path, safe=_PATH) or '/'}{query}"
