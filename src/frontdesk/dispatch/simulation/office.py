"""The simulated agents: their places, and how fast the work that they have gets done."""

from collections.abc import Sequence
from heapq import heappop, heappush
from math import ceil, comb
from typing import Final

from msgspec.structs import replace

from frontdesk.core.clock import Millis
from frontdesk.dispatch.learning.trials import Outcome
from frontdesk.dispatch.simulation.demand import HOUR_MS, Visitor
from frontdesk.dispatch.simulation.scenario import Crew
from frontdesk.dispatch.types import Agent

_USUAL_STARS: Final = 4.0
_MORE: Final = 4  # stars above the first
_ROUNDING: Final = 1e-3
"""In milliseconds: what floats may be too late by, so that an end that falls on a moment is not one later."""


class Desk:
    """One agent at work. All of its conversations go on at the same speed, which depends on how many there are.

    `_progress` is how much of its work a conversation that had been there from the beginning would have behind it. One
    of so much work is over when the progress has grown by that much: a changed speed moves all ends and no order.
    """

    def __init__(self, identity: int, crew: Crew) -> None:
        self.id, self.crew = identity, crew
        self.version = 0
        self.served = 0
        self.busy_ms = 0.0
        self._seen = Agent(
            identity,
            "offline" if crew.present else "online",
            0,
            crew.capacity,
            crew.weight,
            free_since=0,
            skills=crew.skills,
        )
        self._open: list[tuple[float, int]] = []
        self._progress, self._since = 0.0, 0.0

    @property
    def load(self) -> int:
        return len(self._open)

    def agent(self) -> Agent:
        """As policies see it."""
        return self._seen

    def come(self, now: Millis) -> None:
        self._seen = replace(self._seen, status="online", free_since=now)

    def go(self) -> None:
        """No new conversation from now on; what is open is brought to its end."""
        self._seen = replace(self._seen, status="offline")

    def take_turn(self, turn: int) -> None:
        """The weighted policy's memory."""
        self._seen = replace(self._seen, turn=turn)

    def begin(self, visitor: int, work_ms: int, now: Millis, at: Millis) -> None:
        """A conversation comes. `at` is the moment that its place was given away, which may be a little later."""
        self._advance(now)
        heappush(self._open, (self._progress + work_ms, visitor))
        self._seen = replace(self._seen, load=len(self._open), last_assigned_at=at, free_since=at)
        self.served += 1

    def end(self, now: Millis) -> int:
        """The conversation that has least left is over; returns whose it was."""
        self._advance(now)
        self._progress, visitor = heappop(self._open)
        self._seen = replace(self._seen, load=len(self._open), free_since=now)
        return visitor

    def outcome(self, visitor: Visitor, handled_ms: int) -> Outcome:
        """How a conversation with this visitor turned out that took so long."""
        rating = self.crew.rating
        stars = rating.get(visitor.facts.language, rating.get("", _USUAL_STARS))
        return Outcome(_rated(stars, visitor.mood), handled_ms, visitor.luck < self.crew.passes_on)

    def next_end(self) -> Millis:
        """When that will be, if nothing changes before."""
        left = self._open[0][0] - self._progress
        return ceil(self._since + max(0.0, left) / self._speed() - _ROUNDING)

    def _advance(self, now: Millis) -> None:
        """Up to now. Whatever is asked for next may change the speed, so the end that was told before holds no more."""
        spent = now - self._since
        if self._open:
            self._progress += spent * self._speed()
            self.busy_ms += spent * len(self._open)
        self._since = float(now)
        self.version += 1

    def _speed(self) -> float:
        return self.crew.speed / (1 + self.crew.slow_down * (len(self._open) - 1))


def _rated(mean: float, mood: float) -> float:
    """A rating of one to five stars with this mean, as a share from 0 to 1: the better the mood, the more of four more."""
    each, stars = (mean - 1) / _MORE, 0
    sure = (1 - each) ** _MORE
    while mood >= sure and stars < _MORE:
        stars += 1
        sure += comb(_MORE, stars) * each**stars * (1 - each) ** (_MORE - stars)
    return stars / _MORE


def open_office(crews: Sequence[Crew]) -> Sequence[Desk]:
    """These agents, numbered from 1."""
    each = [crew for crew in crews for _ in range(crew.count)]
    return [Desk(number, crew) for number, crew in enumerate(each, start=1)]


def comings_and_goings(desks: Sequence[Desk]) -> Sequence[tuple[Millis, Desk, bool]]:
    """When agents come (True) and go (False)."""
    return [
        (int(hours * HOUR_MS), desk, comes)
        for desk in desks
        for stretch in desk.crew.present
        for hours, comes in ((stretch[0], True), (stretch[1], False))
    ]
