"""A decision becomes an assignment, an offer to one, or a question to several."""

from typing import Final

from frontdesk.conversations import (
    Assigned,
    ConversationState,
    Draft,
    EntryKind,
    OfferFrame,
    deliver_subject,
    get_in,
    publish_frame,
    snapshot_of,
)
from frontdesk.core.clock import Millis
from frontdesk.dispatch.ownership import SYSTEM, SeatUse, change_in, full, queue_changed, seat_changed
from frontdesk.dispatch.policies import PREFERENCES
from frontdesk.dispatch.recording import record
from frontdesk.dispatch.store import invitations, queue, seats
from frontdesk.dispatch.store.invitations import Invitation
from frontdesk.dispatch.types import Decision, Outcome, QueueItem
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import Team, card

ANSWER_S: Final = 30
"""How long somebody who is asked together with others may answer, in a team that sets no time for offers."""
_PERSONAL: Final = frozenset(name for name, _, _ in PREFERENCES)
_WAITING: Final = frozenset({ConversationState.WAITING})


async def place(
    platform: Platform,
    tx: Transaction,
    team: Team,
    item: QueueItem,
    decision: Decision,
    *,
    chosen: int,
    at: Millis,
) -> Outcome:
    """Give or offer a conversation to whom the decision chose; that seat is fitted and must have room.

    The decision is the caller's to record, with what this returns.
    """
    organization_id = item.organization_id
    if team.offer_timeout is not None:
        await _offer(platform, tx, item, decision, chosen, at=at, expires_at=at + team.offer_timeout * 1000)
        return Outcome.OFFERED
    body = Assigned(await card(tx, organization_id, chosen), str(team.id), _reason(decision))
    draft = Draft(EntryKind.ASSIGNED, SYSTEM, body)
    await change_in(
        platform,
        tx,
        organization_id,
        item.conversation_id,
        [draft],
        expect=_WAITING,
        use=SeatUse.FITTED,
        item=item,
        assigned_at=at,
    )
    return Outcome.ASSIGNED


async def ask(platform: Platform, tx: Transaction, team: Team, item: QueueItem, decision: Decision) -> bool:
    """Ask those of the decision who have not been asked yet. False: all of them have."""
    organization_id = item.organization_id
    known = {
        one.agent_id for one in await invitations.of_conversation(tx, organization_id, item.conversation_id)
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
    item: QueueItem,
    decision: Decision,
    chosen: int,
    *,
    at: Millis,
    expires_at: Millis,
) -> None:
    organization_id = item.organization_id
    held = await seats.reserve(tx, organization_id, chosen, at, item.weight)
    if not held or not await queue.offer(tx, organization_id, item.conversation_id, chosen, expires_at):
        raise full()
    conversation = await get_in(tx, organization_id, item.conversation_id)
    frame = OfferFrame(snapshot_of(conversation), expires_at, _reason(decision))
    subject = deliver_subject(organization_id, chosen)
    tx.after_commit(lambda: publish_frame(platform.bus, subject, frame))
    seat_changed(platform, tx, organization_id, chosen, freed=False)
    queue_changed(platform, tx, organization_id, item.team_id)


def _reason(decision: Decision) -> str:
    """Why this agent, as the log says it."""
    return decision.policy if decision.policy in _PERSONAL else "dispatch"
