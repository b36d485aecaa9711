"""Sounds and videos, told from more of their structure than the first bytes."""

import struct
from typing import Final

_MP4_BRANDS: Final = frozenset(
    (
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"M4VH",
        b"MSNV",
        b"dash",
    )
)
_M4A_BRANDS: Final = frozenset((b"M4A ", b"M4B "))
_OGG_CODECS: Final = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ", b"\x80theora")
# Bit rates in kbit/s of MPEG-1 layer III, and of MPEG-2 and 2.5; then sampling rates by version.
_RATES_1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def identify(data: bytes) -> str | None:
    """`mp3`, `ogg`, `wav`, `mp4`, `m4a` or `webm`; None for everything else."""
    if data[4:8] == b"ftyp":
        return _mp4(data)
    if data.startswith(b"RIFF") and data[8:16] == b"WAVEfmt ":
        return "wav" if struct.unpack_from("<I", data, 4)[0] + 8 in {len(data), len(data) - 1} else None
    if data.startswith(b"OggS\x00\x02"):
        return "ogg" if any(codec in data[:128] for codec in _OGG_CODECS) else None
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"\x42\x82\x84webm" in data[:64] else None
    return "mp3" if _is_mp3(data) else None


def _mp4(data: bytes) -> str | None:
    """Boxes follow one another without gaps to the end of the file, and one of them describes the film."""
    at, described = 0, False
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            size = struct.unpack_from(">Q", data, at + 8)[0]
        elif size == 0:
            size = len(data) - at
        if size < 8 or not kind.isascii():
            return None
        described = described or kind in {b"moov", b"moof"}
        at += size
    if at != len(data) or not described:
        return None
    brand = data[8:12]
    if brand in _M4A_BRANDS:
        return "m4a"
    return "mp4" if brand in _MP4_BRANDS else None


def _is_mp3(data: bytes) -> bool:
    """Whether two frames follow one another, behind a tag if there is one."""
    at = 0
    if data.startswith(b"ID3") and len(data) > 10 and not any(byte & 0x80 for byte in data[6:10]):
        a, b, c, d = data[6:10]
        at = 10 + (a << 21 | b << 14 | c << 7 | d)
        while at < len(data) and data[at] == 0:
            at += 1  # padding
    first = _frame_length(data, at)
    return first > 0 and (at + first >= len(data) - 128 or _frame_length(data, at + first) > 0)


def _frame_length(data: bytes, at: int) -> int:
    """Bytes of the layer III frame at this place; 0 when there is none."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return 0
    version, rate, sample = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version not in _SAMPLES or not 0 < rate < 15 or sample == 3:
        return 0
    bits = (_RATES_1 if version == 3 else _RATES_2)[rate] * 1000
    return (144 if version == 3 else 72) * bits // _SAMPLES[version][sample] + (data[at + 2] >> 1 & 1)
