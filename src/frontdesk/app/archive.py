"""The file of a backup: a tar whose last member says what the others must be.

A file that was cut off has no such member, and one that was changed does not agree with it, so that a restore knows
before it touches anything. Any tar program can look inside.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import msgspec
from msgspec import Struct
from typing_extensions import override

from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, conflict, invalid

FORMAT: Final = 1
SQLITE: Final = "database.sqlite"
_MANIFEST: Final = "manifest.json"
_LARGEST_MANIFEST: Final = 512 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
# What we write, and so what we take: nothing else can come out of an archive, whatever its names say.
_NAME: Final = re.compile(r"database\.sqlite|files/\d+/\d+/(?:original|thumbnail)")


class Member(Struct, frozen=True):
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What a backup holds. `made_at` is before the first byte was read; `missing` are files that were gone already."""

    format: int
    version: str
    made_at: Millis
    members: dict[str, Member]
    missing: list[str]


class Writer:
    """Writes an archive beside its name and gives it the name when everything is on the disk.

    Raises `backup.file-exists` when there is a file of that name: a backup is never written over.
    """

    def __init__(self, file: Path) -> None:
        if file.exists():
            raise conflict(
                "backup.file-exists",
                f"{file} exists already.",
                hint="Choose another name, or remove it first.",
            )
        self._file = file
        self._partial = file.with_name(f"{file.name}.partial")
        self._members: dict[str, Member] = {}
        descriptor = os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        self._out = os.fdopen(descriptor, "wb")
        self._tar = tarfile.TarFile(fileobj=self._out, mode="w", format=tarfile.PAX_FORMAT)

    def add(self, name: str, data: bytes) -> None:
        self._add(name, len(data), io.BytesIO(data))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self._add(name, path.stat().st_size, file)

    def finish(self, version: str, made_at: Millis, missing: list[str]) -> int:
        """Write the manifest, flush, and give the file its name; returns its size."""
        manifest = Manifest(FORMAT, version, made_at, self._members, missing)
        data = msgspec.json.encode(manifest)
        self._tar.addfile(_header(_MANIFEST, len(data)), io.BytesIO(data))
        self._tar.close()
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()
        self._partial.rename(self._file)
        _flush_folder(self._file.parent)
        return self._file.stat().st_size

    def discard(self) -> None:
        """Leave nothing behind. After `finish` it changes nothing."""
        self._out.close()
        self._partial.unlink(missing_ok=True)

    def _add(self, name: str, size: int, file: IO[bytes]) -> None:
        hashed = _Hashed(file)
        self._tar.addfile(_header(name, size), hashed)
        self._members[name] = Member(size, hashed.digest())


class _Hashed(io.RawIOBase):
    """A file that remembers the hash of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    @override
    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        return data

    def digest(self) -> str:
        return self._hash.hexdigest()


def unpack(file: Path, folder: Path) -> Manifest:
    """Put what the archive holds into `folder` and compare all of it with the manifest.

    Raises an `invalid` error that says what is wrong with the file; what is in `folder` then is of no use.
    """
    try:
        with tarfile.open(file, mode="r:") as archive:
            found, manifest = _take_out(archive, folder)
    except FileNotFoundError as error:
        raise invalid("backup.file", f"There is no file {file}.") from error
    except (tarfile.TarError, EOFError) as error:
        raise _broken(file, "is no backup of Frontdesk, or is damaged") from error
    if manifest is None:
        raise _broken(file, "is not complete: it was cut off")
    if found != manifest.members:
        wrong = sorted(
            name
            for name in found.keys() | manifest.members.keys()
            if found.get(name) != manifest.members.get(name)
        )
        raise _broken(file, f"is damaged: {wrong[0]} is not what was put in")
    return manifest


def _take_out(archive: tarfile.TarFile, folder: Path) -> tuple[dict[str, Member], Manifest | None]:
    found: dict[str, Member] = {}
    for entry in archive:
        source = archive.extractfile(entry) if entry.isreg() else None
        if source is None:
            raise _strange(entry.name)
        if entry.name == _MANIFEST:
            return found, _manifest(source.read(_LARGEST_MANIFEST))
        if _NAME.fullmatch(entry.name) is None or entry.name in found:
            raise _strange(entry.name)
        found[entry.name] = _copy(source, folder / entry.name)
    return found, None


def _copy(source: IO[bytes], target: Path) -> Member:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for chunk in _chunks(source):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return Member(size, digest.hexdigest())


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _manifest(data: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        raise invalid("backup.broken", "The backup's list of contents is damaged.") from error
    if manifest.format > FORMAT:
        raise conflict(
            "backup.newer",
            f"This backup was made by a newer version of Frontdesk ({manifest.version}).",
            hint="Restore it with that version.",
        )
    return manifest


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size = size
    header.mode = 0o600
    return header


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _broken(file: Path, what: str) -> FrontdeskError:
    return invalid("backup.broken", f"{file} {what}.", hint="Nothing was changed. Use another backup.")


def _strange(name: str) -> FrontdeskError:
    return invalid(
        "backup.broken",
        f"The backup holds something that no backup holds: {name[:80]!r}.",
        hint="Nothing was changed. Use another backup.",
    )
