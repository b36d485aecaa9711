"""What the end of a conversation asks of its agent: a wrap-up where the team wants one, and the time to write it.

In that time nothing new comes; it ends by itself, or by hand.
"""

from collections.abc import Sequence
from typing import Final

from frontdesk.auth import Permission, require_in_person
from frontdesk.conversations import Conversation, WrappedUp
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ownership import seat_changed
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.store import seats
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.settings import has_wrap_up_categories
from frontdesk.staff import wants_wrap_up

_BATCH: Final = 200


async def require_wrap_up(reader: Reader, conversation: Conversation, coming: WrappedUp | None) -> None:
    """Raise `conflict` when the conversation's team wants a wrap-up and neither `coming` nor the last one is whole.

    It is whole with a category; where the organization has none to choose from, with anything said.
    """
    organization_id, team_id = conversation.organization_id, conversation.team_id
    if team_id is None or not await wants_wrap_up(reader, organization_id, team_id):
        return
    said = conversation.wrap_up if coming is None else coming
    if said is not None:
        if said.category.strip():
            return
        something = said.solved is not None or said.remark.strip() != ""
        if something and not await has_wrap_up_categories(reader, organization_id):
            return
    raise conflict(
        "dispatch.wrap-up-required",
        "This team closes no conversation without a wrap-up.",
        hint="Say what it was about, then close it.",
    )


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
