"""Signed addresses: whoever has one may read that file until it ends. No token is needed, and none is in it."""

import base64
import hashlib
import hmac
import secrets
from typing import Final
from urllib.parse import quote
from weakref import WeakKeyDictionary

from frontdesk.core.clock import Millis
from frontdesk.core.ids import parse_id
from frontdesk.media import store
from frontdesk.platform import EVERY_ORGANIZATION, Database, Platform

_DAY: Final[Millis] = 86_400_000
_KEY_SIZE: Final = 32
_ORIGINAL: Final = "original"
_THUMBNAIL: Final = "thumbnail"
_keys: Final[WeakKeyDictionary[Database, bytes]] = WeakKeyDictionary()


def sign_url(platform: Platform, organization_id: int, media_id: int, name: str) -> str:
    """A relative address of the file, in force for one to two days and the same all day, so that browsers keep it."""
    return _address(platform, organization_id, media_id, name, _ORIGINAL)


def sign_thumbnail_url(platform: Platform, organization_id: int, media_id: int, name: str) -> str:
    """As `sign_url`, for a picture of at most 480 pixels a side."""
    return _address(platform, organization_id, media_id, name, _THUMBNAIL)


def verify(
    platform: Platform,
    *,
    organization: str,
    media_id: int,
    name: str,
    variant: str,
    ends: str,
    signature: str,
) -> int | None:
    """The organization whose file the address gives; None when it was not made by us, was changed, or has ended."""
    organization_id, day = parse_id(organization), parse_id(ends)
    if organization_id is None or day is None or variant not in {_ORIGINAL, _THUMBNAIL}:
        return None
    wanted = _signature(platform, organization_id, media_id, name=name, variant=variant, day=day)
    if not hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "surrogatepass")):
        return None
    return organization_id if platform.clock.now() < day * _DAY else None


def _address(platform: Platform, organization_id: int, media_id: int, name: str, variant: str) -> str:
    day = -(-(platform.clock.now() + _DAY) // _DAY)
    signature = _signature(platform, organization_id, media_id, name=name, variant=variant, day=day)
    kind = "" if variant == _ORIGINAL else f"&v={variant}"
    return f"/v1/media/{media_id}/{quote(name, safe='')}?o={organization_id}&e={day}{kind}&s={signature}"


def _signature(
    platform: Platform, organization_id: int, media_id: int, *, name: str, variant: str, day: int
) -> str:
    # The name comes last: it is the only part that may hold the separator.
    text = f"frontdesk.media.1\n{organization_id}\n{media_id}\n{variant}\n{day}\n{name}"
    digest = hmac.digest(_keys[platform.database], text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


async def load_address_key(platform: Platform) -> None:
    """Read the installation's key, or make it: before the first address is signed. Processes that start together agree."""
    fresh, now = secrets.token_hex(_KEY_SIZE), platform.clock.now()
    key = await platform.database.write(EVERY_ORGANIZATION, lambda tx: store.address_key(tx, fresh, now=now))
    _keys[platform.database] = bytes.fromhex(key)
