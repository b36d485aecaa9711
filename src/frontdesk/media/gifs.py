"""GIF pictures are kept as they are drawn, frame by frame; what is not drawn is left out."""

from dataclasses import dataclass
from typing import Final

MAX_FRAMES: Final = 2_000
_LOOPING: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class BrokenGif(Exception):  # noqa: N818  a value of this module, translated at once by its caller
    """The blocks do not follow the format."""


@dataclass(frozen=True, slots=True)
class CleanGif:
    data: bytes
    width: int
    height: int
    frames: int


def clean(data: bytes) -> CleanGif:
    """The picture without comments, foreign extensions and whatever follows its end. Raises BrokenGif."""
    try:
        return _clean(data)
    except IndexError as error:
        raise BrokenGif from error


def _clean(data: bytes) -> CleanGif:
    width, height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    at = 13 + _table(data[10])
    parts, frames = [data[:at]], 0
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            frames += 1
            if frames > MAX_FRAMES:
                raise BrokenGif
            _check_frame(data, at, width, height)
            at = _blocks_end(data, at + 11 + _table(data[at + 9]))
            parts.append(data[start:at])
        elif data[at] == 0x21:
            label, at = data[at + 1], _blocks_end(data, at + 2)
            if label == 0xF9 or (label == 0xFF and data[start + 3 : start + 14] in _LOOPING):
                parts.append(data[start:at])
        else:
            raise BrokenGif
    if not frames:
        raise BrokenGif
    return CleanGif(b"".join([*parts, b";"]), width, height, frames)


def _check_frame(data: bytes, at: int, width: int, height: int) -> None:
    """A frame larger than the picture would get around the limit of its size."""
    left, top, wide, high = (int.from_bytes(data[at + i : at + i + 2], "little") for i in (1, 3, 5, 7))
    if left + wide > width or top + high > height:
        raise BrokenGif


def _table(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
