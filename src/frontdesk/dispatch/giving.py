"""Giving to agents what waits, as much as one walk along the queue has decided, with as many statements as for one.

What `change_in` does for a conversation that may be anywhere, this does for those that wait and are offered to nobody
alone: their log, the seats and the queue move in the caller's transaction, and the same holds in every committed state.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations import (
    Assigned,
    ConversationState,
    Draft,
    EntryKind,
    append_each_in,
    get_many_in,
)
from frontdesk.core.clock import Millis
from frontdesk.dispatch.ownership import (
    SHORTEST_WAIT_MS,
    SYSTEM,
    end_invitation_in,
    full,
    queue_changed,
    seat_changed,
    withdraw_too_heavy_in,
)
from frontdesk.dispatch.store import invitations, queue, seats, waits, watches
from frontdesk.dispatch.store.seats import Taking
from frontdesk.dispatch.types import OfferEnd, QueueItem
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import cards

_WAITING: Final = frozenset({ConversationState.WAITING})


class Given(Struct, frozen=True):
    """A place in the queue, who gets it, from which moment on, and the reason that the log tells."""

    item: QueueItem
    agent_id: int
    at: Millis
    reason: str

    @property
    def taking(self) -> Taking:
        return Taking(self.agent_id, self.at, self.item.weight, self.item.kind)


async def give_in(
    platform: Platform, tx: Transaction, organization_id: int, team_id: int, given: Sequence[Given]
) -> None:
    """Give all of these, which wait for the team, to agents whose seats are what staff says now (`table.fit`).

    Raises `dispatch.full`, and changes nothing, when one of the places is not there.
    """
    people = await cards(tx, organization_id, [one.agent_id for one in given])
    found = await get_many_in(tx, organization_id, [one.item.conversation_id for one in given])
    changes = [
        (
            found[one.item.conversation_id],
            [Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(people[one.agent_id], str(team_id), one.reason))],
        )
        for one in given
    ]
    await append_each_in(platform, tx, organization_id, changes, expect=_WAITING)
    await _leave_queue(platform, tx, organization_id, team_id, given)
    await _take_places(platform, tx, organization_id, given)
    now = platform.clock.now()
    await watches.restart(tx, organization_id, now, {one.item.conversation_id: None for one in given})


async def _leave_queue(
    platform: Platform, tx: Transaction, organization_id: int, team_id: int, given: Sequence[Given]
) -> None:
    owners = {one.item.conversation_id: one.agent_id for one in given}
    for one in await invitations.of_conversations(tx, organization_id, *owners):
        accepted = owners[one.conversation_id] == one.agent_id
        await end_invitation_in(platform, tx, one, OfferEnd.ACCEPTED if accepted else OfferEnd.WITHDRAWN)
    await queue.delete(tx, organization_id, *owners)
    now = platform.clock.now()
    waited = [one.item.waiting_since for one in given if now - one.item.waiting_since >= SHORTEST_WAIT_MS]
    if waited:
        began = [(platform.ids.new(), since) for since in waited]
        await waits.insert(tx, organization_id, team_id, began, ended_at=now, served=True)
    queue_changed(platform, tx, organization_id, team_id, matched=True)  # by the walk that gives them


async def _take_places(
    platform: Platform, tx: Transaction, organization_id: int, given: Sequence[Given]
) -> None:
    """In the order of the agents, and of each agent's moments: two who take places never wait for each other."""
    if not await seats.occupy(tx, organization_id, *sorted(one.taking for one in given)):
        raise full()
    await withdraw_too_heavy_in(platform, tx, organization_id, {one.agent_id for one in given})
    for one in given:
        seat_changed(platform, tx, organization_id, one.agent_id, freed=False)
