"""Where a request, an answer or a WebSocket frame ends in a stream of bytes."""

import asyncio
import re
from typing import Final

import msgspec

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_KEEP: Final = re.compile(rb"connection: *keep-alive", re.IGNORECASE)
_TEXT: Final = 1


class Head(msgspec.Struct, frozen=True):
    """The head of a request or an answer, as it came."""

    raw: bytes

    @property
    def length(self) -> int:
        found = _LENGTH.search(self.raw)
        return int(found[1]) if found else 0

    @property
    def closing(self) -> bytes:
        """The same, asking that the connection end with the answer."""
        return _KEEP.sub(b"connection: close", self.raw, count=1)

    def says(self, text: bytes) -> bool:
        return text in self.raw.lower()


async def read_head(reader: asyncio.StreamReader) -> Head:
    return Head(await reader.readuntil(b"\r\n\r\n"))


class Frame(msgspec.Struct, frozen=True):
    """A WebSocket frame as it came, and what its payload calls itself: the `t` of a frame of ours, else empty."""

    raw: bytes
    kind: str


class _Tagged(msgspec.Struct):
    t: str = ""


async def read_frame(reader: asyncio.StreamReader) -> Frame:
    head = await reader.readexactly(2)
    raw, length = head, head[1] & 0x7F
    if length >= 126:
        more = await reader.readexactly(2 if length == 126 else 8)
        raw, length = raw + more, int.from_bytes(more)
    mask = await reader.readexactly(4) if head[1] & 0x80 else b""
    payload = await reader.readexactly(length)
    return Frame(raw + mask + payload, _kind(head[0] & 0x0F, _unmasked(payload, mask)))


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    if not mask:
        return payload
    key = (mask * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(len(payload))


def _kind(opcode: int, payload: bytes) -> str:
    if opcode != _TEXT:
        return ""
    try:
        return msgspec.json.decode(payload, type=_Tagged).t
    except msgspec.DecodeError:
        return ""
