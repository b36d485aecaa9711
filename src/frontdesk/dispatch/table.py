"""The agents whom a batch of decisions is about, kept current while places are given away."""

from collections.abc import Sequence

from msgspec.structs import replace

from frontdesk.core.clock import Millis
from frontdesk.dispatch.store import queue, seats
from frontdesk.dispatch.types import Agent, Decision, Seat
from frontdesk.platform import Reader, Transaction
from frontdesk.staff import UNLIMITED, Member, Status, load, team_members


class Table:
    """The team's people, and those outside of it whom somebody in its queue has asked for."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        self._agents = {agent.id: agent for agent in agents}
        self._turns = {agent.id: agent.turn for agent in agents}
        self._latest = max((agent.last_assigned_at or 0 for agent in agents), default=0)

    @staticmethod
    async def lay(reader: Reader, organization_id: int, team_id: int) -> "Table":
        """As it is now. Seats that do not follow staff's capacity yet are shown as if they did: `fit` makes them."""
        members = list(await people_of(reader, organization_id, team_id))
        inside = {member.agent_id for member in members}
        asked_for = await queue.requested_of(reader, organization_id, team_id)
        members += [await _outsider(reader, organization_id, one) for one in asked_for if one not in inside]
        known = await seats.find_many(reader, organization_id, [member.agent_id for member in members])
        turns = await seats.turns(reader, organization_id, team_id)
        return Table(
            [
                _agent(
                    one, known.get(one.agent_id), turns.get(one.agent_id, 0), in_team=one.agent_id in inside
                )
                for one in members
            ]
        )

    async def fit(self, tx: Transaction, organization_id: int) -> None:
        """Make the seats that are missing, and those of another capacity, what staff says now."""
        known = await seats.find_many(tx, organization_id, list(self._agents))
        for agent in self._agents.values():
            seat = known.get(agent.id)
            if seat is None or seat.capacity != agent.capacity:
                await seats.set_capacity(tx, organization_id, agent.id, agent.capacity)

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
            self._agents[agent.id] = replace(
                agent, load=agent.load + 1, last_assigned_at=self._latest, free_since=self._latest
            )
        return self._latest

    def changed_turns(self) -> list[tuple[int, int]]:
        return [
            (agent.id, agent.turn) for agent in self._agents.values() if agent.turn != self._turns[agent.id]
        ]


async def people_of(reader: Reader, organization_id: int, team_id: int) -> Sequence[Member]:
    """The team's human members."""
    members = await team_members(reader, organization_id, team_id)
    return [member for member in members if member.capacity < UNLIMITED]


async def _outsider(reader: Reader, organization_id: int, agent_id: int) -> Member:
    agent = await load(reader, organization_id, agent_id)
    return Member(agent.id, 1, agent.nickname, agent.capacity, agent.status, agent.status_since, agent.skills)


def _agent(member: Member, seat: Seat | None, turn: int, *, in_team: bool) -> Agent:
    last, freed = (None, None) if seat is None else (seat.last_assigned_at, seat.freed_at)
    return Agent(
        id=member.agent_id,
        status=member.status,
        load=0 if seat is None else seat.load + seat.reserved,
        capacity=member.capacity,
        weight=member.weight,
        turn=turn,
        last_assigned_at=last,
        in_team=in_team,
        free_since=max(last or 0, freed or 0, member.status_since),
        skills=member.skills,
    )
