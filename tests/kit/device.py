"""A client that survives everything, as docs/protocol.md asks of one: outbox, heads, gaps, close codes, jitter.

say ─→ outbox ── sent, at most WINDOW unanswered ──→ ack: dropped
          ▲                                     └──→ error: final, dropped; else again after `retry_after`
          └── no answer in time, or the line lost: sent again with the same client_id
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.typing import Subprotocol

Frame = dict[str, Any]
STAY_AWAY: Final = {1002, 1007, 1009, 4401, 4403, 4409}
WINDOW: Final = 16
PATIENCE: Final = 10.0  # for an ack
GAP: Final = 0.3  # how long a missing number may be on its way
CONNECT: Final = 3.0
_LOST: Final = (ConnectionClosed, InvalidHandshake, InvalidMessage, OSError, TimeoutError, EOFError)
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Frame).decode


class Watcher(Protocol):
    """Hears of everything that a device does and is told."""

    def invoked(self, device: "Device", message: "Message") -> None: ...
    def answered(self, device: "Device", frame: Frame) -> None: ...
    def refused(self, device: "Device", message: "Message", code: str) -> None:
        """For good."""
        ...

    def unknown(self, device: "Device", message: "Message", reason: str) -> None:
        """It will be sent again."""
        ...

    def applied(self, device: "Device", conversation: str, entries: Sequence[Frame], *, anew: bool) -> None:
        """These entries come right behind what was applied before, or replace it (`anew`)."""
        ...

    def line(self, device: "Device", *, up: bool, why: str) -> None: ...
    def left(self, device: "Device", conversation: str) -> None: ...


@dataclass
class Message:
    """A message in the outbox. `sent`: when, while an answer is awaited; `due`: not before."""

    conversation: str
    client_id: str
    text: str
    sent: float = 0.0
    due: float = 0.0


class Device:
    """One tab of a visitor's or an agent's. `heads` says what it has of each conversation."""

    def __init__(
        self,
        name: str,
        token: str,
        addresses: Callable[[], Sequence[str]],
        dice: random.Random,
        watcher: Watcher,
    ) -> None:
        self.name = name
        self.subject = ""
        self.heads: dict[str, int] = {}
        self.states: dict[str, str] = {}
        self.outbox: dict[str, Message] = {}
        self.changed = asyncio.Event()
        self._token = token
        self._addresses = addresses
        self._turn = dice.randrange(1_000)
        self._dice = dice
        self._watcher = watcher
        self._socket: ClientConnection | None = None
        self._early: dict[str, dict[int, Frame]] = {}
        self._asked: dict[str, float] = {}
        self._not_before = 0.0
        self._heard = 0.0
        self._spoke = 0.0
        self._heartbeat = 25.0
        self._failures = 0
        self._pause = 0.0
        self._wake = asyncio.Event()

    def say(self, conversation: str, client_id: str, text: str) -> None:
        """Keep the message until it is acked or refused for good, whatever happens to the line."""
        if client_id not in self.outbox:
            self.outbox[client_id] = Message(conversation, client_id, text)
            self._wake.set()

    async def run(self) -> None:
        """Be connected until cancelled. Raises when told to stay away."""
        while True:
            pause = 0.0
            try:
                async with self._connected() as socket:
                    await self._live(socket)
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd is not None else 1006
                if code in STAY_AWAY:
                    raise
                pause = self._pause
                self._lost(f"{code}")
            except _LOST as error:
                self._lost(type(error).__name__)
            self._turn += 1
            self._failures += 1
            longest = min(15.0, 0.3 * 2.0 ** (self._failures - 1))
            await asyncio.sleep(pause or self._dice.uniform(0, longest))

    # ---- the line ----------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[ClientConnection]:
        self._pause = 0.0
        addresses = self._addresses()
        url = addresses[self._turn % len(addresses)].replace("http", "ws", 1) + "/v1/realtime"
        async with connect(
            url,
            subprotocols=[Subprotocol("frontdesk.v1")],
            max_size=None,
            open_timeout=CONNECT,
            close_timeout=0.5,
            ping_interval=None,
            proxy=None,
        ) as socket:
            hello = {"t": "hello", "token": self._token, "device": self.name, "heads": self.heads}
            await socket.send(_encode(hello).decode())
            async with asyncio.timeout(CONNECT):
                while not self._take(await socket.recv(decode=False)):
                    pass
            self._socket = socket
            self._failures = 0
            self._watcher.line(self, up=True, why=url)
            yield socket

    async def _live(self, socket: ClientConnection) -> None:
        tending = asyncio.create_task(self._tend(socket))
        try:
            while True:
                self._take(await socket.recv(decode=False))
        finally:
            self._socket = None
            tending.cancel()
            with suppress(asyncio.CancelledError, *_LOST):
                await tending

    def _lost(self, why: str) -> None:
        self._watcher.line(self, up=False, why=why)
        for message in self.outbox.values():
            if message.sent:
                message.sent = 0.0
                self._watcher.unknown(self, message, f"lost line {why}")

    async def _tend(self, socket: ClientConnection) -> None:
        """Send what is due, ask for what is missing, keep the heart beating."""
        self._heard = self._spoke = time.monotonic()
        self._wake.set()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(0.25):
                    await self._wake.wait()
            self._wake.clear()
            now = time.monotonic()
            if now - self._heard > 2.5 * self._heartbeat:
                await socket.close()
            if now - self._spoke > self._heartbeat:
                await self._send(socket, t="ping")
            for conversation, early in self._early.items():
                if early and now - self._asked.get(conversation, now) > GAP:
                    self._asked[conversation] = now + 1.0
                    after = self.heads.get(conversation, 0)
                    await self._send(
                        socket, t="history", ref="gap", conversation=conversation, after=after, limit=100
                    )
            await self._send_due(socket, now)

    async def _send_due(self, socket: ClientConnection, now: float) -> None:
        if now < self._not_before:
            return
        unanswered = 0
        for message in list(self.outbox.values()):
            if message.sent and now - message.sent > PATIENCE:
                message.sent = 0.0
                self._watcher.unknown(self, message, "no answer")
            if not message.sent and message.due <= now and unanswered < WINDOW:
                message.sent = now
                self._watcher.invoked(self, message)
                body = {"type": "text", "text": message.text}
                await self._send(
                    socket,
                    t="send",
                    client_id=message.client_id,
                    conversation=message.conversation,
                    body=body,
                )
            unanswered += bool(message.sent)

    async def _send(self, socket: ClientConnection, **frame: object) -> None:
        self._spoke = time.monotonic()
        await socket.send(_encode(frame).decode())

    # ---- what it hears -----------------------------------------------------------------------------------------------

    def _take(self, raw: bytes | str) -> bool:
        """Returns True at the end of the first sync."""
        frame = _decode(raw)
        self._heard = time.monotonic()
        match frame["t"]:
            case "entry":
                self._apply(frame["conversation"], [frame["entry"]])
            case "ack":
                self._acked(frame)
            case "entries" | "page":
                self._apply(frame["conversation"], frame["entries"])
            case "reset":
                self._replace(frame)
            case "conversation":
                self._state(frame["conversation"])
            case "gone":
                self._forget(frame["conversation"])
            case "error":
                self._refused(frame)
            case "welcome":
                self._heartbeat = frame["heartbeat"]
                self.subject = frame["subject"]["id"]
            case "bye":
                self._pause = self._dice.uniform(0.5, 1.0) * frame.get("retry_after", 0.0)
            case "ready":
                return True
            case _:
                pass
        return False

    def _apply(self, conversation: str, entries: Sequence[Frame]) -> None:
        """Apply what is next, keep what is early, ignore what is had."""
        early = self._early.setdefault(conversation, {})
        head = self.heads.get(conversation, 0)
        early.update((entry["seq"], entry) for entry in entries if entry["seq"] > head)
        new: list[Frame] = []
        while (entry := early.pop(head + 1, None)) is not None:
            head += 1
            new.append(entry)
        if new:
            self.heads[conversation] = head
            self._watcher.applied(self, conversation, new, anew=False)
            for entry in new:
                self._follow(conversation, entry)
        if not early:
            self._asked.pop(conversation, None)
        else:
            self._asked.setdefault(conversation, time.monotonic())

    def _replace(self, frame: Frame) -> None:
        conversation, entries = frame["conversation"], frame["entries"]
        self.heads[conversation] = entries[-1]["seq"]
        self._early.pop(conversation, None)
        self._watcher.applied(self, conversation, entries, anew=True)
        self._state(frame["snapshot"])

    def _follow(self, conversation: str, entry: Frame) -> None:
        """Keep the one part of the header that people act on."""
        state = {"queued": "waiting", "assigned": "active", "closed": "closed"}.get(entry["kind"])
        if entry["kind"] == "assigned" and entry["body"]["agent"]["kind"] == "bot":
            state = "bot"
        if state is not None:
            self.states[conversation] = state
            self.changed.set()

    def _state(self, snapshot: Frame) -> None:
        self.states[snapshot["id"]] = snapshot["state"]
        self.changed.set()

    def _forget(self, conversation: str) -> None:
        for held in (self.heads, self.states, self._early, self._asked):
            held.pop(conversation, None)
        self._watcher.left(self, conversation)

    def _acked(self, frame: Frame) -> None:
        self._watcher.answered(self, frame)
        self.outbox.pop(frame["client_id"], None)
        if (
            frame["conversation"] in self.heads
        ):  # else it has gone meanwhile, and this is an answer and no more
            self._apply(frame["conversation"], [frame["entry"]])
        self._wake.set()

    def _refused(self, frame: Frame) -> None:
        error, ref = frame["error"], frame.get("ref")
        wait = error.get("retry_after")
        again = error["kind"] in {"busy", "unavailable"}
        if again and error["code"].startswith("access."):
            self._not_before = time.monotonic() + (wait or 1.0)
        message = self.outbox.get(ref) if ref else None
        if message is None:
            return
        message.sent = 0.0
        if again:
            message.due = time.monotonic() + (wait or 1.0)
            self._watcher.unknown(self, message, error["code"])
        else:
            del self.outbox[message.client_id]
            self._watcher.refused(self, message, error["code"])
