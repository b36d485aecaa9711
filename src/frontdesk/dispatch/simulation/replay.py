"""One day under one set of rules: arrivals, decisions, ends and people who give up, in the order of time."""

from bisect import insort
from collections.abc import Sequence
from enum import IntEnum
from heapq import heappop, heappush

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.learning.trials import Outcome
from frontdesk.dispatch.policies.attributes import head_start_s
from frontdesk.dispatch.simulation.demand import Visitor
from frontdesk.dispatch.simulation.office import Desk, comings_and_goings, open_office
from frontdesk.dispatch.simulation.scenario import Crew, RuleSet
from frontdesk.dispatch.types import Decision, Waiting
from frontdesk.dispatch.walk import Table, Walk


class Visit(Struct, frozen=True):
    """How it went for one visitor. `agent` None: gave up, or nobody was there any more."""

    at: Millis
    waited_ms: int
    agent: int | None = None
    handled_ms: int = 0
    outcome: Outcome | None = None


class _What(IntEnum):
    """What happens. Of things at the same moment, the smaller one happens first."""

    END = 0
    PRESENCE = 1
    ARRIVAL = 2
    WAKE = 3
    GIVE_UP = 4


_Place = tuple[Millis, int]
"""Where in the queue: arrival less head start, then number. As in production."""


class Replay:
    """Give it visitors in the order of their arrival, `run` it, and read `visits` and `desks`.

    `chosen`: the decisions by visitor, where chance has a share in them.
    """

    def __init__(
        self,
        crews: Sequence[Crew],
        rule_set: RuleSet,
        visitors: Sequence[Visitor],
        estimates: Estimates | None = None,
    ) -> None:
        self._rules, self._routing = rule_set.rules(estimates), rule_set.routing
        self._visitors = visitors
        self.desks = open_office(crews)
        self.visits: list[Visit | None] = [None] * len(visitors)
        self._by_number = {desk.id: desk for desk in self.desks}
        self._queue: list[_Place] = []
        self._waiting: dict[int, tuple[_Place, Waiting]] = {}
        self._begun: dict[int, Millis] = {}
        self._woken: set[Millis] = set()
        self._agenda: list[tuple[Millis, _What, int, int]] = []
        self.ended_at: Millis = 0
        self.chosen: dict[int, Decision] = {}

    def run(self) -> Sequence[Visit]:
        """Every visitor's visit, in the order of arrival."""
        if self._visitors:
            heappush(self._agenda, (self._visitors[0].at, _What.ARRIVAL, 0, 0))
        for moment, desk, comes in comings_and_goings(self.desks):
            heappush(self._agenda, (moment, _What.PRESENCE, desk.id, int(comes)))
        while self._agenda:
            now, what, which, detail = heappop(self._agenda)
            if self._happens(now, what, which, detail):
                self.ended_at = now
                self._match(now)
        for number in list(self._waiting):
            self._give_up(number, self.ended_at)
        return [visit for visit in self.visits if visit is not None]

    def _happens(self, now: Millis, what: _What, which: int, detail: int) -> bool:
        """Let it happen; False when it was overtaken by what happened before."""
        match what:
            case _What.ARRIVAL:
                self._arrive(which, now)
            case _What.END:
                desk = self._by_number[which]
                if desk.version != detail:
                    return False
                self._end(desk, now)
            case _What.PRESENCE:
                self._move(self._by_number[which], now, comes=bool(detail))
            case _What.GIVE_UP:
                if which not in self._waiting:
                    return False
                self._give_up(which, now)
            case _What.WAKE:
                self._woken.discard(now)
        return True

    def _arrive(self, number: int, now: Millis) -> None:
        visitor = self._visitors[number]
        place = (now - head_start_s(visitor.facts, self._routing) * 1000, number)
        waiting = Waiting(number, enqueued_at=now, returning_to=visitor.served_by, facts=visitor.facts)
        insort(self._queue, place)
        self._waiting[number] = (place, waiting)
        if visitor.patience_ms is not None:
            heappush(self._agenda, (now + visitor.patience_ms, _What.GIVE_UP, number, 0))
        if number + 1 < len(self._visitors):
            heappush(self._agenda, (self._visitors[number + 1].at, _What.ARRIVAL, number + 1, 0))

    def _move(self, desk: Desk, now: Millis, *, comes: bool) -> None:
        if comes:
            desk.come(now)
        else:
            desk.go()

    def _give_up(self, number: int, now: Millis) -> None:
        at = self._visitors[number].at
        self._leave_queue(number)
        self.visits[number] = Visit(at, now - at)

    def _end(self, desk: Desk, now: Millis) -> None:
        number = desk.end(now)
        at, begun = self._visitors[number].at, self._begun.pop(number)
        outcome = desk.outcome(self._visitors[number], now - begun)
        self.visits[number] = Visit(at, begun - at, desk.id, now - begun, outcome)
        self._plan_end(desk)

    def _match(self, now: Millis) -> None:
        """What `matching` does with the database, done with what is here."""
        if not self._queue:
            return
        walk = Walk(Table([desk.agent() for desk in self.desks]), self._rules, now)
        for place in tuple(self._queue):
            if walk.has_ended():
                return
            waiting = self._waiting[place[1]][1]
            passed = walk.passes_over(waiting)
            if passed is not None:
                self._wake(passed.again_at)
                continue
            decision = walk.look(waiting)
            if decision.chosen is None:
                self._wake(decision.again_at)
                continue
            if self._rules.explore:
                self.chosen[waiting.conversation_id] = decision
            at = walk.table.take(decision, now)
            for identity, turn in decision.turns.items():
                self._by_number[identity].take_turn(turn)
            self._leave_queue(waiting.conversation_id)
            self._begin(self._by_number[decision.chosen], waiting.conversation_id, now, at)

    def _begin(self, desk: Desk, number: int, now: Millis, at: Millis) -> None:
        desk.begin(number, self._visitors[number].work_ms, now, at)
        self._begun[number] = now
        self._plan_end(desk)

    def _plan_end(self, desk: Desk) -> None:
        if desk.load:
            heappush(self._agenda, (desk.next_end(), _What.END, desk.id, desk.version))

    def _wake(self, at: Millis | None) -> None:
        if at is not None and at not in self._woken:
            self._woken.add(at)
            heappush(self._agenda, (at, _What.WAKE, 0, 0))

    def _leave_queue(self, number: int) -> None:
        place, _ = self._waiting.pop(number)
        self._queue.remove(place)
