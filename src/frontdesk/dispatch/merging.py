"""Making one contact of two by hand: the record, and whose customer it is. The conversations stay where they are."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import Author, Contact, Merge, Source, merge_in
from frontdesk.core.subject import Subject
from frontdesk.dispatch.care import join_cares_in
from frontdesk.dispatch.rights import require_agent
from frontdesk.platform import Platform, Transaction


async def merge_contacts(platform: Platform, subject: Subject, contact_id: int, merge: Merge) -> Contact:
    """The other record becomes a part of this one, for good; returns what the contact is then.

    Staff find everything of both under either id. No browser sees more than before: an agent's judgement proves nobody,
    so each keeps the conversations that were held in it, and nobody's chat is disturbed. Raises what `contacts.merge_in`
    raises.
    """
    require_agent(subject)
    require(subject, Permission.CONTACT_MERGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Contact:
        contact = await merge_in(
            platform, tx, organization_id, contact_id, merge, author=Author(Source.AGENT, subject.id)
        )
        await join_cares_in(tx, organization_id, merge.other_id, contact.id)
        target = Target("contact", contact.id)
        await record_in(
            platform,
            tx,
            subject,
            Action.CONTACT_MERGED,
            target,
            other=str(merge.other_id),
            picks=sorted(merge.picks),
        )
        return contact

    return await platform.database.write(organization_id, work)
