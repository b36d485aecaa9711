"""Quick replies: texts kept ready. The organization's belong to those who manage them, personal ones to one agent."""

import msgspec
from msgspec import UNSET

from frontdesk.audit import Action, Fact, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff.lookup import announce_list
from frontdesk.staff.store import quick_replies as rows
from frontdesk.staff.types import MAX_GROUP, MAX_REPLIES, MAX_REPLY, MAX_TITLE, QuickReply, QuickReplyChanges


async def list_quick_replies(platform: Platform, subject: Subject) -> list[QuickReply]:
    """One's own, then the organization's, each by group and position."""
    require(subject, Permission.QUICK_REPLY_USE)
    return await platform.database.read(
        subject.organization_id,
        lambda reader: rows.find_visible(reader, subject.organization_id, subject.id),
    )


async def quick_reply_in(reader: Reader, subject: Subject, reply_id: int) -> QuickReply:
    """A reply that the subject can use. Raises `not_found`, for a colleague's personal one as well. For other services."""
    reply = await rows.find(reader, subject.organization_id, reply_id)
    if reply is None or reply.agent_id not in {None, subject.id}:
        raise not_found("quick reply")
    return reply


async def create_quick_reply(
    platform: Platform, subject: Subject, *, title: str, text: str, group: str = "", personal: bool = True
) -> QuickReply:
    """Add a reply at the end of its group."""
    require(subject, Permission.QUICK_REPLY_USE if personal else Permission.QUICK_REPLY_MANAGE)
    owner = subject.id if personal else None
    draft = QuickReply(
        id=platform.ids.new(),
        agent_id=owner,
        group=clean_line(group, field="group", limit=MAX_GROUP),
        title=clean_line(title, field="title", limit=MAX_TITLE, required=True),
        text=clean(text, field="text", limit=MAX_REPLY, required=True),
        position=0,
    )
    now = platform.clock.now()

    async def work(tx: Transaction) -> QuickReply:
        if await rows.count(tx, subject.organization_id, owner) >= MAX_REPLIES:
            raise conflict(
                "staff.too-many-replies",
                f"There are {MAX_REPLIES} quick replies already.",
                hint="Remove one first.",
            )
        reply = msgspec.structs.replace(draft, position=await _end(tx, subject.organization_id, draft))
        await rows.insert(tx, subject.organization_id, reply, now)
        await _record(platform, tx, subject, Action.QUICK_REPLY_CREATED, reply)
        announce_list(platform, tx, subject.organization_id, "quick-replies")
        return reply

    return await platform.database.write(subject.organization_id, work)


async def update_quick_reply(
    platform: Platform, subject: Subject, reply_id: int, changes: QuickReplyChanges
) -> QuickReply:
    """Change what is set. A new position moves the others of the group; a new group means its end."""

    async def work(tx: Transaction) -> QuickReply:
        reply = await _own(tx, subject, reply_id)
        if changes.title is not UNSET:
            title = clean_line(changes.title, field="title", limit=MAX_TITLE, required=True)
            reply = msgspec.structs.replace(reply, title=title)
        if changes.text is not UNSET:
            text = clean(changes.text, field="text", limit=MAX_REPLY, required=True)
            reply = msgspec.structs.replace(reply, text=text)
        if changes.group is not UNSET:
            group = clean_line(changes.group, field="group", limit=MAX_GROUP)
            if group != reply.group:
                reply = msgspec.structs.replace(reply, group=group)
                reply = msgspec.structs.replace(
                    reply, position=await _end(tx, subject.organization_id, reply)
                )
        await rows.update(tx, subject.organization_id, reply)
        if changes.position is not UNSET:
            reply = await _move(tx, subject.organization_id, reply, changes.position)
        facts = changed_fields(changes)
        await _record(platform, tx, subject, Action.QUICK_REPLY_CHANGED, reply, **facts)
        announce_list(platform, tx, subject.organization_id, "quick-replies")
        return reply

    return await platform.database.write(subject.organization_id, work)


async def delete_quick_reply(platform: Platform, subject: Subject, reply_id: int) -> None:
    """Remove a reply."""

    async def work(tx: Transaction) -> None:
        reply = await _own(tx, subject, reply_id)
        await rows.delete(tx, subject.organization_id, reply_id)
        await _record(platform, tx, subject, Action.QUICK_REPLY_REMOVED, reply)
        announce_list(platform, tx, subject.organization_id, "quick-replies")

    await platform.database.write(subject.organization_id, work)


async def _record(
    platform: Platform, tx: Transaction, subject: Subject, action: Action, reply: QuickReply, **facts: Fact
) -> None:
    """Personal replies are their owner's alone, and told nowhere."""
    if reply.agent_id is None:
        await record_in(platform, tx, subject, action, Target("quick_reply", reply.id, reply.title), **facts)


async def _own(tx: Transaction, subject: Subject, reply_id: int) -> QuickReply:
    """The reply, when the subject may change it. Somebody else's personal reply does not exist for anybody."""
    require(subject, Permission.QUICK_REPLY_USE)
    reply = await quick_reply_in(tx, subject, reply_id)
    if reply.agent_id is None:
        require(subject, Permission.QUICK_REPLY_MANAGE)
    return reply


async def _end(tx: Transaction, organization_id: int, reply: QuickReply) -> int:
    others = await rows.find_group(tx, organization_id, reply.agent_id, reply.group)
    return max((other.position for other in others), default=-1) + 1


async def _move(tx: Transaction, organization_id: int, reply: QuickReply, position: int) -> QuickReply:
    group = await rows.find_group(tx, organization_id, reply.agent_id, reply.group)
    others = [other for other in group if other.id != reply.id]
    index = min(max(position, 0), len(others))
    for place, other in enumerate([*others[:index], reply, *others[index:]]):
        await rows.place(tx, organization_id, other.id, place)
    return msgspec.structs.replace(reply, position=index)
