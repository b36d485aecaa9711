"""Matching who waits with who has a free place; and taking a waiting conversation by hand."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    OfferFrame,
    deliver_subject,
    get_in,
    last_human_agent_in,
    publish_frame,
    snapshot_of,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ownership import (
    SYSTEM,
    change_in,
    full,
    moved_on,
    queue_changed,
    seat_changed,
    sender_of,
)
from frontdesk.dispatch.policies import decide, exclusion
from frontdesk.dispatch.policies.returning import NAME as RETURNING
from frontdesk.dispatch.rights import require_agent, sees
from frontdesk.dispatch.store import decisions, queue, seats
from frontdesk.dispatch.types import Agent, Candidate, Decision, Outcome, QueueItem, Rules, Waiting
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import UNLIMITED, Member, Status, Team, card, find_team, load, team_members

BATCH: Final = 50
_DAY_MS: Final = 86_400_000
_WAITING: Final = frozenset({ConversationState.WAITING})


class Matched(Struct, frozen=True):
    """What one turn did. `more`: the batch was full, ask again."""

    placed: int
    more: bool


async def run_queue(platform: Platform, organization_id: int, team_id: int) -> int:
    """Give waiting conversations of this team to free places until one of the two runs out; returns how many.

    Order: priority, then arrival. One that nobody free may get (they declined it) is passed over, and keeps its place.
    """
    settings = await get_settings(platform, organization_id)
    placed = 0
    while True:
        matched = await platform.database.write(
            organization_id, lambda tx: match_in(platform, tx, organization_id, team_id, settings)
        )
        placed += matched.placed
        if not matched.more:
            return placed


async def match_in(
    platform: Platform, tx: Transaction, organization_id: int, team_id: int, settings: Settings
) -> Matched:
    """One batch of `run_queue`, in the caller's transaction."""
    members = await people_of(tx, organization_id, team_id)
    if not any(member.status is Status.ONLINE for member in members):
        return Matched(0, more=False)
    items = await queue.unoffered(tx, organization_id, team_id, limit=BATCH * 4)
    if not items:
        return Matched(0, more=False)
    now = platform.clock.now()
    team = await find_team(tx, organization_id, team_id)
    table = await _Table.lay(tx, organization_id, team, members)
    declined = await queue.refusals(tx, organization_id, [item.conversation_id for item in items], now)
    placed = 0
    for item in items:
        if placed >= BATCH:
            return Matched(placed, more=True)
        if not table.has_room():
            break
        waiting = await _waiting(tx, item, declined, settings, now)
        decision = decide(waiting, table.agents(), Rules(team.policy), now)
        if decision.chosen is not None:
            at = table.take(decision, now)
            await _place(platform, tx, team, item, decision, at=at)
            placed += 1
    if placed:
        await seats.set_turns(tx, organization_id, team_id, table.changed_turns())
    return Matched(placed, more=placed > 0 and len(items) == BATCH * 4)


async def take(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Pick a waiting conversation by hand. Repeating it for one's own active conversation changes nothing.

    Raises `dispatch.full` without a free place, `dispatch.offline` while one's status is offline, and a `conflict` when
    somebody else has it by now.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_TAKE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, organization_id, conversation_id)
        if conversation.agent_id == subject.id and conversation.state is ConversationState.ACTIVE:
            return conversation
        if not await sees(tx, subject, conversation):
            raise not_found("conversation")
        if conversation.state is not ConversationState.WAITING:
            raise moved_on()
        await require_present(tx, organization_id, subject.id)
        body = Assigned(await card(tx, organization_id, subject.id), _text(conversation.team_id), "manual")
        draft = Draft(EntryKind.ASSIGNED, await sender_of(tx, subject), body)
        taken = await change_in(platform, tx, organization_id, conversation_id, [draft], expect=_WAITING)
        await record_choice(platform, tx, taken, "manual", subject.id)
        return taken

    return await platform.database.write(organization_id, work)


async def people_of(reader: Reader, organization_id: int, team_id: int) -> Sequence[Member]:
    """The team's human members."""
    members = await team_members(reader, organization_id, team_id)
    return [member for member in members if member.capacity < UNLIMITED]


async def require_present(reader: Reader, organization_id: int, agent_id: int) -> None:
    """Raise `dispatch.offline` when this agent is not there to answer."""
    if (await load(reader, organization_id, agent_id)).status is Status.OFFLINE:
        raise conflict(
            "dispatch.offline",
            "This agent is offline.",
            hint="Choose somebody who is there.",
        )


async def record_choice(
    platform: Platform, tx: Transaction, conversation: Conversation, policy: str, agent_id: int
) -> None:
    """Store a decision that a person took."""
    await _record(
        platform,
        tx,
        conversation.organization_id,
        conversation.team_id or 0,
        Decision(conversation.id, policy, agent_id, [Candidate(agent_id, None, None)]),
        outcome=Outcome.ASSIGNED,
    )


async def record_nobody(platform: Platform, tx: Transaction, item: QueueItem) -> None:
    """Store why a visitor has to wait."""
    team = await find_team(tx, item.organization_id, item.team_id)
    members = await people_of(tx, item.organization_id, item.team_id)
    table = await _Table.lay(tx, item.organization_id, team, members)
    waiting = Waiting(item.conversation_id)
    left_out = [Candidate(agent.id, None, exclusion(waiting, agent)) for agent in table.agents()]
    decision = Decision(item.conversation_id, team.policy, None, left_out)
    await _record(platform, tx, item.organization_id, item.team_id, decision, outcome=Outcome.NOBODY)


async def _waiting(
    tx: Transaction, item: QueueItem, declined: dict[int, frozenset[int]], settings: Settings, now: Millis
) -> Waiting:
    last = None
    if settings.returning_customer_days > 0:
        since = now - settings.returning_customer_days * _DAY_MS
        last = await last_human_agent_in(tx, item.organization_id, item.contact_id, since)
    return Waiting(
        item.conversation_id,
        item.priority,
        item.enqueued_at,
        declined.get(item.conversation_id, frozenset()),
        last,
    )


async def _place(
    platform: Platform,
    tx: Transaction,
    team: Team,
    item: QueueItem,
    decision: Decision,
    *,
    at: Millis,
) -> None:
    organization_id, chosen = item.organization_id, decision.chosen
    if chosen is None:
        return
    if team.offer_timeout is not None:
        await _offer(platform, tx, item, decision, chosen, at=at, expires_at=at + team.offer_timeout * 1000)
        return
    reason = RETURNING if decision.policy == RETURNING else "dispatch"
    body = Assigned(await card(tx, organization_id, chosen), str(team.id), reason)
    draft = Draft(EntryKind.ASSIGNED, SYSTEM, body)
    await change_in(
        platform, tx, organization_id, item.conversation_id, [draft], expect=_WAITING, assigned_at=at
    )
    await _record(platform, tx, organization_id, team.id, decision, outcome=Outcome.ASSIGNED)


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
    held = await seats.reserve(tx, organization_id, chosen, at)
    if not held or not await queue.offer(tx, organization_id, item.conversation_id, chosen, expires_at):
        raise full()
    conversation = await get_in(tx, organization_id, item.conversation_id)
    reason = RETURNING if decision.policy == RETURNING else "dispatch"
    frame = OfferFrame(snapshot_of(conversation), expires_at, reason)
    subject = deliver_subject(organization_id, chosen)
    tx.after_commit(lambda: publish_frame(platform.bus, subject, frame))
    seat_changed(platform, tx, organization_id, chosen, freed=False)
    queue_changed(platform, tx, organization_id, item.team_id)
    await _record(platform, tx, organization_id, item.team_id, decision, outcome=Outcome.OFFERED)


async def _record(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    team_id: int,
    decision: Decision,
    *,
    outcome: Outcome,
) -> None:
    await decisions.insert(
        tx,
        organization_id,
        decision.conversation_id,
        identity=platform.ids.new(),
        at=platform.clock.now(),
        team_id=team_id,
        policy=decision.policy,
        outcome=outcome,
        chosen=decision.chosen,
        candidates=decision.candidates,
    )


class _Table:
    """The team's agents during one batch, kept current while places are given away."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        self._agents = {agent.id: agent for agent in agents}
        self._turns = {agent.id: agent.turn for agent in agents}
        self._latest = max((agent.last_assigned_at or 0 for agent in agents), default=0)

    @staticmethod
    async def lay(tx: Transaction, organization_id: int, team: Team, members: Sequence[Member]) -> "_Table":
        known = await seats.find_many(tx, organization_id, [member.agent_id for member in members])
        turns = await seats.turns(tx, organization_id, team.id)
        agents: list[Agent] = []
        for member in members:
            seat = known.get(member.agent_id)
            if seat is None or seat.capacity != member.capacity:
                await seats.set_capacity(tx, organization_id, member.agent_id, member.capacity)
            agents.append(
                Agent(
                    id=member.agent_id,
                    status=member.status,
                    load=0 if seat is None else seat.load + seat.reserved,
                    capacity=member.capacity,
                    weight=member.weight,
                    turn=turns.get(member.agent_id, 0),
                    last_assigned_at=None if seat is None else seat.last_assigned_at,
                )
            )
        return _Table(agents)

    def agents(self) -> list[Agent]:
        return list(self._agents.values())

    def has_room(self) -> bool:
        return any(
            agent.status == Status.ONLINE and agent.load < agent.capacity for agent in self._agents.values()
        )

    def take(self, decision: Decision, now: Millis) -> Millis:
        """Count a place as given away. Returns the moment of it; no two are the same, so that turns stay in order."""
        self._latest = max(now, self._latest + 1)
        for identity, turn in decision.turns.items():
            self._agents[identity] = replace(self._agents[identity], turn=turn)
        if decision.chosen is not None:
            agent = self._agents[decision.chosen]
            self._agents[agent.id] = replace(agent, load=agent.load + 1, last_assigned_at=self._latest)
        return self._latest

    def changed_turns(self) -> list[tuple[int, int]]:
        return [
            (agent.id, agent.turn) for agent in self._agents.values() if agent.turn != self._turns[agent.id]
        ]


def _text(team_id: int | None) -> str | None:
    return None if team_id is None else str(team_id)
