"""What is sent. Of an entry only its place was kept: what it says is read at the moment of sending.

So nothing that people write is kept twice, and a message that was recalled meanwhile is told without its words.
"""

from typing import Final

import msgspec
from msgspec import Raw, Struct

from frontdesk.conversations import Entry, entries_for, entry_at_in, get_in
from frontdesk.core.clock import Millis
from frontdesk.platform import Platform, Reader
from frontdesk.webhooks.types import Delivery

_encode: Final = msgspec.json.Encoder().encode


class EventBody(Struct, frozen=True):
    """The body of every request."""

    id: str
    type: str
    at: Millis
    organization_id: str
    data: Raw


class ConversationRef(Struct, frozen=True):
    id: str
    channel_id: str
    contact_id: str


class EntryData(Struct, frozen=True):
    """What is told of an entry: the entry as staff see it, and whose it is."""

    conversation: ConversationRef
    entry: Entry


async def body_in(platform: Platform, reader: Reader, delivery: Delivery) -> bytes | None:
    """The body of a delivery as it is now; None when what it tells of is not there any more."""
    data = delivery.data
    raw = Raw(data.encode()) if data is not None else await _entry(platform, reader, delivery)
    if raw is None:
        return None
    organization_id = str(delivery.organization_id)
    return _encode(EventBody(delivery.event_id, delivery.event, delivery.at, organization_id, raw))


async def _entry(platform: Platform, reader: Reader, delivery: Delivery) -> Raw | None:
    organization_id, conversation_id = delivery.organization_id, delivery.about
    entry = await entry_at_in(reader, organization_id, conversation_id, delivery.seq or 0)
    if entry is None:
        return None
    conversation = await get_in(reader, organization_id, conversation_id)
    (seen,) = entries_for(platform, organization_id, [entry], for_visitor=False)
    whose = ConversationRef(str(conversation.id), str(conversation.channel_id), str(conversation.contact_id))
    return Raw(_encode(EntryData(whose, seen)))
