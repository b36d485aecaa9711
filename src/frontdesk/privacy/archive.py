"""A ZIP archive that is made while it is sent: no member, and not the archive, is ever whole in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import RawIOBase
from typing import IO, Final, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from typing_extensions import Buffer, override

from frontdesk.core.clock import Millis

_SENT: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive. `packed`: worth compressing, unlike pictures and sounds."""

    name: str
    chunks: AsyncIterator[bytes]
    packed: bool = True


class _Sink(RawIOBase):
    """Where the archive is written to, and taken from again. It cannot seek, so sizes stand behind each member."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self.size = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        part = bytes(data)
        self._parts.append(part)
        self.size += len(part)
        return len(part)

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        self.size = 0
        return taken


async def archive(members: AsyncIterator[Member], *, at: Millis) -> AsyncIterator[bytes]:
    """The bytes of an archive of these members, each read when its turn comes."""
    moment = datetime.fromtimestamp(at / 1000, UTC).timetuple()[:6]
    sink = _Sink()
    with ZipFile(cast("IO[bytes]", cast("object", sink)), "w") as packing:
        async for member in members:
            entry = ZipInfo(member.name, moment)
            entry.compress_type = ZIP_DEFLATED if member.packed else ZIP_STORED
            with packing.open(entry, "w", force_zip64=True) as out:
                async for chunk in member.chunks:
                    out.write(chunk)
                    if sink.size >= _SENT:
                        yield sink.take()
    yield sink.take()
