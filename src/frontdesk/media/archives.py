"""ZIP archives and the office documents inside them, judged by their directory; nothing is unpacked."""

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from frontdesk.core.errors import invalid

MAX_ENTRIES: Final = 10_000
MAX_UNPACKED: Final = 1 << 30
MAX_RATIO: Final = 200
_RATIO_FROM: Final = 16 << 20  # small archives of very regular files are no bombs
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_DOCUMENTS: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_PROGRAMS: Final = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"})


def identify(data: bytes) -> str:
    """`zip`, `docx`, `xlsx` or `pptx`. Raises an `invalid` error for programs, bombs, macros and what is not whole."""
    entries = _entries(data)
    names = {entry.filename for entry in entries}
    if names & _PROGRAMS:
        raise _refused("media.type", "Programs are not accepted.")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise _refused("media.archive", "The archive holds too much.")
    if unpacked > _RATIO_FROM and unpacked > MAX_RATIO * len(data):
        raise _refused("media.archive", "The archive holds too much.")
    if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in names):
        raise _refused("media.archive", "The archive names files outside itself.")
    if "[Content_Types].xml" not in names:
        return "zip"
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise _refused("media.type", "Documents with macros are not accepted.")
    return next((kind for part, kind in _DOCUMENTS.items() if part in names), "zip")


def is_appended(data: bytes) -> bool:
    """Whether an archive that programs would open stands behind, or inside, a file of another kind."""
    at = data.rfind(_END, max(0, len(data) - (1 << 16) - _END_SIZE))
    while at >= 0:
        if len(data) - at >= _END_SIZE:
            size, offset = struct.unpack_from("<II", data, at + 12)
            start = at - size
            if size == 0 or (start >= 0 and data[start : start + 4] == b"PK\x01\x02" and offset <= start):
                return True
        at = data.rfind(_END, max(0, len(data) - (1 << 16) - _END_SIZE), at)
    return False


def _entries(data: bytes) -> Sequence[zipfile.ZipInfo]:
    end = data.rfind(_END)
    whole = end >= 0 and len(data) - end >= _END_SIZE
    if not whole or end + _END_SIZE + struct.unpack_from("<H", data, end + 20)[0] != len(data):
        raise _refused("media.broken", "The archive is not complete.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise _refused("media.broken", "The archive is not complete.") from error
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise _refused("media.type", "It is two kinds of file at once.")
    return entries


def _refused(code: str, reason: str) -> Exception:
    return invalid(
        code, f"This file cannot be sent. {reason}", hint="Choose another file.", details={"reason": reason}
    )
