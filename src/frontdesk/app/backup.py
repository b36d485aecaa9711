"""Backups of an installation: one file with the database and the files that people sent.

The database is read first and in one snapshot, the files after it. A file is stored before its row is, and never changed,
so every file that the snapshot names is there. What was acknowledged before the backup began is in it.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import apsw

from frontdesk import __version__
from frontdesk.app import archive
from frontdesk.core.clock import Clock
from frontdesk.core.errors import ErrorKind, FrontdeskError, conflict
from frontdesk.platform import Blobs, Config
from frontdesk.platform.blobs.local import LocalBlobs

_DATABASE: Final = "frontdesk.db"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a backup holds, for the person who made it."""

    bytes: int
    conversations: int
    entries: int
    files: int
    missing: list[str]


async def back_up(config: Config, clock: Clock, file: Path, tell: Tell) -> Report:
    """Write a backup to `file`, while Frontdesk runs or not. `tell` hears what is being done.

    Raises `backup.nothing` when there is no database yet, `backup.owner` when another user's files would be touched,
    and `backup.file-exists`. When it raises, no file is left.
    """
    refuse_cluster(config)
    started = clock.now()
    folder = config.storage.path
    _check_owner(folder / _DATABASE)
    writer = await asyncio.to_thread(archive.Writer, file)
    copy = file.with_name(f"{file.name}.database")
    try:
        tell("the database")
        facts = await asyncio.to_thread(_copy_database, folder / _DATABASE, copy)
        await asyncio.to_thread(writer.add_file, archive.SQLITE, copy)
        tell(f"{facts.files:,} files")
        blobs = LocalBlobs(folder / "files")
        missing = [key for key in facts.keys if not await _add_blob(writer, blobs, key)]
        size = await asyncio.to_thread(writer.finish, __version__, started, missing)
        return Report(size, facts.conversations, facts.entries, facts.files, missing)
    finally:
        writer.discard()
        copy.unlink(missing_ok=True)


def refuse_cluster(config: Config) -> None:
    """PostgreSQL and the store of files have ways of their own, which a copy made from outside would only imitate."""
    if config.database.url:
        raise conflict(
            "backup.cluster",
            "This installation is on PostgreSQL, which is backed up and restored by its own tools.",
            hint="See docs/operations.md: point-in-time recovery, and versions of the bucket.",
        )
    if config.blobs.url:
        raise conflict(
            "backup.cluster",
            "The files of this installation are in a bucket, which has versions and copies of its own.",
            hint="See docs/operations.md.",
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    conversations: int
    entries: int
    keys: list[str]

    @property
    def files(self) -> int:
        return len(self.keys)


def _check_owner(database: Path) -> None:
    """Reading makes small files beside the database; another user's would keep Frontdesk out of its own."""
    try:
        owner = database.stat().st_uid
    except FileNotFoundError as error:
        raise conflict(
            "backup.nothing",
            f"There is no database in {database.parent} yet.",
            hint="Check storage.path, or start Frontdesk once.",
        ) from error
    if owner != os.geteuid():
        raise conflict(
            "backup.owner",
            f"{database} belongs to the user with the number {owner}.",
            hint="Make the backup as that user.",
        )


def _copy_database(source: Path, target: Path) -> _Facts:
    """One snapshot, page by page; whoever writes meanwhile is not held up. Then look whether the copy is sound."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        reader = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)
        copy = apsw.Connection(str(target))
        try:
            reader.set_busy_timeout(10_000)
            with copy.backup("main", reader, "main") as pages:
                pages.step(-1)
            copy.execute("pragma journal_mode = delete").fetchall()
            health = str(copy.execute("pragma quick_check").get)
            if health != "ok":
                raise _unsound(source, health)
            return _look_at(copy)
        finally:
            copy.close()
            reader.close()
    except apsw.Error as error:
        raise _unsound(source, str(error)) from error


def _look_at(copy: apsw.Connection) -> _Facts:
    conversations = int(str(copy.execute("select count(*) from conversation").get))
    entries = int(str(copy.execute("select count(*) from entry").get))
    return _Facts(conversations, entries, list(_keys(copy)))


def _keys(copy: apsw.Connection) -> Iterator[str]:
    for organization_id, media_id, thumbnail in copy.execute(
        "select organization_id, id, thumbnail_size from media order by id"
    ):
        yield f"{organization_id}/{media_id}/original"
        if thumbnail:
            yield f"{organization_id}/{media_id}/thumbnail"


async def _add_blob(writer: archive.Writer, blobs: Blobs, key: str) -> bool:
    """Whether the file was there. A file is small enough to be held in memory: uploads have a limit."""
    try:
        data = await _whole(blobs.get(key))
    except FrontdeskError as error:
        if error.kind is ErrorKind.NOT_FOUND:
            return False
        raise
    writer.add(f"files/{key}", data)
    return True


async def _whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


def _unsound(database: Path, reason: str) -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "backup.database",
        f"The database {database} cannot be copied: {reason}.",
        hint="No backup was made. `frontdesk doctor` looks further.",
    )
