"""The files of saved replies. One that a reply holds stays; one that none holds any more stays as long as a conversation
in which it was sent.
"""

from collections.abc import Sequence

from msgspec import structs

from frontdesk.auth import Permission
from frontdesk.conversations import Card, File, Image, attachment_of, clean_card, get_readable
from frontdesk.core.errors import invalid, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject
from frontdesk.desk import store_reply_files as store
from frontdesk.desk.reply_types import NewCard, QuickReply
from frontdesk.desk.store_replies import find
from frontdesk.media import MediaRef, describe_in, known_in
from frontdesk.platform import Platform, Reader, Transaction


async def attachments_in(
    reader: Reader, subject: Subject, reply: QuickReply, wanted: Sequence[str]
) -> tuple[Image | File, ...]:
    """What is to go with a reply: files that it holds already or that the subject uploaded, each once."""
    return tuple([await _file_in(reader, subject, reply, each) for each in dict.fromkeys(wanted)])


async def card_in(reader: Reader, subject: Subject, reply: QuickReply, wanted: NewCard | None) -> Card | None:
    """The card of a reply, cleaned, with its picture."""
    if wanted is None:
        return None
    card = clean_card(subject, Card(wanted.title, wanted.text, buttons=tuple(wanted.buttons)))
    if not wanted.media_id:
        return card
    picture = await _file_in(reader, subject, reply, wanted.media_id)
    if isinstance(picture, File):
        raise invalid("desk.card", "This file is not a picture.", hint="Attach it to the reply as a file.")
    return structs.replace(card, picture=picture)


async def hold_in(
    tx: Transaction, organization_id: int, before: QuickReply, after: QuickReply | None
) -> None:
    """Hold what a reply has taken up, and let go of what it has no longer: of everything when there is no `after`.

    Raises `not_found` for a file that another reply holds or has held: it stays and goes with that one.
    """
    wanted = frozenset[int]() if after is None else after.media
    for media_id in sorted(wanted - before.media):
        if not await store.hold(tx, organization_id, media_id, before.id):
            raise not_found("file")
    for media_id in sorted(before.media - wanted):
        await store.let_go(tx, organization_id, media_id)


async def sendable_file(
    platform: Platform, subject: Subject, conversation_id: int, media_id: int
) -> MediaRef:
    """A file for a message to carry: one that the subject uploaded, or one of a reply that they can use, which then stays
    as long as the conversation. Raises `not_found` for every other.
    """
    organization_id = subject.organization_id

    async def read(reader: Reader) -> MediaRef | None:
        if await store.is_of_a_reply(reader, organization_id, media_id):
            return None
        return await describe_in(reader, organization_id, media_id, subject)

    own = await platform.database.read(organization_id, read)
    if own is not None:
        return own
    return await platform.database.write(
        organization_id, lambda tx: send_in(tx, subject, conversation_id, media_id)
    )


async def send_in(tx: Transaction, subject: Subject, conversation_id: int, media_id: int) -> MediaRef:
    """A reply's file, which from now on stays as long as the conversation. Raises `not_found` for who cannot use the
    reply, or not read the conversation.
    """
    organization_id = subject.organization_id
    if not subject.may(Permission.QUICK_REPLY_USE):
        raise not_found("file")
    reply_id = await store.holder(tx, organization_id, media_id)
    reply = None if reply_id is None else await find(tx, organization_id, reply_id)
    if reply is None or reply.agent_id not in {None, subject.id}:
        raise not_found("file")
    await get_readable(tx, subject, conversation_id)
    await store.note_sending(tx, organization_id, media_id, conversation_id)
    media = await known_in(tx, organization_id, media_id)
    if media is None:
        raise not_found("file")
    return media


async def _file_in(reader: Reader, subject: Subject, reply: QuickReply, wanted: str) -> Image | File:
    media_id = parse_id(wanted)
    if media_id is None:
        raise not_found("file")
    if media_id not in reply.media:
        return attachment_of(await describe_in(reader, subject.organization_id, media_id, subject))
    known = await known_in(reader, subject.organization_id, media_id)
    if known is None:
        raise not_found("file")
    return attachment_of(known)
