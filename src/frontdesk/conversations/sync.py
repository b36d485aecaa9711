"""Resume: what a client that names its heads has missed."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from frontdesk.auth import Permission
from frontdesk.conversations import store
from frontdesk.conversations.access_rules import may_read
from frontdesk.conversations.frames import ConversationFrame, EntriesFrame, ResetFrame
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.conversations.view import PAGE, entries_for, staff_in
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader

LONGEST_DELTA: Final = 200
MOST_HEADS: Final = 200


async def sync(platform: Platform, subject: Subject, heads: Mapping[int, int]) -> list[Struct]:
    """The frames that bring a client up to date, all read from one snapshot.

    Every live conversation of the subject is named, and every one in `heads` that it may still read: by `entries` (what
    it missed) and `conversation` (the header), or by `reset` when the client never had it or missed too much. A client
    whose head is ahead of the log gets a `reset`. Never a silent partial: the first 200 heads are answered, the others
    are not named and thereby dropped by the client.
    """

    async def read(reader: Reader) -> list[Struct]:
        live = await _live(reader, subject)
        known = {conversation.id for conversation in live}
        for conversation_id in list(heads)[:MOST_HEADS]:
            if conversation_id not in known:
                live.extend(await _readable(reader, subject, conversation_id))
        frames: list[Struct] = []
        for conversation in live:
            frames += await _catch_up(platform, reader, subject, conversation, heads.get(conversation.id))
        return frames

    return await platform.database.read(subject.organization_id, read)


async def _live(reader: Reader, subject: Subject) -> list[Conversation]:
    if subject.kind is SubjectKind.VISITOR:
        current = await store.open_of_contact(reader, subject.organization_id, subject.id, subject.channel_id)
        return [] if current is None else [current]
    if subject.kind is SubjectKind.AGENT and not subject.may(Permission.CONVERSATION_READ_OWN):
        return []
    own = await store.active_of_agent(reader, subject.organization_id, subject.id)
    return own + await store.visited_by(reader, subject.organization_id, subject.id)


async def _readable(reader: Reader, subject: Subject, conversation_id: int) -> list[Conversation]:
    try:
        conversation = await store.get(reader, subject.organization_id, conversation_id)
    except FrontdeskError:
        return []
    own = subject.kind is SubjectKind.VISITOR or subject.id in staff_in(conversation)
    return [conversation] if own and await may_read(reader, subject, conversation) else []


async def _catch_up(
    platform: Platform, reader: Reader, subject: Subject, conversation: Conversation, head: int | None
) -> list[Struct]:
    visitor = subject.kind is SubjectKind.VISITOR
    organization_id, identity = conversation.organization_id, str(conversation.id)
    header = snapshot_of(conversation, for_visitor=visitor)
    if head is None or head > conversation.head or conversation.head - head > LONGEST_DELTA:
        page = await store.entries_before(
            reader, organization_id, conversation.id, conversation.head + 1, PAGE
        )
        return [
            ResetFrame(identity, header, entries_for(platform, organization_id, page, for_visitor=visitor))
        ]
    frames: list[Struct] = []
    if head < conversation.head:
        missed = await store.entries_after(reader, organization_id, conversation.id, head, LONGEST_DELTA)
        frames.append(
            EntriesFrame(identity, entries_for(platform, organization_id, missed, for_visitor=visitor))
        )
    frames.append(ConversationFrame(header))
    return frames
