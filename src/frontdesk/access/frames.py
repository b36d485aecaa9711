"""Frames that clients send, the server's frames about the connection itself, and how both are written as JSON.

The server's frames about conversations and people are `frontdesk.conversations`'s. The wire format is `docs/protocol.md`.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from frontdesk.conversations import (
    MAX_BUTTONS,
    MAX_CARD_TEXT,
    MAX_TEXT,
    MAX_TITLE,
    MAX_VOICE,
    CardButton,
    Doing,
    Entry,
    TextFormat,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import ErrorKind, FrontdeskError, invalid
from frontdesk.core.subject import SubjectKind

MAX_TOKEN: Final = 8_192
LARGEST_SEQ: Final = (1 << 53) - 1
Reference = Annotated[str, Meta(max_length=64, description="Made by the client; comes back in the answer.")]
Identity = Annotated[str, Meta(max_length=64, description="A decimal Snowflake id.")]
Seq = Annotated[int, Meta(ge=0, le=LARGEST_SEQ)]


class CloseCode(IntEnum):
    """Why a connection ended, and thereby whether to come back."""

    PROTOCOL = 1002
    NOT_UTF8 = 1007
    TOO_LARGE = 1009
    RESTARTING = 1012
    TRY_LATER = 1013
    MALFORMED = 4400
    UNAUTHENTICATED = 4401
    NOT_ALLOWED = 4403
    SILENT = 4408
    REPLACED = 4409
    TOO_FAST = 4429


RECONNECT: Final = frozenset(
    {
        CloseCode.RESTARTING,
        CloseCode.TRY_LATER,
        CloseCode.MALFORMED,
        CloseCode.UNAUTHENTICATED,
        CloseCode.SILENT,
        CloseCode.TOO_FAST,
    }
)


# ---- client to server ----------------------------------------------------------------------------------------------


class ClientInfo(Struct, frozen=True, gc=False):
    name: Annotated[str, Meta(max_length=64)]
    version: Annotated[str, Meta(max_length=64)]


class Hello(Struct, frozen=True, tag="hello", tag_field="t"):
    """The first frame: who is there, on which device, and up to where it knows each conversation."""

    token: Annotated[str, Meta(max_length=MAX_TOKEN)]
    device: Annotated[
        str, Meta(min_length=1, max_length=64, description="Made by the client, one a browser tab.")
    ]
    heads: dict[Identity, Seq] = {}
    client: ClientInfo | None = None


class OutgoingText(Struct, frozen=True, gc=False, tag="text", tag_field="type"):
    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
    format: Annotated[TextFormat, Meta(description="A visitor's is always `plain`.")] = "plain"
    quotes: Annotated[Seq, Meta(description="The seq of the message that this one answers; 0: none.")] = 0


class OutgoingImage(Struct, frozen=True, gc=False, tag="image", tag_field="type"):
    media_id: Identity


class OutgoingFile(Struct, frozen=True, gc=False, tag="file", tag_field="type"):
    media_id: Identity


class OutgoingVoice(Struct, frozen=True, gc=False, tag="voice", tag_field="type"):
    media_id: Identity
    duration: Annotated[int, Meta(ge=0, le=MAX_VOICE, description="Milliseconds.")]


class OutgoingCard(Struct, frozen=True, gc=False, tag="card", tag_field="type"):
    """Of staff only. `media_id` is that of a picture, empty for none; a button has either a `link` or a `reply`."""

    title: Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]
    text: Annotated[str, Meta(max_length=MAX_CARD_TEXT)] = ""
    media_id: Identity = ""
    buttons: Annotated[tuple[CardButton, ...], Meta(max_length=MAX_BUTTONS)] = ()


OutgoingBody = OutgoingText | OutgoingImage | OutgoingFile | OutgoingVoice | OutgoingCard


class Send(Struct, frozen=True, gc=False, tag="send", tag_field="t"):
    """Say something. Answered by `ack`, or by `error` with the client_id as its ref; a repeat gets the same answer."""

    client_id: Annotated[str, Meta(max_length=64, description="A UUIDv7 made and kept by the client.")]
    conversation: Identity
    body: OutgoingBody


class Recall(Struct, frozen=True, gc=False, tag="recall", tag_field="t"):
    """Take back a message. Answered by `done` or `error`."""

    ref: Reference
    conversation: Identity
    seq: Seq


class Received(Struct, frozen=True, gc=False, tag="received", tag_field="t"):
    """The highest contiguous seq that this device has. Not answered."""

    conversation: Identity
    seq: Seq


class Read(Struct, frozen=True, gc=False, tag="read", tag_field="t"):
    """The highest seq that a person has seen. Not answered."""

    conversation: Identity
    seq: Seq


class Typing(Struct, frozen=True, gc=False, tag="typing", tag_field="t"):
    """What is being written; an empty text means that it stopped. Not answered."""

    conversation: Identity
    text: Annotated[str, Meta(max_length=MAX_TEXT)]


class Look(Struct, frozen=True, gc=False, tag="look", tag_field="t"):
    """What one does with a conversation, for colleagues who look at it too; said anew every 20 seconds. Not answered."""

    conversation: Identity
    doing: Doing


class Visible(Struct, frozen=True, gc=False, tag="visible", tag_field="t"):
    """Whether the page is in sight. Who has none in sight is told by push. Not answered; who says nothing is looking."""

    visible: bool


class History(Struct, frozen=True, gc=False, tag="history", tag_field="t"):
    """A page of entries before or after a seq; without either, the newest. Answered by `page` or `error`."""

    ref: Reference
    conversation: Identity
    before: Seq | None = None
    after: Seq | None = None
    limit: int = 50


class Token(Struct, frozen=True, gc=False, tag="token", tag_field="t"):
    """A fresh access token of the same session. Not answered; a token that does not hold closes with 4401."""

    token: Annotated[str, Meta(max_length=MAX_TOKEN)]


class Ping(Struct, frozen=True, gc=False, tag="ping", tag_field="t"):
    """Answered by `pong`."""


ClientFrame = Send | Received | Read | Typing | Look | Visible | Ping | History | Recall | Token | Hello


class _AnySend(Struct, gc=False, tag="send", tag_field="t"):
    client_id: Annotated[str, Meta(max_length=64)]
    conversation: Identity
    body: Raw


_decode: Final = msgspec.json.Decoder(ClientFrame).decode
_decode_send: Final = msgspec.json.Decoder(_AnySend).decode
_decode_list: Final = msgspec.json.Decoder(list[Raw]).decode
encode: Final = msgspec.json.Encoder().encode


class MalformedError(Exception):
    """Not a frame of this protocol. Its text says what is wrong and where."""


class BadBodyError(Exception):
    """A well-formed `send` whose message body is not one: answered with `error`, the connection stays."""

    def __init__(self, client_id: str, refusal: FrontdeskError) -> None:
        super().__init__(refusal.message)
        self.client_id = client_id
        self.refusal = refusal


def decode(text: str | bytes | Raw) -> ClientFrame:
    """One frame of a client. Raises `MalformedError`, or `BadBodyError` when only the message inside a `send` is wrong.

    Fields that a client has no say in (sender, time, organization) are not looked at. Bytes must be known to be UTF-8.
    """
    try:
        return _decode(text)
    except RecursionError:
        raise MalformedError("Nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = str(error)
    try:
        sending = _decode_send(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedError(reason) from None
    hint = (
        f"A text of 1 to {MAX_TEXT} characters, the media_id of an uploaded image, file or voice, or a card."
    )
    raise BadBodyError(
        sending.client_id, invalid("access.body", f"This is not a message: {reason}.", hint=hint)
    )


def decode_list(body: bytes) -> list[Raw]:
    """The frames in a JSON array, each still encoded. Raises `MalformedError`."""
    try:
        body.decode()  # what Raw passes over is not checked otherwise
        return _decode_list(body)
    except RecursionError:
        raise MalformedError("Nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedError(str(error)) from None


# ---- server to client ----------------------------------------------------------------------------------------------


class WelcomedSubject(Struct, frozen=True):
    kind: SubjectKind
    id: str


class Limits(Struct, frozen=True):
    """Longest text in characters; largest frame and upload in bytes."""

    max_text: int
    max_frame: int
    max_upload: int


class WelcomeFrame(Struct, frozen=True, tag="welcome", tag_field="t"):
    """Signed in. `heartbeat` is in seconds."""

    connection: str
    subject: WelcomedSubject
    server_time: Millis
    heartbeat: float
    limits: Limits


class AckFrame(Struct, frozen=True, tag="ack", tag_field="t"):
    """The message is committed and flushed; the entry as everybody gets it."""

    client_id: str
    conversation: str
    id: str
    seq: int
    at: Millis
    entry: Entry


class ReadyFrame(Struct, frozen=True, tag="ready", tag_field="t"):
    """The initial sync is complete. Conversations that were not named are not the client's any more."""


class PageFrame(Struct, frozen=True, tag="page", tag_field="t"):
    """Entries in ascending order; `more` says whether there are more in the direction asked."""

    ref: str
    conversation: str
    entries: Sequence[Entry]
    more: bool


class DoneFrame(Struct, frozen=True, tag="done", tag_field="t"):
    ref: str


class WireError(Struct, frozen=True):
    kind: ErrorKind
    code: str
    message: str
    hint: str
    details: dict[str, Any] | UnsetType = UNSET
    retry_after: float | UnsetType = UNSET


class ErrorFrame(Struct, frozen=True, tag="error", tag_field="t"):
    """A request failed; the connection stays."""

    error: WireError
    ref: str | UnsetType = UNSET


class PongFrame(Struct, frozen=True, tag="pong", tag_field="t"):
    """The answer to `ping`."""


class ByeFrame(Struct, frozen=True, tag="bye", tag_field="t"):
    """The last frame before a close. `retry_after` is in seconds."""

    code: int
    reason: str
    reconnect: bool
    retry_after: float | UnsetType = UNSET


READY: Final = encode(ReadyFrame())
PONG: Final = encode(PongFrame())


def error_frame(refusal: FrontdeskError, ref: str | None = None) -> bytes:
    """The refusal as a client gets it."""
    error = WireError(
        refusal.kind,
        refusal.code,
        refusal.message,
        refusal.hint,
        refusal.details or UNSET,
        UNSET if refusal.retry_after is None else refusal.retry_after,
    )
    return encode(ErrorFrame(error, UNSET if ref is None else ref))


def bye_frame(code: CloseCode, reason: str, retry_after: float | None) -> bytes:
    return encode(ByeFrame(code, reason, code in RECONNECT, UNSET if retry_after is None else retry_after))
