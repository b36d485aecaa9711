"""What happened in a run, one event a line, in the order in which it was noticed.

Times are seconds since the beginning of the run, all by one clock: that of the process that drives the clients. An
attempt whose outcome nobody knows is `info`; it may have happened or not, and the checker must allow both.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct


class Invoke(Struct, frozen=True, tag="invoke", tag_field="e"):
    """A client hands a message to the system, for the first time or again."""

    at: float
    process: str
    conversation: str
    sender: str
    client_id: str


class Ok(Struct, frozen=True, tag="ok", tag_field="e"):
    """The message was acknowledged."""

    at: float
    process: str
    conversation: str
    sender: str
    client_id: str
    id: str
    seq: int


class Fail(Struct, frozen=True, tag="fail", tag_field="e"):
    """The message was refused for good, and nothing of it was kept."""

    at: float
    process: str
    conversation: str
    sender: str
    client_id: str
    code: str


class Info(Struct, frozen=True, tag="info", tag_field="e"):
    """Nobody knows: no answer in time, a lost connection, or a refusal that asks to try again."""

    at: float
    process: str
    conversation: str
    sender: str
    client_id: str
    reason: str


class Saw(Struct, frozen=True, tag="saw", tag_field="e"):
    """A client applied these entries, numbered from `first` without a gap. `anew`: in place of all that it held."""

    at: float
    process: str
    conversation: str
    first: int
    ids: Sequence[str]
    anew: bool = False


class Line(Struct, frozen=True, tag="line", tag_field="e"):
    """A client's connection: `up` once it is synced."""

    at: float
    process: str
    up: bool
    why: str = ""


class Left(Struct, frozen=True, tag="left", tag_field="e"):
    """A client follows a conversation no more: it went, or somebody else was given the conversation."""

    at: float
    process: str
    conversation: str


class FaultBegan(Struct, frozen=True, tag="fault", tag_field="e"):
    """`delay`: an ack that is asked for during this fault cannot come sooner, in seconds."""

    at: float
    number: int
    kind: str
    target: str
    delay: float = 0.0


class FaultEnded(Struct, frozen=True, tag="mended", tag_field="e"):
    at: float
    number: int


class Witnessed(Struct, frozen=True, tag="witness", tag_field="e"):
    """Another connection to the database looked for entries right after their acks had arrived."""

    at: float
    asked: int
    missing: Sequence[str]


class SeatState(Struct, frozen=True, array_like=True):
    agent: str
    status: str
    teams: Sequence[str]
    capacity: int
    load: int
    reserved: int
    ceiling: int


class Held(Struct, frozen=True, array_like=True):
    """An open conversation; `team` is where it queues, if it does."""

    conversation: str
    state: str
    agent: str | None
    team: str | None


class Sample(Struct, frozen=True, tag="sample", tag_field="e"):
    """Seats, owners and queue in one snapshot of the database."""

    at: float
    seats: Sequence[SeatState]
    conversations: Sequence[Held]


class Logged(Struct, frozen=True, tag="log", tag_field="e"):
    """An entry of the log as the database has it at the end, in the order of `seq`. `owner`: who was assigned."""

    conversation: str
    seq: int
    id: str
    kind: str
    sender_kind: str
    sender: str
    client_id: str | None = None
    owner: str | None = None


class Header(Struct, frozen=True, tag="header", tag_field="e"):
    """A conversation's header at the end."""

    conversation: str
    state: str
    agent: str | None
    head: int


class End(Struct, frozen=True, tag="end", tag_field="e"):
    """Nothing was sent any more, every fault was over, and clients had been given their time."""

    at: float


Event = (
    Invoke
    | Ok
    | Fail
    | Info
    | Saw
    | Line
    | Left
    | FaultBegan
    | FaultEnded
    | Witnessed
    | Sample
    | Logged
    | Header
    | End
)
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Event).decode


class Journal:
    """Writes a history file. It holds back lines: `close` it before it is read."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        self._out = file.open("wb", buffering=1 << 18)
        self._began = time.monotonic()

    def now(self) -> float:
        return round(time.monotonic() - self._began, 4)

    def write(self, event: Event) -> None:
        self._out.write(_encode(event) + b"\n")

    def close(self) -> None:
        self._out.close()


def read(file: Path) -> Iterator[Event]:
    with file.open("rb") as lines:
        for line in lines:
            yield _decode(line)
