"""A contact's new name reaches its conversations and the screens that show them."""

from collections.abc import Callable

from frontdesk.contacts import CONTACT_CHANGED, ContactChanged
from frontdesk.conversations import store
from frontdesk.conversations.frames import ConversationFrame, deliver_subject, publish_frame
from frontdesk.conversations.rows import snapshot_of
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.tasks import Tasks


def follow_contact_names(platform: Platform, tasks: Tasks) -> Callable[[], None]:
    """Keep the names in headers equal to the contacts'; returns how to stop.

    Every process that follows does the same; the first one changes something, and it alone tells.
    """

    async def rename(event: ContactChanged) -> None:
        async def work(tx: Transaction) -> None:
            renamed = await store.rename_contact(tx, event.organization_id, event.contact_id, event.name)

            def publish() -> None:
                for conversation in renamed:
                    if conversation.agent_id is not None:
                        subject = deliver_subject(conversation.organization_id, conversation.agent_id)
                        publish_frame(platform.bus, subject, ConversationFrame(snapshot_of(conversation)))

            tx.after_commit(publish)

        await platform.database.write(event.organization_id, work)

    def changed(event: ContactChanged) -> None:
        tasks.run_once("rename-contact", rename(event))

    return CONTACT_CHANGED.subscribe(platform.bus, changed)
