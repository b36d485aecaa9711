"""Signed addresses: whoever has one may read that file until it ends. No token is needed, and none is in it."""

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from frontdesk.core.clock import Millis
from frontdesk.core.ids import parse_id
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

_DAY: Final[Millis] = 86_400_000
_KEY_FILE: Final = "media.key"
_KEY_SIZE: Final = 32
_ORIGINAL: Final = "original"
_THUMBNAIL: Final = "thumbnail"


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
    digest = hmac.digest(
        _key(platform.config.storage.path), text.encode("utf-8", "surrogatepass"), hashlib.sha256
    )
    return base64.urlsafe_b64encode(digest[:24]).decode()


async def share_key(platform: Platform) -> None:
    """Let every process of the installation sign with one key: the database's, or this folder's if it has none yet.

    Call it before anything is signed. The folder keeps a copy, so that an address costs no query.
    """
    folder = platform.config.storage.path
    mine = base64.urlsafe_b64encode(_key(folder)).decode()

    async def work(tx: Transaction) -> str:
        await tx.execute(
            "insert into media_key (name, key) values ('address', $1) on conflict do nothing", mine
        )
        row = await tx.fetch_one("select key from media_key where name = 'address'")
        return mine if row is None else row[0]

    shared = await platform.database.write(EVERY_ORGANIZATION, work)
    if shared != mine:
        _write(folder, base64.urlsafe_b64decode(shared)).replace(folder / _KEY_FILE)
        _key.cache_clear()


@lru_cache(maxsize=64)
def _key(folder: Path) -> bytes:
    """The installation's key: made when it is first needed, readable by this user alone."""
    path = folder / _KEY_FILE
    if not path.exists():
        fresh = _write(folder, secrets.token_bytes(_KEY_SIZE))
        try:
            path.hardlink_to(fresh)  # fails, unlike a rename, when another process was faster
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    key = path.read_bytes()
    if len(key) != _KEY_SIZE:
        message = f"{path} does not hold a key of {_KEY_SIZE} bytes"
        raise ValueError(message)
    return key


def _write(folder: Path, key: bytes) -> Path:
    """A new file beside the key's, with this key, flushed."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_KEY_FILE}.{secrets.token_hex(8)}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return fresh
