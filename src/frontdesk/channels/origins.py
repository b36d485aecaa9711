"""Which pages may show a channel's chat, and from which pages a visitor's session may be opened."""

from typing import Final
from urllib.parse import urlsplit

from frontdesk.channels import store
from frontdesk.channels.types import Channel
from frontdesk.core.errors import FrontdeskError, forbidden, invalid
from frontdesk.platform import EVERY_ORGANIZATION, Platform

_PORTS: Final = {"http": 80, "https": 443}


def clean_origin(text: str) -> str:
    """An origin as browsers write it. Raises `invalid` for what is none: a path, a pattern, another scheme."""
    try:
        parts = urlsplit(text.strip().lower())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _invalid() from error
    rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in _PORTS or not host or rest or not host.isascii() or not _is_host(host):
        raise _invalid()
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in {None, _PORTS[parts.scheme]} else f":{port}")


async def frame_origins(platform: Platform, code: str) -> tuple[str, ...]:
    """The pages that may show this channel's chat; empty: any, also for a channel that is not there."""
    channel = await platform.database.read(EVERY_ORGANIZATION, lambda reader: store.find_code(reader, code))
    return () if channel is None else channel.allowed_origins


def check_origin(channel: Channel, origin: str | None, *, own: str) -> None:
    """Raises `forbidden` for a browser that says it is on a page which may not open a session.

    The chat itself runs on our own origin. A client without an origin is no browser, so no page can misuse it.
    """
    if not channel.allowed_origins or origin is None or origin == own or origin in channel.allowed_origins:
        return
    raise _refused()


def _is_host(host: str) -> bool:
    return all(sign.isalnum() or sign in ".-:" for sign in host)


def _invalid() -> FrontdeskError:
    return invalid(
        "channels.origin",
        "This is not the origin of a page.",
        hint="Write it like https://www.example.com, without a path.",
        details={"field": "allowed_origins"},
    )


def _refused() -> FrontdeskError:
    return forbidden(
        "channels.origin-refused",
        "This page may not open the chat.",
        hint="The channel's settings list the pages that may.",
    )
