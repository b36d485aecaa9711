"""The protocol's description for machines: AsyncAPI 3, made from the frame types and so never behind them."""

import inspect
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct

from frontdesk.access import frames
from frontdesk.access.frames import CloseCode
from frontdesk.conversations import (
    AgentFrame,
    AlarmFrame,
    ChangedFrame,
    ConversationFrame,
    DueFrame,
    EntriesFrame,
    EntryFrame,
    GoneFrame,
    LookFrame,
    OfferEndedFrame,
    OfferFrame,
    QueueFrame,
    ReceiptFrame,
    ResetFrame,
    TransferFrame,
    TypingFrame,
    WaitingFrame,
)
from frontdesk.desk import DraftFrame, MarksFrame

CLIENT_FRAMES: Final[tuple[type[Struct], ...]] = (
    frames.Hello,
    frames.Send,
    frames.Recall,
    frames.Received,
    frames.Read,
    frames.Typing,
    frames.Look,
    frames.Visible,
    frames.History,
    frames.Token,
    frames.Ping,
)
SERVER_FRAMES: Final[tuple[type[Struct], ...]] = (
    frames.WelcomeFrame,
    ConversationFrame,
    EntriesFrame,
    ResetFrame,
    frames.ReadyFrame,
    EntryFrame,
    frames.AckFrame,
    ReceiptFrame,
    TypingFrame,
    LookFrame,
    QueueFrame,
    OfferFrame,
    OfferEndedFrame,
    TransferFrame,
    GoneFrame,
    AgentFrame,
    WaitingFrame,
    AlarmFrame,
    DueFrame,
    ChangedFrame,
    DraftFrame,
    MarksFrame,
    frames.PageFrame,
    frames.DoneFrame,
    frames.ErrorFrame,
    frames.PongFrame,
    frames.ByeFrame,
)
_CLOSES: Final = {
    CloseCode.PROTOCOL: "the WebSocket protocol was broken",
    CloseCode.NOT_UTF8: "a frame was not UTF-8",
    CloseCode.TOO_LARGE: "a frame was too large",
    CloseCode.RESTARTING: "the server restarts: reconnect after `retry_after`",
    CloseCode.TRY_LATER: "the reader was too slow, the server too busy, or news may have been missed: reconnect",
    CloseCode.MALFORMED: "a frame was not one of this protocol: reconnect once at most",
    CloseCode.UNAUTHENTICATED: "the token has expired or was revoked: get a new one, then reconnect",
    CloseCode.NOT_ALLOWED: "not allowed: do not reconnect",
    CloseCode.SILENT: "no hello came in time, or nothing was heard for too long: reconnect",
    CloseCode.REPLACED: "the same device has connected again: reconnect three times at most",
    CloseCode.TOO_FAST: "too many frames: reconnect after `retry_after`",
}
_CHANNEL: Final = "#/channels/realtime"


def _tag(frame: type[Struct]) -> str:
    return str(frame.__struct_config__.tag)


def _message(frame: type[Struct]) -> dict[str, Any]:
    return {
        "name": _tag(frame),
        "contentType": "application/json",
        "summary": inspect.cleandoc(frame.__doc__ or "").partition("\n\n")[0],
        "payload": {"$ref": f"#/components/schemas/{frame.__name__}"},
    }


def _key(direction: str, frame: type[Struct]) -> str:
    return f"{direction}-{_tag(frame)}"


def build() -> dict[str, Any]:
    """The document as plain data."""
    directions = {"client": CLIENT_FRAMES, "server": SERVER_FRAMES}
    _, schemas = msgspec.json.schema_components(
        (*CLIENT_FRAMES, *SERVER_FRAMES), ref_template="#/components/schemas/{name}"
    )
    messages = {_key(side, frame): _message(frame) for side, each in directions.items() for frame in each}
    closes = "\n".join(f"- {int(code)}: {meaning}" for code, meaning in sorted(_CLOSES.items()))
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Frontdesk realtime",
            "version": "1",
            "license": {"name": "Apache-2.0"},
            "description": (
                "One JSON object a text frame, tagged by `t`, over a WebSocket with the subprotocol `frontdesk.v1`. "
                f"The first frame is `hello`. Close codes:\n\n{closes}"
            ),
        },
        "defaultContentType": "application/json",
        "channels": {
            "realtime": {
                "address": "/v1/realtime",
                "messages": {key: {"$ref": f"#/components/messages/{key}"} for key in messages},
                "bindings": {"ws": {"method": "GET"}},
            }
        },
        "operations": {
            f"{action}Frames": {
                "action": action,
                "channel": {"$ref": _CHANNEL},
                "summary": summary,
                "messages": [
                    {"$ref": f"{_CHANNEL}/messages/{_key(side, frame)}"} for frame in directions[side]
                ],
            }
            for action, side, summary in (
                ("receive", "client", "What a client sends"),
                ("send", "server", "What the server sends"),
            )
        },
        "components": {"messages": messages, "schemas": schemas},
    }


@cache
def document() -> bytes:
    """The document as indented JSON, the same bytes for the same types."""
    return msgspec.json.format(msgspec.json.encode(build(), order="sorted"), indent=2) + b"\n"


def is_current(file: Path) -> bool:
    """Whether a written copy of the document says what the types say."""
    return file.is_file() and file.read_bytes() == document()


def unlisted() -> set[type[Struct]]:
    """Client frames that are decoded but not described: always empty, a test holds it to that."""
    return set(get_args(frames.ClientFrame)) - set(CLIENT_FRAMES)
