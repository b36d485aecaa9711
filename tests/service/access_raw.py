"""A WebSocket client for tests that need to break the rules."""

import asyncio
import base64
import os
import struct

from tests.service.access_clients import PATIENCE
from tests.service.access_server import Realtime

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class RawSocket:
    """A WebSocket client that does as it is told, right or wrong."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def open(cls, realtime: Realtime) -> "RawSocket":
        reader, writer = await asyncio.open_connection("127.0.0.1", realtime.port)
        return cls(reader, writer)

    async def upgrade(self, *, connection: str = "Upgrade", piece: int = 0, extra: str = "") -> bytes:
        key = base64.b64encode(os.urandom(16)).decode()
        head = (
            f"GET /v1/realtime HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: {connection}\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: other, frontdesk.v1\r\n{extra}\r\n"
        ).encode()
        size = piece or len(head)
        for start in range(0, len(head), size):
            self.writer.write(head[start : start + size])
            await self.writer.drain()
            await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            return await self.reader.readuntil(b"\r\n\r\n")

    def write(
        self, kind: int, payload: bytes, *, fin: bool = True, reserved: int = 0, masked: bool = True
    ) -> None:
        first = (0x80 if fin else 0) | reserved << 4 | kind
        mask_bit = 0x80 if masked else 0
        if len(payload) < 126:
            head = bytes([first, mask_bit | len(payload)])
        elif len(payload) < 65536:
            head = struct.pack(">BBH", first, mask_bit | 126, len(payload))
        else:
            head = struct.pack(">BBQ", first, mask_bit | 127, len(payload))
        if masked:
            key = os.urandom(4)
            stream = key * (len(payload) // 4 + 1)
            length = len(payload)
            mixed = int.from_bytes(payload, "big") ^ int.from_bytes(stream[:length], "big")
            head, payload = head + key, mixed.to_bytes(length, "big")
        self.writer.write(head + payload)

    async def read(self) -> tuple[int, bytes]:
        async with asyncio.timeout(PATIENCE):
            first, second = await self.reader.readexactly(2)
            size = second & 0x7F
            if size == 126:
                (size,) = struct.unpack(">H", await self.reader.readexactly(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", await self.reader.readexactly(8))
            return first & 0x0F, await self.reader.readexactly(size)

    async def close_code(self) -> int:
        while True:
            kind, payload = await self.read()
            if kind == CLOSE:
                return int.from_bytes(payload[:2], "big")

    def close(self) -> None:
        self.writer.close()
