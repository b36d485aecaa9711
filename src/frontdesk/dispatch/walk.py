"""One walk along a queue, as far as it is thinking: who of those who wait could have one of the free places.

Pure. Production walks over what the database says and writes each decision down; the simulator walks over what it made
up. Both ask the same questions in the same order.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.dispatch.policies import attributes, decide, skills
from frontdesk.dispatch.types import Agent, Decision, Excluded, Rules, Waiting

ASKED: Final = 20
"""How many of a queue everybody is asked about at the same time: the first ones."""
_BY_HAND: Final = "manual"
_TOO_FEW: Final = frozenset({Excluded.FULL, Excluded.KIND_FULL})


class Table:
    """The agents whom the decisions of a walk are about, kept current while places are given away."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        self._agents = {agent.id: agent for agent in agents}
        self._turns = {agent.id: agent.turn for agent in agents}
        self._latest = max((agent.last_assigned_at or 0 for agent in agents), default=0)
        self._with_room = sum(map(_has_room, agents))

    def agents(self) -> list[Agent]:
        return list(self._agents.values())

    def has_room(self) -> bool:
        return self._with_room > 0

    def kinds_with_room(self) -> list[str]:
        """The kinds of conversations for which somebody has a free place."""
        roomy = [agent for agent in self._agents.values() if _has_room(agent)]
        return [kind for kind in ChannelKind if any(_left(agent, kind) > 0 for agent in roomy)]

    def take(self, decision: Decision, now: Millis, weight: int = 1, kind: str = ChannelKind.SITE) -> Millis:
        """Count so many places as given away. Returns the moment of it; no two are the same, so that turns stay in order."""
        self._latest = max(now, self._latest + 1)
        for identity, turn in decision.turns.items():
            self._agents[identity] = replace(self._agents[identity], turn=turn)
        if decision.chosen is not None:
            agent = self._agents[decision.chosen]
            taken = replace(
                agent,
                load=agent.load + weight,
                taken={**agent.taken, kind: agent.taken.get(kind, 0) + weight} if agent.limits else {},
                last_assigned_at=self._latest,
                free_since=self._latest,
            )
            self._agents[agent.id] = taken
            self._with_room -= _has_room(agent) - _has_room(taken)
        return self._latest

    def save(self, waiting: Waiting, full: Sequence[int]) -> None:
        """Of these agents, who have too few free places, let the one that lacks least fill up with nobody behind.

        Else what weighs more would be overtaken for ever: places become free one by one, and what weighs less takes each.
        Who lacks them for this kind alone goes on with the others.
        """
        kind, weight = waiting.kind, waiting.weight
        could = [
            agent
            for agent in map(self._agents.__getitem__, full)
            if agent.capacity >= weight <= _most(agent, kind)
        ]
        nearest = min(could, key=lambda agent: (-_left(agent, kind), agent.id), default=None)
        if nearest is None or nearest.saved:
            return
        if nearest.load + weight <= nearest.capacity:
            self._agents[nearest.id] = replace(nearest, saved_kinds=nearest.saved_kinds | {kind})
            return
        self._agents[nearest.id] = replace(nearest, saved=True)
        self._with_room -= _has_room(nearest)

    def changed_turns(self) -> list[tuple[int, int]]:
        return [
            (agent.id, agent.turn) for agent in self._agents.values() if agent.turn != self._turns[agent.id]
        ]


class PassedOver(Struct, frozen=True):
    """Nobody could have it. `again_at`: when time alone may change that."""

    again_at: Millis | None


class Walk:
    """Ask about one after the other, in the order of the queue, until `has_ended`."""

    def __init__(self, table: Table, rules: Rules, now: Millis) -> None:
        self.table, self._rules, self._now = table, rules, now
        self._hopeless: set[tuple[object, ...]] = set()
        self._asked = 0

    def has_ended(self) -> bool:
        """Whether whoever comes behind need not be looked at: no place is free, or enough are being asked about."""
        return not self.table.has_room() or self._asked >= ASKED

    def passes_over(self, waiting: Waiting) -> PassedOver | None:
        """Tell one whom nobody can have from those before it alone; None when it must be looked at.

        What nobody could have, nobody can have later in the same walk: places only become fewer. Conversations that ask
        for the same are therefore passed over without a look at every agent.
        """
        kind, relaxes_at = self._kind(waiting)
        hopeless = waiting.requested is None and kind in self._hopeless
        return PassedOver(relaxes_at) if hopeless else None

    def look(self, waiting: Waiting) -> Decision:
        """Decide about this one. Who chooses somebody must `table.take` it before the next look."""
        decision = decide(waiting, self.table.agents(), self._rules, self._now)
        if decision.asked:
            self._asked += 1
        elif decision.chosen is None and not _is_held(decision) and self._rules.policy != _BY_HAND:
            self._hopeless.add(self._kind(waiting)[0])
            if waiting.weight > 1:
                self.table.save(waiting, _full(decision))
        return decision

    def _kind(self, waiting: Waiting) -> tuple[tuple[object, ...], Millis | None]:
        """What decides who could have it, and when less will be asked for."""
        asked_for = attributes.needs(waiting, self._rules)
        needs, relaxes_at = skills.relaxed(asked_for, self._rules, waiting.enqueued_at, self._now)
        alike = (waiting.weight, waiting.kind, waiting.department_id, waiting.declined)
        return (*alike, *sorted(needs.items())), relaxes_at


def _has_room(agent: Agent) -> bool:
    return agent.status == "online" and agent.load < agent.capacity and not agent.saved


def _most(agent: Agent, kind: str) -> int:
    """How many places of this kind it may have."""
    return agent.limits.get(kind, agent.capacity)


def _left(agent: Agent, kind: str) -> int:
    """How many of them are free."""
    return min(agent.capacity - agent.load, _most(agent, kind) - agent.taken.get(kind, 0))


def _full(decision: Decision) -> list[int]:
    """Who could have had it with more free places."""
    return [one.agent_id for one in decision.candidates if one.excluded in _TOO_FEW]


def _is_held(decision: Decision) -> bool:
    """Whether somebody could have had it who was kept away."""
    return any(candidate.excluded is Excluded.HELD for candidate in decision.candidates)
