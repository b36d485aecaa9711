"""The port between a connection and what carries its frames. `websocket.py` and `sse.py` are its adapters."""

from typing import Protocol

from frontdesk.access.frames import CloseCode


class Transport(Protocol):
    """Carries encoded frames to one client, in order.

    Whoever carries calls `Connection.receive` for each frame of the client and `Connection.lost` once, at the end.
    """

    name: str

    def send(self, payload: bytes) -> None:
        """Queue a frame; returns at once. The payload may be shared with other connections and is not changed."""
        ...

    def buffered(self) -> int:
        """Bytes that the client has not taken yet."""
        ...

    def rest(self, seconds: float) -> None:
        """Take nothing from the client for so long; what it sends meanwhile waits on its side and is taken later."""
        ...

    def close(self, code: CloseCode, reason: str) -> None:
        """Say goodbye. Everything sent before leaves first; nothing may be sent after."""
        ...

    def abort(self) -> None:
        """End now, whatever is still queued. A repeat changes nothing."""
        ...
