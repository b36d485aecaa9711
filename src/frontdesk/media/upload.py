"""Taking a file in: checked, cleaned, stored, then known."""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from frontdesk.auth import Permission, require_in_person
from frontdesk.core.clock import Millis
from frontdesk.core.errors import ErrorKind, FrontdeskError, busy
from frontdesk.core.ids import first_id_at
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.media import content, pictures, store
from frontdesk.media.names import display_name
from frontdesk.media.types import Media, MediaKind, MediaRef
from frontdesk.platform import Platform, Reader, Transaction

VISITOR_FILES: Final = 60
_HOUR: Final[Millis] = 3_600_000
_THREADS: Final = 2  # bounds the memory that pictures being decoded can take
_WAITING_LIMIT: Final = 32


@dataclass(frozen=True, slots=True)
class _Checked:
    kind: MediaKind
    name: str
    mime: str
    data: bytes
    sha256: str
    width: int = 0
    height: int = 0
    thumbnail: bytes = b""


class _Pool:
    """The threads that check files, with a limit on how many wait for them."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="media")
        self._waiting = 0

    async def check(self, name: str, data: bytes) -> _Checked:
        if self._waiting >= _WAITING_LIMIT:
            raise busy("media.busy", "Too many files are being sent right now.", retry_after=5)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, _check, name, data)
        finally:
            self._waiting -= 1


_POOL: Final = _Pool()


async def upload(platform: Platform, subject: Subject, name: str, data: bytes) -> MediaRef:
    """Keep a file for its sender to attach. When this returns, it is stored; when it raises, nobody can reach it.

    Raises `media.too-large`, `media.type`, `media.empty`, `media.broken`, `media.archive`, `media.pixels`, `media.busy`.
    """
    if not subject.may(Permission.CONVERSATION_WRITE_OWN):
        require_in_person(subject)
    check_size(platform, len(data))
    await _check_quota(platform, subject)
    checked = await _POOL.check(name, data)
    media = Media(
        id=platform.ids.new(),
        organization_id=subject.organization_id,
        uploader_kind=subject.kind,
        uploader_id=subject.id,
        kind=checked.kind,
        name=checked.name,
        size=len(checked.data),
        mime=checked.mime,
        width=checked.width,
        height=checked.height,
        sha256=checked.sha256,
        thumbnail_size=len(checked.thumbnail),
        created_at=platform.clock.now(),
    )
    await platform.blobs.put(media.key, checked.data)
    if checked.thumbnail:
        await platform.blobs.put(media.thumbnail_key, checked.thumbnail)

    async def work(tx: Transaction) -> None:
        await store.insert(tx, subject.organization_id, media)

    await platform.database.write(subject.organization_id, work)
    return media.ref


def check_size(platform: Platform, size: int) -> None:
    """Raises a `too_large` error that names the limit."""
    limit = platform.config.storage.max_upload
    if size > limit:
        raise FrontdeskError(
            ErrorKind.TOO_LARGE,
            "media.too-large",
            f"This file is too large; at most {limit // 1024 // 1024 or 1} MB are allowed.",
            hint="Send a smaller file.",
            details={"limit": limit},
        )


async def _check_quota(platform: Platform, subject: Subject) -> None:
    """Visitors come without an account, so what they may fill the disk with has a limit."""
    if subject.kind is not SubjectKind.VISITOR:
        return
    since = first_id_at(platform.clock.now() - _HOUR)

    async def read(reader: Reader) -> int:
        return await store.count_since(reader, subject.organization_id, subject.id, since)

    if await platform.database.read(subject.organization_id, read) >= VISITOR_FILES:
        raise busy("media.too-many", "You have sent many files within an hour.", retry_after=600)


def _check(name: str, data: bytes) -> _Checked:
    shown = display_name(name)
    found = content.identify(data, shown)
    shown = content.named(shown, found)
    if found.kind is MediaKind.FILE:
        return _Checked(found.kind, shown, found.mime, data, hashlib.sha256(data).hexdigest())
    picture = pictures.process(data, found)
    return _Checked(
        found.kind,
        shown,
        found.mime,
        picture.data,
        hashlib.sha256(picture.data).hexdigest(),
        picture.width,
        picture.height,
        picture.thumbnail,
    )
