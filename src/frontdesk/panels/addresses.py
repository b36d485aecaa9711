"""Addresses of panels: pages that a browser opens by https, or on the machine that it runs on."""

from typing import Final
from urllib.parse import SplitResult, urlsplit

from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.text import clean_line

MAX_URL: Final = 500
_PORTS: Final = {"http": 80, "https": 443}
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_REFUSED: Final = frozenset("\"'<>\\^`{|} ")


def clean_address(text: str, *, own: str) -> str:
    """The address as it is kept. Raises `invalid` for what is none, and for a page of ours.

    `own` is Frontdesk's origin: a frame of it could do whatever the agent may.
    """
    if not (text.isascii() and text.isprintable()) or not _REFUSED.isdisjoint(text.strip()):
        raise _unfit()
    url = clean_line(text, field="url", limit=MAX_URL, required=True)
    try:
        parts = urlsplit(url)
        origin = _origin(parts)
    except ValueError as error:
        raise _unfit() from error
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)
    if not safe or not _is_host(host) or parts.username is not None or parts.password is not None:
        raise _unfit()
    if own and origin == origin_of(own):
        raise invalid(
            "panels.own-address",
            "This is Frontdesk itself.",
            hint="A panel shows a page of another program, at an address of its own.",
            details={"field": "url"},
        )
    return url


def origin_of(url: str) -> str:
    """As browsers write it; of an address that was checked."""
    return _origin(urlsplit(url))


def _origin(parts: SplitResult) -> str:
    host, port = parts.hostname or "", parts.port
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in {None, _PORTS.get(parts.scheme)} else f":{port}")


def _is_host(host: str) -> bool:
    return bool(host) and all(sign.isalnum() or sign in ".-:" for sign in host)


def _unfit() -> FrontdeskError:
    return invalid(
        "panels.address",
        "A browser could not open this as a panel.",
        hint="Write it like https://erp.example.com/customer, as a browser's address bar has it.",
        details={"field": "url"},
    )
