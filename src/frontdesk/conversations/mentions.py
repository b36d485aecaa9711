"""Being named by a colleague: who is told of a note, and what of it they have seen."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.conversations import store, store_mentions
from frontdesk.conversations.decoding import decode_body
from frontdesk.conversations.entries import Colleague, Entry, Note
from frontdesk.conversations.frames import ChangedFrame, deliver_subject, publish_frame
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.conversations.state import Snapshot
from frontdesk.conversations.store_mentions import Mention
from frontdesk.core.clock import Millis
from frontdesk.core.paging import parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction

MOST: Final = 50
_LAST: Final = (1 << 63) - 1
_TOPIC: Final = "mentions"


class MentionView(Struct, frozen=True):
    """`by` and `text` are those of the note; there is no text any more once it was erased."""

    id: str
    conversation: Snapshot
    seq: int
    at: Millis
    by: str
    text: str
    seen: bool


class MentionPage(Struct, frozen=True):
    """The newest first; `unseen` counts all of them."""

    items: Sequence[MentionView]
    unseen: int
    cursor: str | None


async def mention_in(
    platform: Platform,
    tx: Transaction,
    conversation: Conversation,
    colleagues: Sequence[Colleague],
    *,
    by: int = 0,
) -> None:
    """Tell these colleagues of the entry that the conversation ends with; they may read the conversation from now on.

    `by`: whoever named themselves has seen it already.
    """
    organization_id, now = conversation.organization_id, platform.clock.now()
    for colleague in colleagues:
        agent_id = int(colleague.id)
        mention = Mention(
            platform.ids.new(), conversation.id, conversation.head, now, now if agent_id == by else None
        )
        await store_mentions.insert(tx, organization_id, agent_id, mention)
        _tell(platform, tx, organization_id, agent_id)


async def list_mentions(
    platform: Platform, subject: Subject, *, cursor: str | None = None, limit: int = 20
) -> MentionPage:
    """Where the asking agent was named, each with the note as it stands."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    limit = min(max(limit, 1), MOST)
    before = parse_cursor(cursor) or _LAST
    organization_id = subject.organization_id

    async def read(reader: Reader) -> MentionPage:
        found = await store_mentions.of_agent(
            reader, organization_id, subject.id, before=before, limit=limit + 1
        )
        items = [await _view(reader, organization_id, mention) for mention in found[:limit]]
        unseen = await store_mentions.count_unseen(reader, organization_id, subject.id)
        return MentionPage(items, unseen, items[-1].id if len(found) > limit else None)

    return await platform.database.read(organization_id, read)


async def mark_seen(platform: Platform, subject: Subject, up_to: int) -> None:
    """Everything up to this mention was looked at, on all of the agent's devices. A repeat changes nothing."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        if await store_mentions.mark_seen(tx, organization_id, subject.id, up_to, platform.clock.now()):
            _tell(platform, tx, organization_id, subject.id)

    await platform.database.write(organization_id, work)


async def _view(reader: Reader, organization_id: int, mention: Mention) -> MentionView:
    conversation = await store.get(reader, organization_id, mention.conversation_id)
    entry = await store.entry_at(reader, organization_id, mention.conversation_id, mention.seq)
    return MentionView(
        str(mention.id),
        snapshot_of(conversation),
        mention.seq,
        mention.at,
        "" if entry is None else entry.sender.name,
        _text(entry),
        mention.seen_at is not None,
    )


def _text(entry: Entry | None) -> str:
    return "" if entry is None or entry.recalled is True else decode_body(entry, Note).text


def _tell(platform: Platform, tx: Transaction, organization_id: int, agent_id: int) -> None:
    subject = deliver_subject(organization_id, agent_id)
    tx.after_commit(lambda: publish_frame(platform.bus, subject, ChangedFrame(_TOPIC)))
