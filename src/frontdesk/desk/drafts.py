"""Keeping what is being written, until it is sent."""

from typing import Final

from frontdesk.auth import Permission, require
from frontdesk.conversations import deliver_subject, get_readable, publish_frame, words_erased
from frontdesk.core.errors import invalid
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.desk import store
from frontdesk.desk.frames import DraftFrame
from frontdesk.desk.types import DAY, MAX_DRAFT, MAX_WRITER, DraftView, KeptDraft, WrittenDraft
from frontdesk.platform import Platform, Transaction

_LAST_SEQ: Final = 1 << 53


async def keep_draft(
    platform: Platform, subject: Subject, conversation_id: int, written: WrittenDraft
) -> KeptDraft:
    """Keep one's own draft, unless another device wrote later; tell one's other devices of it.

    An empty draft ends it. A repeat changes nothing. Raises `not_found` for a conversation that one may not read, and
    `conversations.erased` for one whose words were erased: they must not come back from a browser that still holds them.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    if not 0 <= written.age <= DAY:
        raise invalid(
            "desk.age",
            "age must be between 0 and a day, in milliseconds.",
            hint="Send an age of at most a day.",
        )
    if written.quotes is not None and not 1 <= written.quotes <= _LAST_SEQ:
        raise invalid("desk.quotes", "This is not a seq.", hint="Quote a message by its seq, or nothing.")
    writer = clean_line(written.writer, field="writer", limit=MAX_WRITER)
    now = platform.clock.now()
    draft = DraftView(
        str(conversation_id),
        clean(written.text, field="text", limit=MAX_DRAFT),
        written.note,
        written.quotes,
        now - written.age,
    )
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> KeptDraft:
        if (await get_readable(tx, subject, conversation_id)).is_erased:
            raise words_erased()
        await store.forget_ended(tx, organization_id, subject.id, before=now - DAY)
        kept = await store.put_draft(tx, organization_id, subject.id, conversation_id, draft)
        if kept:
            frame = DraftFrame(draft, writer)
            to = deliver_subject(organization_id, subject.id)
            tx.after_commit(lambda: publish_frame(platform.bus, to, frame))
            return KeptDraft(draft, kept=True)
        stands = await store.find_draft(tx, organization_id, subject.id, conversation_id)
        return KeptDraft(stands or draft, kept=False)

    return await platform.database.write(organization_id, work)
