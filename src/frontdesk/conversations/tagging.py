"""Marking conversations with tags, so that they are found again."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.contacts import MAX_TAGS_EACH, too_many_tags, usable_tag_in
from frontdesk.conversations import store_tags
from frontdesk.conversations.access_rules import get_readable
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Topic, Transaction


class ConversationTagged(Struct, frozen=True):
    organization_id: int
    conversation_id: int


CONVERSATION_TAGGED: Final = Topic[ConversationTagged]("event.conversations.tagged", ConversationTagged)


async def tags_of(platform: Platform, subject: Subject, conversation_id: int) -> Sequence[int]:
    """The ids of a conversation's tags, for staff. Raises `not_found` for what the subject may not read."""
    require(subject, Permission.CONVERSATION_READ_OWN)

    async def read(reader: Reader) -> Sequence[int]:
        conversation = await get_readable(reader, subject, conversation_id)
        return await store_tags.of(reader, subject.organization_id, conversation.id)

    return await platform.database.read(subject.organization_id, read)


async def tag_conversation(
    platform: Platform, subject: Subject, conversation_id: int, tag_id: int
) -> Sequence[int]:
    """Mark a conversation, open or closed, that one may read; returns all its tags. A repeat changes nothing.

    Raises `not_found` for an archived tag, and for a conversation that was erased.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Sequence[int]:
        conversation = await get_readable(tx, subject, conversation_id)
        known = await store_tags.of(tx, organization_id, conversation_id)
        if tag_id in known:
            return known
        if conversation.is_erased:
            raise not_found("conversation")
        await usable_tag_in(tx, organization_id, tag_id)
        if len(known) >= MAX_TAGS_EACH:
            raise too_many_tags()
        await store_tags.add(tx, organization_id, conversation_id, tag_id)
        tx.after_commit(_telling(platform, organization_id, conversation_id))
        return [*known, tag_id]

    return await platform.database.write(organization_id, work)


async def untag_conversation(
    platform: Platform, subject: Subject, conversation_id: int, tag_id: int
) -> Sequence[int]:
    """Take a tag off again, an archived one as well; returns those that stay. A repeat changes nothing."""
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Sequence[int]:
        await get_readable(tx, subject, conversation_id)
        known = await store_tags.of(tx, organization_id, conversation_id)
        if tag_id in known:
            await store_tags.remove(tx, organization_id, conversation_id, tag_id)
            tx.after_commit(_telling(platform, organization_id, conversation_id))
        return [each for each in known if each != tag_id]

    return await platform.database.write(organization_id, work)


async def conversation_tags_in(reader: Reader, organization_id: int, conversation_id: int) -> Sequence[int]:
    """The ids of a conversation's tags, for other services."""
    return await store_tags.of(reader, organization_id, conversation_id)


def _telling(platform: Platform, organization_id: int, conversation_id: int) -> Callable[[], None]:
    event = ConversationTagged(organization_id, conversation_id)
    return lambda: CONVERSATION_TAGGED.publish(platform.bus, event)
