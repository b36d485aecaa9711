"""What an entry says: the log keeps bodies encoded, and this opens them."""

from typing import Final, TypeVar

import msgspec
from msgspec import Raw, Struct

from frontdesk.conversations.entries import (
    BODY_OF,
    Card,
    Entry,
    EntryKind,
    File,
    Image,
    MessageBody,
    Voice,
)

BodyType = TypeVar("BodyType", bound=Struct)

_message: Final = msgspec.json.Decoder(MessageBody)
_others: Final = {kind: msgspec.json.Decoder(body) for kind, body in BODY_OF.items()}
EMPTY_BODY: Final = Raw(b"{}")


def decode_message(entry: Entry) -> MessageBody | None:
    """The body of a message; None for a recalled one and for other kinds."""
    if entry.kind is not EntryKind.MESSAGE or entry.recalled is True:
        return None
    return _message.decode(entry.body)


def media_of(entry: Entry) -> int | None:
    """The file that a message carries."""
    match decode_message(entry):
        case (Image() | File() | Voice()) as body:
            return int(body.media_id)
        case Card(picture=Image() as picture):
            return int(picture.media_id)
        case _:
            return None


def decode_body(entry: Entry, expected: type[BodyType]) -> BodyType:
    """The body of an entry that is not a message."""
    body = _others[entry.kind].decode(entry.body)
    if not isinstance(body, expected):
        message = f"entry {entry.id} of kind {entry.kind} has no {expected.__name__} body"
        raise TypeError(message)
    return body
