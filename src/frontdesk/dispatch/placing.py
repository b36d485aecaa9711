"""Decisions become assignments, offers to one, or questions to several."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations import (
    OfferFrame,
    deliver_subject,
    get_in,
    get_many_in,
    publish_frame,
    snapshot_of,
)
from frontdesk.core.clock import Millis
from frontdesk.dispatch.giving import Given, give_in
from frontdesk.dispatch.ownership import full, queue_changed, seat_changed, withdraw_too_heavy_in
from frontdesk.dispatch.policies import PREFERENCES
from frontdesk.dispatch.recording import record
from frontdesk.dispatch.store import invitations, queue, seats
from frontdesk.dispatch.store.invitations import Invitation
from frontdesk.dispatch.types import Decision, Outcome, QueueItem
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import Team

ANSWER_S: Final = 30
"""How long somebody who is asked together with others may answer, in a team that sets no time for offers."""
_PERSONAL: Final = frozenset(name for name, _, _ in PREFERENCES)


class Placing(Struct, frozen=True):
    """A decision for one agent. `at`: the moment from which the place is taken; each has its own, in the order of the walk."""

    item: QueueItem
    decision: Decision
    agent_id: int
    at: Millis

    @property
    def given(self) -> Given:
        return Given(self.item, self.agent_id, self.at, self.reason)

    @property
    def reason(self) -> str:
        """Why this agent, as the log says it."""
        return self.decision.policy if self.decision.policy in _PERSONAL else "dispatch"


async def place(
    platform: Platform, tx: Transaction, organization_id: int, team: Team, placings: Sequence[Placing]
) -> Outcome:
    """Give or offer conversations to whom a walk chose; those seats are fitted and must have room.

    The decisions are the caller's to record, with what this returns.
    """
    if team.offer_timeout is None:
        await give_in(platform, tx, organization_id, team.id, [one.given for one in placings])
        return Outcome.ASSIGNED
    await _offer(platform, tx, organization_id, team.id, placings, timeout_ms=team.offer_timeout * 1000)
    return Outcome.OFFERED


async def ask(platform: Platform, tx: Transaction, team: Team, item: QueueItem, decision: Decision) -> bool:
    """Ask those of the decision who have not been asked yet. False: all of them have."""
    organization_id = item.organization_id
    known = {
        one.agent_id for one in await invitations.of_conversations(tx, organization_id, item.conversation_id)
    }
    fresh = [agent_id for agent_id in decision.asked if agent_id not in known]
    if not fresh:
        return False
    expires_at = platform.clock.now() + (team.offer_timeout or ANSWER_S) * 1000
    header = snapshot_of(await get_in(tx, organization_id, item.conversation_id))
    frame = OfferFrame(header, expires_at, "broadcast")
    for agent_id in fresh:
        await invitations.insert(tx, Invitation(organization_id, item.conversation_id, agent_id, expires_at))
        subject = deliver_subject(organization_id, agent_id)
        tx.after_commit(lambda subject=subject: publish_frame(platform.bus, subject, frame))
    await record(platform, tx, organization_id, item.team_id, decision, outcome=Outcome.ASKED)
    return True


async def _offer(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    team_id: int,
    placings: Sequence[Placing],
    *,
    timeout_ms: int,
) -> None:
    takings = sorted(one.given.taking for one in placings)
    offers = [(one.item.conversation_id, one.agent_id, one.at + timeout_ms) for one in placings]
    if not await seats.reserve(tx, organization_id, *takings) or not await queue.offer(
        tx, organization_id, offers
    ):
        raise full()
    await withdraw_too_heavy_in(platform, tx, organization_id, {one.agent_id for one in placings})
    found = await get_many_in(tx, organization_id, [one.item.conversation_id for one in placings])
    for one in placings:
        header = snapshot_of(found[one.item.conversation_id])
        frame = OfferFrame(header, one.at + timeout_ms, one.reason)
        subject = deliver_subject(organization_id, one.agent_id)
        tx.after_commit(lambda subject=subject, frame=frame: publish_frame(platform.bus, subject, frame))
        seat_changed(platform, tx, organization_id, one.agent_id, freed=False)
    queue_changed(platform, tx, organization_id, team_id, matched=True)  # by the walk that offers them
