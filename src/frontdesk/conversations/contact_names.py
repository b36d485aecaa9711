"""A contact's new name reaches its conversations and the screens that show them."""

from collections.abc import Callable

from frontdesk.contacts import CONTACT_CHANGED, ContactChanged, find_contact_in
from frontdesk.conversations import store_contacts
from frontdesk.conversations.frames import ConversationFrame, deliver_subject, publish_frame
from frontdesk.conversations.rows import snapshot_of
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks


def follow_contact_names(platform: Platform, tasks: Tasks) -> Callable[[], None]:
    """Keep the names in headers equal to the contacts'; returns how to stop.

    Every process that follows does the same; the first one changes something, and it alone tells. At the start, and when
    the bus may have lost news, the open conversations are compared.
    """

    def changed(event: ContactChanged) -> None:
        tasks.run_once("rename-contact", _rename(platform, event.organization_id, event.contact_id))

    def look_again() -> None:
        tasks.run_once("compare-contacts", _compare(platform))

    stops = (CONTACT_CHANGED.subscribe(platform.bus, changed), platform.bus.on_loss(look_again))
    look_again()

    def stop() -> None:
        for leave in stops:
            leave()

    return stop


async def _compare(platform: Platform) -> None:
    """Rename where an open conversation's header has another name than its contact."""

    async def read(reader: Reader) -> list[tuple[int, int]]:
        different: list[tuple[int, int]] = []
        for organization_id, contact_id, name in await store_contacts.open_contacts(reader):
            contact = await find_contact_in(reader, organization_id, contact_id)
            if contact is not None and contact.name != name:
                different.append((organization_id, contact_id))
        return different

    await platform.bus.subscribed()
    for organization_id, contact_id in await platform.database.read(EVERY_ORGANIZATION, read):
        await _rename(platform, organization_id, contact_id)


async def _rename(platform: Platform, organization_id: int, contact_id: int) -> None:
    """Put the name that the contact has now into its conversations."""

    async def work(tx: Transaction) -> None:
        contact = await find_contact_in(tx, organization_id, contact_id)
        if contact is None:
            return
        renamed = await store_contacts.rename_contact(tx, organization_id, contact_id, contact.name)

        def publish() -> None:
            for conversation in renamed:
                if conversation.agent_id is not None:
                    subject = deliver_subject(conversation.organization_id, conversation.agent_id)
                    publish_frame(platform.bus, subject, ConversationFrame(snapshot_of(conversation)))

        tx.after_commit(publish)

    await platform.database.write(organization_id, work)
