"""What a device is told: who, and where to look. Words only where the device's owner asked for them."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.conversations import Note, decode_body, entry_at_in
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Reader
from frontdesk.push.news import find_conversation
from frontdesk.push.types import Delivery, Kind, Subscription
from frontdesk.push.visitors import who_answered

_LONGEST: Final = 120
_TOPIC: Final = 32  # characters, says RFC 8030
_PRESSING: Final = frozenset({Kind.SILENT, Kind.WARNED, Kind.BREACHED})
_URGENCY: Final = {Kind.MENTION: "normal"}
_encode: Final = msgspec.json.Encoder().encode


class Content(Struct, frozen=True, omit_defaults=True):
    """What the service worker gets. Sentences are its own, in the device's language."""

    kind: Kind
    language: str
    conversation: str = ""
    name: str = ""
    text: str = ""


async def content_in(reader: Reader, delivery: Delivery, device: Subscription) -> bytes:
    """As it is at this moment: what was erased meanwhile is not told."""
    if delivery.kind is Kind.TEST:
        return _encode(Content(delivery.kind, device.language))
    name, text = await _said(reader, delivery, device.principal_kind)
    return _encode(
        Content(
            delivery.kind,
            device.language,
            str(delivery.conversation_id),
            name,
            text[:_LONGEST] if device.words else "",
        )
    )


async def _said(reader: Reader, delivery: Delivery, to: SubjectKind) -> tuple[str, str]:
    """Who is to be named, and the words."""
    organization_id, conversation_id = delivery.organization_id, delivery.conversation_id
    if delivery.kind is Kind.MENTION:
        entry = await entry_at_in(reader, organization_id, conversation_id, delivery.seq)
        if entry is None or entry.recalled is True:
            return "", ""
        text = decode_body(entry, Note).text
        if entry.sender.name:
            return entry.sender.name, text
        conversation = await find_conversation(reader, organization_id, conversation_id)
        return "" if conversation is None else conversation.contact_name, text
    conversation = await find_conversation(reader, organization_id, conversation_id)
    if conversation is None:
        return "", ""
    last = conversation.last_message
    name = conversation.contact_name
    if to is SubjectKind.VISITOR:
        name = who_answered(conversation, delivery.kind)
    return name, "" if last is None else last.preview


def _about(kind: Kind) -> str:
    """What takes each other's place: a mention and what presses stand beside the messages of the same conversation."""
    if kind in _PRESSING:
        return "pressing"
    return "mention" if kind is Kind.MENTION else ""


def headers(delivery: Delivery, device: Subscription, *, seconds: int) -> dict[str, str]:
    """How the push service is to treat it: what it has not delivered yet of the same conversation is replaced.

    The topic is the same for a conversation on one device, and says nothing to whoever compares devices.
    """
    about = f"{device.auth}.{_about(delivery.kind)}.{delivery.conversation_id}"
    topic = urlsafe_b64encode(sha256(about.encode()).digest()).decode()[:_TOPIC]
    return {
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "ttl": str(max(0, seconds)),
        "urgency": _URGENCY.get(delivery.kind, "high"),
        "topic": topic,
    }
