"""Quick replies kept ready. The organization's belong to those who manage them, personal ones to one agent."""

from msgspec import UNSET, structs

from frontdesk.audit import Action, Fact, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.desk import store_replies as store
from frontdesk.desk.reply_files import attachments_in, card_in, hold_in
from frontdesk.desk.reply_types import (
    MAX_GROUP,
    MAX_REPLIES,
    MAX_REPLY,
    MAX_TITLE,
    NewQuickReply,
    QuickReply,
    QuickReplyChanges,
)
from frontdesk.desk.sharing import announce
from frontdesk.platform import Platform, Reader, Transaction


async def list_quick_replies(platform: Platform, subject: Subject) -> list[QuickReply]:
    """One's own, then the organization's, each by group and position."""
    require(subject, Permission.QUICK_REPLY_USE)
    return await platform.database.read(
        subject.organization_id,
        lambda reader: store.find_visible(reader, subject.organization_id, subject.id),
    )


async def quick_reply_in(reader: Reader, subject: Subject, reply_id: int) -> QuickReply:
    """A reply that the subject can use. Raises `not_found`, for a colleague's personal one as well."""
    reply = await store.find(reader, subject.organization_id, reply_id)
    if reply is None or reply.agent_id not in {None, subject.id}:
        raise not_found("quick reply")
    return reply


async def create_quick_reply(platform: Platform, subject: Subject, new: NewQuickReply) -> QuickReply:
    """Add a reply at the end of its group. Raises `not_found` for a file that the subject did not upload, or that
    another reply holds.
    """
    require(subject, Permission.QUICK_REPLY_USE if new.personal else Permission.QUICK_REPLY_MANAGE)
    owner = subject.id if new.personal else None
    draft = QuickReply(
        id=platform.ids.new(),
        agent_id=owner,
        group=clean_line(new.group, field="group", limit=MAX_GROUP),
        title=clean_line(new.title, field="title", limit=MAX_TITLE, required=True),
        text=clean(new.text, field="text", limit=MAX_REPLY),
        position=0,
    )
    now = platform.clock.now()

    async def work(tx: Transaction) -> QuickReply:
        if await store.count(tx, subject.organization_id, owner) >= MAX_REPLIES:
            raise conflict(
                "desk.too-many-replies",
                f"There are {MAX_REPLIES} quick replies already.",
                hint="Remove one first.",
            )
        reply = structs.replace(
            draft,
            position=await _end(tx, subject.organization_id, draft),
            attachments=await attachments_in(tx, subject, draft, new.attachments),
            card=await card_in(tx, subject, draft, new.card),
        )
        _require_something(reply)
        await store.insert(tx, subject.organization_id, reply, now)
        await hold_in(tx, subject.organization_id, draft, reply)
        await _record(platform, tx, subject, Action.QUICK_REPLY_CREATED, reply)
        _announce(platform, tx, subject, reply)
        return reply

    return await platform.database.write(subject.organization_id, work)


async def update_quick_reply(
    platform: Platform, subject: Subject, reply_id: int, changes: QuickReplyChanges
) -> QuickReply:
    """Change what is set. A new position moves the others of the group; a new group means its end. Files that it holds
    no longer are removed once no conversation has them.
    """

    async def work(tx: Transaction) -> QuickReply:
        known = await _own(tx, subject, reply_id)
        reply = await _moved_to_group(tx, subject, known, changes)
        reply = await _rewritten(tx, subject, reply, changes)
        _require_something(reply)
        await store.update(tx, subject.organization_id, reply)
        await hold_in(tx, subject.organization_id, known, reply)
        if changes.position is not UNSET:
            reply = await _move(tx, subject.organization_id, reply, changes.position)
        facts = changed_fields(changes)
        await _record(platform, tx, subject, Action.QUICK_REPLY_CHANGED, reply, **facts)
        _announce(platform, tx, subject, reply)
        return reply

    return await platform.database.write(subject.organization_id, work)


async def delete_quick_reply(platform: Platform, subject: Subject, reply_id: int) -> None:
    """Remove a reply; its files with it, once no conversation has them."""

    async def work(tx: Transaction) -> None:
        reply = await _own(tx, subject, reply_id)
        await hold_in(tx, subject.organization_id, reply, None)
        await store.delete(tx, subject.organization_id, reply_id)
        await _record(platform, tx, subject, Action.QUICK_REPLY_REMOVED, reply)
        _announce(platform, tx, subject, reply)

    await platform.database.write(subject.organization_id, work)


def _require_something(reply: QuickReply) -> None:
    if not reply.text and not reply.attachments and reply.card is None:
        raise invalid(
            "desk.reply-empty",
            "A reply needs a text, a file or a card.",
            hint="Write what it says.",
            details={"field": "text"},
        )


async def _rewritten(
    tx: Transaction, subject: Subject, reply: QuickReply, changes: QuickReplyChanges
) -> QuickReply:
    if changes.title is not UNSET:
        title = clean_line(changes.title, field="title", limit=MAX_TITLE, required=True)
        reply = structs.replace(reply, title=title)
    if changes.text is not UNSET:
        reply = structs.replace(reply, text=clean(changes.text, field="text", limit=MAX_REPLY))
    known = reply  # a file may change places between the attachments and the card
    if changes.attachments is not UNSET:
        attachments = await attachments_in(tx, subject, known, changes.attachments)
        reply = structs.replace(reply, attachments=attachments)
    if changes.card is not UNSET:
        reply = structs.replace(reply, card=await card_in(tx, subject, known, changes.card))
    return reply


async def _moved_to_group(
    tx: Transaction, subject: Subject, reply: QuickReply, changes: QuickReplyChanges
) -> QuickReply:
    if changes.group is UNSET:
        return reply
    group = clean_line(changes.group, field="group", limit=MAX_GROUP)
    if group == reply.group:
        return reply
    moved = structs.replace(reply, group=group)
    return structs.replace(moved, position=await _end(tx, subject.organization_id, moved))


def _announce(platform: Platform, tx: Transaction, subject: Subject, reply: QuickReply) -> None:
    announce(platform, tx, subject, "quick-replies", shared=reply.agent_id is None)


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
    others = await store.find_group(tx, organization_id, reply.agent_id, reply.group)
    return max((other.position for other in others), default=-1) + 1


async def _move(tx: Transaction, organization_id: int, reply: QuickReply, position: int) -> QuickReply:
    group = await store.find_group(tx, organization_id, reply.agent_id, reply.group)
    others = [other for other in group if other.id != reply.id]
    index = min(max(position, 0), len(others))
    for place, other in enumerate([*others[:index], reply, *others[index:]]):
        await store.place(tx, organization_id, other.id, place)
    return structs.replace(reply, position=index)
