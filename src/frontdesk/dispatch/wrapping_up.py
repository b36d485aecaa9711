"""After a conversation its agent has some time in which nothing new comes: it ends by itself, or by hand."""

from collections.abc import Sequence
from typing import Final

from frontdesk.auth import Permission, require_in_person
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ownership import seat_changed
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.store import seats
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

_BATCH: Final = 200


async def end_wrap_up(platform: Platform, subject: Subject) -> None:
    """Be ready for the next conversation now. Repeating it changes nothing."""
    require_agent(subject)
    if not subject.may(Permission.CONVERSATION_WRITE_OWN):
        require_in_person(subject)
    organization_id, agent_id = subject.organization_id, subject.id

    async def work(tx: Transaction) -> None:
        await _end_in(platform, tx, organization_id, agent_id)

    await platform.database.write(organization_id, work)


async def end_wrap_ups(platform: Platform, organization_ids: Sequence[int]) -> None:
    """Let everybody of these organizations whose time is over have conversations again."""
    now = platform.clock.now()
    for organization_id, agent_id in await platform.database.read(
        EVERY_ORGANIZATION,
        lambda reader: seats.done_wrapping(reader, now, organization_ids, limit=_BATCH),
    ):
        await platform.database.write(
            organization_id,
            lambda tx, organization_id=organization_id, agent_id=agent_id: _end_in(
                platform, tx, organization_id, agent_id
            ),
        )


async def _end_in(platform: Platform, tx: Transaction, organization_id: int, agent_id: int) -> None:
    await seats.wrap(tx, organization_id, agent_id, None)
    seat_changed(platform, tx, organization_id, agent_id, freed=True)
