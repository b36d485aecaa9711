"""Which visitors look at a tab: said by the tab itself, and true for a moment, so that no process that dies leaves any behind."""

from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.push.store import looks, subscriptions
from frontdesk.push.types import SECOND

LOOK: Final[Millis] = 45 * SECOND  # said anew every 20


async def put_in_sight(platform: Platform, subject: Subject, connection: str, *, visible: bool) -> None:
    """A visitor's tab is in sight for now, or is no more. Nothing is kept of who is told on no device."""
    organization_id = subject.organization_id
    told = await platform.database.read(
        organization_id,
        lambda reader: subscriptions.of_principal(reader, organization_id, SubjectKind.VISITOR, subject.id),
    )
    if not told:
        return
    ends_at = platform.clock.now() + LOOK

    async def work(tx: Transaction) -> None:
        if visible:
            await looks.put(tx, organization_id, connection, subject.id, ends_at)
        else:
            await looks.remove(tx, organization_id, connection)

    await platform.database.write(organization_id, work)
