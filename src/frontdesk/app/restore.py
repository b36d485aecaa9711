"""Putting a backup back: everything is looked at before anything is touched, and what was there stays beside it."""

import asyncio
import shutil
from pathlib import Path

import apsw

from frontdesk.app import archive
from frontdesk.app.backup import refuse_cluster
from frontdesk.app.engines import SERVICES
from frontdesk.core.errors import FrontdeskError, conflict, invalid
from frontdesk.platform import Config, replacement
from frontdesk.platform.database.migrations import compare, find
from frontdesk.platform.folder import hold


async def restore(config: Config, file: Path, *, replace: bool) -> archive.Manifest:
    """Put the backup into the data folder, which no process may be using.

    What was there before is moved to `before-restore` in the folder. Raises `backup.data-exists` when there is a
    database and `replace` was not asked for, and an `invalid` error when the backup is not whole and sound; then
    nothing has changed. A restore that is cut off changes nothing, or is finished by the next start.
    """
    refuse_cluster(config)
    return await asyncio.to_thread(_restore, config.storage.path, file, replace=replace)


def _restore(folder: Path, file: Path, *, replace: bool) -> archive.Manifest:
    with hold(folder):
        replacement.finish(folder)
        if (folder / "frontdesk.db").exists() and not replace:
            raise conflict(
                "backup.data-exists",
                f"There is a database in {folder} already.",
                hint="Name another folder with storage.path, or add --replace: the present data are kept beside.",
            )
        _check_room(folder, file)
        partial = replacement.begin(folder)
        try:
            manifest = archive.unpack(file, partial)
            _check_database(_database_in(partial, file))
        except BaseException:
            replacement.abandon(folder)
            raise
        replacement.put_in_place(folder)
        return manifest


def _database_in(partial: Path, file: Path) -> Path:
    """The database of the backup, under the name that it has in the data folder."""
    if not (partial / archive.SQLITE).is_file():
        raise invalid(
            "backup.engine",
            f"{file} holds no database.",
            hint="Nothing was changed. Use another backup.",
        )
    return (partial / archive.SQLITE).rename(partial / "frontdesk.db")


def _check_room(folder: Path, file: Path) -> None:
    try:
        needed = file.stat().st_size
    except FileNotFoundError as error:
        raise invalid("backup.file", f"There is no file {file}.") from error
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise conflict(
            "backup.no-room",
            f"{folder} has {free // 1024**2:,} MiB free, and the backup needs {needed // 1024**2:,}.",
            hint="Make room, or name another folder with storage.path.",
        )


def _check_database(database: Path) -> None:
    """Sound from end to end, and of a version that this one can go on from."""
    try:
        connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            health = str(connection.execute("pragma integrity_check(1)").get)
            if health != "ok":
                raise _unsound(health)
            rows = connection.execute("select service, number, checksum from migration").fetchall()
        finally:
            connection.close()
    except apsw.Error as error:
        raise _unsound(str(error)) from error
    applied = {(str(service), int(str(number))): str(checksum) for service, number, checksum in rows}
    compare(applied, find(SERVICES, engine="sqlite"))


def _unsound(reason: str) -> FrontdeskError:
    return invalid(
        "backup.database", f"The database in the backup is damaged: {reason}.", hint="Use another backup."
    )
