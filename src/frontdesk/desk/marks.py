"""Pins and important marks: an agent's own order in the list."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import deliver_subject, get_readable, publish_frame
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.desk import store
from frontdesk.desk.frames import MarksFrame
from frontdesk.desk.types import MAX_MARKS, Marks, MarksView
from frontdesk.platform import Platform, Reader, Transaction


async def flag_conversation(
    platform: Platform, subject: Subject, conversation_id: int, *, important: bool
) -> bool:
    """Mark a conversation as important for oneself, or take that back, and leave the pin. Whether anything changed."""
    require(subject, Permission.CONVERSATION_READ_OWN)

    async def read(reader: Reader) -> MarksView | None:
        return await store.find_marks(reader, subject.organization_id, subject.id, conversation_id)

    known = await platform.database.read(subject.organization_id, read)
    marks = Marks(pinned=known is not None and known.pinned, important=important)
    await mark_conversation(platform, subject, conversation_id, marks)
    return (known is not None and known.important) != important


async def mark_conversation(
    platform: Platform, subject: Subject, conversation_id: int, marks: Marks
) -> MarksView:
    """Pin a conversation for oneself or mark it as important, or take that back. A repeat changes nothing.

    Raises `not_found` for a conversation that one may not read, and a `conflict` beyond 1,000 marked ones.
    """
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id
    view = MarksView(str(conversation_id), marks.pinned, marks.important)
    now = platform.clock.now()

    async def work(tx: Transaction) -> MarksView:
        await get_readable(tx, subject, conversation_id)
        await store.put_marks(tx, organization_id, subject.id, view, now)
        if await store.count_marks(tx, organization_id, subject.id) > MAX_MARKS:
            raise conflict(
                "desk.too-many-marks",
                f"You have marked {MAX_MARKS} conversations already.",
                hint="Take back a mark that you no longer need.",
            )
        frame, to = MarksFrame(view), deliver_subject(organization_id, subject.id)
        tx.after_commit(lambda: publish_frame(platform.bus, to, frame))
        return view

    return await platform.database.write(organization_id, work)
