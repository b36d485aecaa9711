"""What a file is, told from its bytes. What is not on the list, or is two things at once, is refused."""

import struct
from dataclasses import dataclass
from typing import Final, Protocol, cast

import puremagic

from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.media import archives, streams
from frontdesk.media.names import extension
from frontdesk.media.types import MediaKind


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that we keep. The first extension is the usual one."""

    mime: str
    extensions: tuple[str, ...]
    kind: MediaKind = MediaKind.FILE


JPEG: Final = FileType("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), MediaKind.IMAGE)
PNG: Final = FileType("image/png", (".png",), MediaKind.IMAGE)
GIF: Final = FileType("image/gif", (".gif",), MediaKind.IMAGE)
WEBP: Final = FileType("image/webp", (".webp",), MediaKind.IMAGE)
PDF: Final = FileType("application/pdf", (".pdf",))
TEXT: Final = FileType("text/plain", (".txt",))
CSV: Final = FileType("text/csv", (".csv",))
ZIP: Final = FileType("application/zip", (".zip",))
MP3: Final = FileType("audio/mpeg", (".mp3",))
OGG: Final = FileType("audio/ogg", (".ogg", ".oga", ".opus"))
WAV: Final = FileType("audio/wav", (".wav",))
MP4: Final = FileType("video/mp4", (".mp4", ".m4v"))
M4A: Final = FileType("audio/mp4", (".m4a",))
WEBM: Final = FileType("video/webm", (".webm",))
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = FileType(f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX: Final = FileType(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX: Final = FileType(f"{_OFFICE}presentationml.presentation", (".pptx",))
TYPES: Final = (
    JPEG, PNG, GIF, WEBP, PDF, TEXT, CSV, ZIP, DOCX, XLSX, PPTX, MP3, OGG, WAV, MP4, M4A, WEBM,
)  # fmt: skip


class _Guess(Protocol):
    """What puremagic says of a file."""

    extension: str


_ARCHIVES: Final = {"zip": ZIP, "docx": DOCX, "xlsx": XLSX, "pptx": PPTX}
_STREAMS: Final = {"mp3": MP3, "ogg": OGG, "wav": WAV, "mp4": MP4, "m4a": M4A, "webm": WEBM}
# What puremagic may call a file that is not what it seems: programs, scripts, pages.
_DANGEROUS: Final = frozenset(
    [
        ".exe",
        ".dll",
        ".drv",
        ".sys",
        ".scr",
        ".com",
        ".msi",
        ".elf",
        ".so",
        ".o",
        ".dex",
        ".class",
        ".jar",
        ".apk",
        ".dmg",
        ".swf",
        ".lnk",
        ".chm",
        ".hta",
        ".vbs",
        ".ps1",
        ".sh",
        ".py",
        ".pl",
        ".rb",
        ".php",
        ".asp",
        ".jsp",
        ".js",
        ".mjs",
        ".bat",
        ".cmd",
        ".html",
        ".htm",
        ".xhtml",
        ".mht",
        ".svg",
        ".svgz",
        ".xml",
        ".xsl",
        ".xslt",
        ".rtf",
        ".ps",
        ".eps",
    ]
)
_WHITE: Final = b"\t\n\x0c\r "
_TEXT_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\x0c\r\x1b")) + b"\x7f"
_SNIFFED: Final = 4096


def identify(data: bytes, name: str) -> FileType:
    """The type of a file. Raises an `invalid` error `media.type` for what is not allowed, or is not what it is called."""
    if not data:
        raise invalid("media.empty", "This file is empty.", hint="Choose another file.")
    found = _by_content(data)
    if found is None:
        found = _text(data, name)
    elif found not in _ARCHIVES.values() and archives.is_appended(data):
        raise refused("It is two kinds of file at once.")
    _check_second_opinion(data, found)
    _check_extension(found, name)
    return found


def refused(reason: str) -> FrontdeskError:
    return invalid(
        "media.type",
        f"This file cannot be sent. {reason}",
        hint="Send a picture, a PDF, an Office document, a text, a sound, a video or a ZIP archive.",
        details={"reason": reason},
    )


def named(name: str, found: FileType) -> str:
    """The name with the extension of the type: added when there is none, put right between kinds of pictures."""
    suffix = extension(name)
    stem = name.removesuffix(name[len(name) - len(suffix) :]) if suffix else name
    stem = stem or ("picture" if found.kind is MediaKind.IMAGE else "file")
    return f"{stem}{suffix if suffix in found.extensions else found.extensions[0]}"


def _by_content(data: bytes) -> FileType | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _ARCHIVES[archives.identify(data)]
    stream = streams.identify(data)
    return None if stream is None else _STREAMS[stream]


def _pdf(data: bytes) -> FileType:
    if b"%%EOF" not in data[-2048:]:
        raise refused("The PDF is not complete.")
    return PDF


def _text(data: bytes, name: str) -> FileType:
    """Text is what has no control characters and is UTF-8, GB 18030 or UTF-16 with a mark, and does not start as markup."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded(data, "utf-16")
    else:
        if data.translate(None, _TEXT_CONTROLS) != data:
            raise refused("Files of this kind are not accepted.")
        text = _decoded(data, "utf-8-sig") or _decoded(data, "gb18030")
    if text is None or "\x00" in text:
        raise refused("Files of this kind are not accepted.")
    head = text[:_SNIFFED].lstrip("\ufeff" + _WHITE.decode())
    if head.startswith("#!") or (
        head[:1] == "<" and (head[1:2].isalpha() or head[1:2] in {"!", "?", "/", "%"})
    ):
        raise refused("Pages and scripts are not accepted.")
    return CSV if extension(name) == ".csv" else TEXT


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _check_second_opinion(data: bytes, found: FileType) -> None:
    """A second, larger table of signatures may veto: what it takes for a program or a page is not kept."""
    try:
        guesses = cast("list[_Guess]", puremagic.magic_string(data[:_SNIFFED]))  # pyright: ignore[reportUnknownMemberType]  its parameter has no type
    except (puremagic.PureError, ValueError, IndexError, struct.error):
        return  # it does not know the file; the checks above do
    names = [guess.extension.lower() for guess in guesses]
    if any(name in found.extensions for name in names):
        return
    if any(name in _DANGEROUS for name in names):
        raise refused("Programs, pages and scripts are not accepted.")


def _check_extension(found: FileType, name: str) -> None:
    suffix = extension(name)
    if not suffix or suffix in found.extensions:
        return
    pictures = {suffix for known in TYPES if known.kind is MediaKind.IMAGE for suffix in known.extensions}
    if found.kind is MediaKind.IMAGE and suffix in pictures:
        return  # a wrong name among pictures is an everyday mistake of programs: the name is put right
    raise refused(f"It is called {suffix}, but its content is {found.mime}.")
