"""One contact becomes a part of another: its conversations go along, whole."""

from collections.abc import Callable
from typing import Final

from msgspec import structs

from frontdesk.conversations import store, store_contacts
from frontdesk.conversations.frames import ConversationFrame, ResetFrame, deliver_subject, publish_frame
from frontdesk.conversations.membership import ROUTED, routed_of
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.conversations.view import PAGE, entries_for, staff_in
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Platform, Transaction

_VISITOR: Final = SubjectKind.VISITOR


async def move_to_contact_in(
    platform: Platform, tx: Transaction, organization_id: int, *, from_id: int, into_id: int, name: str
) -> list[Conversation]:
    """Every conversation of a contact is the other's from now on, with the words in it; returns those that are open.

    A message that is sent again afterwards, as the other, gets its first answer: the log knows it by its sender, who is
    renamed with it. After the commit the devices of the other get what is open, and agents the header.
    """
    moved: list[Conversation] = []
    for conversation in await store_contacts.move_to_contact(tx, organization_id, from_id, into_id, name):
        last = conversation.last_message
        if last is not None and last.sender.kind is _VISITOR:
            sender = structs.replace(last.sender, id=str(into_id))
            conversation = structs.replace(conversation, last_message=structs.replace(last, sender=sender))  # noqa: PLW2901 - the same conversation, as it is now
            await store.update(tx, conversation)
        moved.append(conversation)
    conversations = [each.id for each in moved]
    await store_contacts.rename_visitor(tx, organization_id, conversations, from_id, into_id)
    still_open = [each for each in moved if each.is_open]
    for conversation in still_open:
        page = await store.entries_before(tx, organization_id, conversation.id, conversation.head + 1, PAGE)
        seen = entries_for(platform, organization_id, page, for_visitor=True)
        reset = ResetFrame(str(conversation.id), snapshot_of(conversation, for_visitor=True), seen)
        tx.after_commit(_telling(platform, conversation, reset))
    return still_open


def _telling(platform: Platform, conversation: Conversation, reset: ResetFrame) -> Callable[[], None]:
    organization_id = conversation.organization_id

    def publish() -> None:
        ROUTED.publish(platform.bus, routed_of(conversation))
        publish_frame(platform.bus, deliver_subject(organization_id, conversation.contact_id), reset)
        frame = ConversationFrame(snapshot_of(conversation))
        for agent_id in sorted(staff_in(conversation)):
            publish_frame(platform.bus, deliver_subject(organization_id, agent_id), frame)

    return publish
