"""The yardstick: a bare picows relay. It decodes a frame, hands it to the other side and acks; nothing is stored."""

import asyncio
import sys
from typing import Any, ClassVar

import msgspec
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server  # pyright: ignore[reportUnknownVariableType] - its stub leaves keyword arguments open
from typing_extensions import override

_json = msgspec.json.Encoder()
_decode = msgspec.json.Decoder().decode


class Relay(WSListener):
    """One side of a pair. The token of `hello` is `<pair>:<side>`."""

    sides: ClassVar[dict[str, WSTransport]] = {}

    def __init__(self) -> None:
        self._peer = ""
        self._seq = 0

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code(), b"")
            transport.disconnect()
            return
        message: dict[str, Any] = _decode(frame.get_payload_as_memoryview())
        if message["t"] == "hello":
            pair, side = message["token"].split(":")
            self._peer = f"{pair}:{'b' if side == 'a' else 'a'}"
            Relay.sides[message["token"]] = transport
            transport.send(WSMsgType.TEXT, b'{"t":"ready"}')
            return
        if message["t"] == "ping":
            return
        self._seq += 1
        entry = {"id": "1", "seq": self._seq, "kind": "message", "body": message["body"]}
        peer = Relay.sides.get(self._peer)
        if peer is not None:
            peer.send(WSMsgType.TEXT, _json.encode({"t": "entry", "conversation": "1", "entry": entry}))
        transport.send(
            WSMsgType.TEXT, _json.encode({"t": "ack", "client_id": message["client_id"], "entry": entry})
        )


def _listener(request: WSUpgradeRequest) -> WSListener:
    return Relay()


async def _main(port: int) -> None:
    server = await ws_create_server(_listener, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(_main(int(sys.argv[1])))
        except (KeyboardInterrupt, asyncio.CancelledError):
            sys.exit(0)
