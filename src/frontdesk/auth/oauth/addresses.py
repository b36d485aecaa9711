"""Redirect addresses of applications: which may be registered, and which one is meant."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from frontdesk.core.errors import FrontdeskError, invalid

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_LONGEST: Final = 500


def check_address(address: str) -> str:
    """The address, if an application may be sent to it: https, a loopback literal, or a program's own scheme with a dot."""
    parts = _split(address)
    own_scheme = parts is not None and "." in parts.scheme
    if parts is None or "#" in address or parts.username is not None or len(address) > _LONGEST:
        raise _wrong()
    if not own_scheme and (not parts.hostname or parts.scheme not in {"https", "http"}):
        raise _wrong()
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise _wrong()
    return address


def is_registered(registered: Iterable[str], address: str) -> bool:
    """Whether this very address is registered. A loopback address may name another port (RFC 8252, 7.3)."""
    known = tuple(registered)
    if address in known:
        return True
    parts = _split(address)
    if parts is None or parts.scheme != "http" or parts.hostname not in _LOOPBACK or "#" in address:
        return False
    return any(_portless(one) == _portless(address) for one in known if one.startswith("http://"))


def with_query(address: str, **fields: str) -> str:
    """The address with fields added to its query; empty ones are left out."""
    parts = urlsplit(address)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *((k, v) for k, v in fields.items() if v)]
    return parts._replace(query=urlencode(query)).geturl()


def _portless(address: str) -> tuple[str | None, str, str] | None:
    parts = _split(address)
    if parts is None or parts.username is not None:
        return None
    return parts.hostname, parts.path, parts.query


def _split(address: str) -> SplitResult | None:
    if not address.isascii() or not address.isprintable() or "\\" in address or " " in address:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _wrong() -> FrontdeskError:
    return invalid(
        "auth.redirect-uri",
        "Nobody can be sent to this address.",
        hint="https://…, http://127.0.0.1/… for a desktop program, or a scheme of its own like com.example.app:/…",
        details={"field": "redirect_uris"},
    )
