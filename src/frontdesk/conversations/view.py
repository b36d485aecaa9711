"""What each side sees of entries: visitors get `hidden` in place of staff-only ones, files get signed addresses."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from msgspec import Raw, structs

from frontdesk.conversations.decoding import EMPTY_BODY, decode_body, decode_message
from frontdesk.conversations.entries import (
    STAFF_ONLY,
    Card,
    Entry,
    EntryKind,
    File,
    Image,
    Queued,
    Sender,
    Voice,
)
from frontdesk.conversations.frames import EntryFrame, GoneFrame, ResetFrame, deliver_subject, publish_frame
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.core.subject import SubjectKind
from frontdesk.media import sign_thumbnail_url, sign_url
from frontdesk.platform import Platform
from frontdesk.staff import AgentKind

PAGE: Final = 50
_encode: Final = msgspec.json.Encoder().encode
_TONE: Final = b'"reason":"tone"'
_HIDDEN: Final = Sender(SubjectKind.SYSTEM, "0")


def entries_for(
    platform: Platform, organization_id: int, entries: Iterable[Entry], *, for_visitor: bool
) -> list[Entry]:
    return [entry_for(platform, organization_id, entry, for_visitor=for_visitor) for entry in entries]


def entry_for(platform: Platform, organization_id: int, entry: Entry, *, for_visitor: bool) -> Entry:
    """The entry as one side sees it. Keeps id, seq and time, so that every side counts the same."""
    if for_visitor and entry.kind in STAFF_ONLY:
        return Entry(entry.id, entry.seq, EntryKind.HIDDEN, entry.at, _HIDDEN, EMPTY_BODY)
    if for_visitor and entry.kind is EntryKind.QUEUED and _TONE in bytes(entry.body):
        # what we thought of somebody's mood is nothing to tell them
        queued = structs.replace(decode_body(entry, Queued), reason="unknown")
        return structs.replace(entry, body=Raw(_encode(queued)))
    if entry.kind is EntryKind.MESSAGE and b'"media_id"' in bytes(entry.body):
        return _signed(platform, organization_id, entry)
    return entry


def _signed(platform: Platform, organization_id: int, entry: Entry) -> Entry:
    match decode_message(entry):
        case (Image() | File()) as attachment:
            body = signed_attachment(platform, organization_id, attachment)
        case Card() as card:
            body = signed_card(platform, organization_id, card)
        case Voice() as voice:
            url = sign_url(platform, organization_id, int(voice.media_id), voice.name)
            body = structs.replace(voice, url=url)
        case _:
            return entry
    return structs.replace(entry, body=Raw(_encode(body)))


def signed_attachment(platform: Platform, organization_id: int, attachment: Image | File) -> Image | File:
    """A picture or a file with the addresses by which it is read."""
    if isinstance(attachment, Image):
        return _signed_image(platform, organization_id, attachment)
    url = sign_url(platform, organization_id, int(attachment.media_id), attachment.name)
    return structs.replace(attachment, url=url)


def signed_card(platform: Platform, organization_id: int, card: Card) -> Card:
    """A card with the addresses of its picture, if it has one."""
    if card.picture is None:
        return card
    return structs.replace(card, picture=_signed_image(platform, organization_id, card.picture))


def _signed_image(platform: Platform, organization_id: int, image: Image) -> Image:
    media_id = int(image.media_id)
    return structs.replace(
        image,
        url=sign_url(platform, organization_id, media_id, image.name),
        thumbnail_url=sign_thumbnail_url(platform, organization_id, media_id, image.name),
    )


def staff_in(conversation: Conversation) -> frozenset[int]:
    """Who of the staff gets what happens: the one who has it, and the guests."""
    owner = () if conversation.agent_id is None else (conversation.agent_id,)
    return conversation.guest_ids.union(owner)


def publish_entries(
    platform: Platform,
    before: Conversation,
    after: Conversation,
    entries: Sequence[Entry],
    *,
    origin: str = "",
) -> None:
    """Push committed entries to the visitor and to the staff before and after; people who are out are told it is gone.

    Who is new in it gets the whole conversation instead (`publish_reset`).
    """
    organization_id, conversation_id = after.organization_id, str(after.id)
    visitor = deliver_subject(organization_id, after.contact_id)
    staff = [deliver_subject(organization_id, agent_id) for agent_id in sorted(staff_in(before))]
    for entry in entries:
        seen = entry_for(platform, organization_id, entry, for_visitor=True)
        publish_frame(platform.bus, visitor, EntryFrame(conversation_id, seen), origin=origin)
        if staff:
            seen = entry_for(platform, organization_id, entry, for_visitor=False)
            for subject in staff:
                publish_frame(platform.bus, subject, EntryFrame(conversation_id, seen), origin=origin)
    out = staff_in(before) - staff_in(after)
    if before.agent is not None and before.agent.kind is not AgentKind.HUMAN:
        out -= {before.agent_id}
    for agent_id in sorted(out):
        publish_frame(platform.bus, deliver_subject(organization_id, agent_id), GoneFrame(conversation_id))


def publish_reset(
    platform: Platform, conversation: Conversation, agent_id: int, entries: Sequence[Entry]
) -> None:
    """Hand a new owner the whole conversation: header and newest page."""
    organization_id = conversation.organization_id
    seen = entries_for(platform, organization_id, entries, for_visitor=False)
    frame = ResetFrame(str(conversation.id), snapshot_of(conversation), seen)
    publish_frame(platform.bus, deliver_subject(organization_id, agent_id), frame)
