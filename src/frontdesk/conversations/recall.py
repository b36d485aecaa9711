"""Taking back a message shortly after sending it."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import store
from frontdesk.conversations.append import append_in
from frontdesk.conversations.entries import Draft, EntryKind, Recalled, Sender
from frontdesk.conversations.view import staff_in
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import get as get_settings


async def recall(platform: Platform, subject: Subject, conversation_id: int, seq: int) -> None:
    """Empty one's own message, for everybody and for good; allowed within `recall_window_s` of sending it.

    A repeat changes nothing. Raises `not_found` for somebody else's message and a `conflict` once the time is over.
    """
    settings = await get_settings(platform, subject.organization_id)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        conversation = await store.get(tx, organization_id, conversation_id)
        visitor = subject.kind is SubjectKind.VISITOR
        takes_part = (
            subject.id == conversation.contact_id if visitor else subject.id in staff_in(conversation)
        )
        entry = await store.entry_at(tx, organization_id, conversation_id, seq)
        if not takes_part or entry is None or entry.kind is not EntryKind.MESSAGE:
            raise not_found("message")
        if entry.sender.kind is not subject.kind or int(entry.sender.id) != subject.id:
            raise not_found("message")
        if subject.kind is SubjectKind.AGENT:
            require(subject, Permission.CONVERSATION_WRITE_OWN)
        if entry.recalled is True:
            return
        if platform.clock.now() - entry.at > settings.recall_window_s * 1000:
            raise conflict(
                "conversations.recall-too-late",
                f"A message can be taken back within {settings.recall_window_s} seconds.",
                hint="Send a correction instead.",
            )
        await store.blank_entry(tx, organization_id, conversation_id, seq)
        sender = Sender(subject.kind, str(subject.id), entry.sender.name)
        draft = Draft(EntryKind.RECALLED, sender, Recalled(seq))
        await append_in(platform, tx, organization_id, conversation_id, [draft])

    await platform.database.write(organization_id, work)
