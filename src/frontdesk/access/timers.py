"""One timer for every connection of a process: a wheel of deadlines instead of a task or a handle each."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

GRAIN: Final = 0.25


class Timed(Protocol):
    """Something with a deadline. `turn` is the wheel's own mark: the turn at which it looks next, 0 for none."""

    turn: int

    def due(self, now: float) -> float | None:
        """Do what is due and return the next deadline, or None when there is none left."""
        ...


class Wheel:
    """Calls `due` at a deadline or up to a quarter of a second after it.

    A deadline that moved further away costs nothing: `due` is called at the old one and names the new one.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._turns: dict[int, list[Timed]] = {}
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_later(GRAIN, self._tick)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def schedule(self, timed: Timed, deadline: float) -> None:
        """Look at this one at the deadline, unless it is looked at before anyway."""
        turn = max(1, int(deadline / GRAIN) + 1)
        if timed.turn == 0 or turn < timed.turn:
            timed.turn = turn
            self._turns.setdefault(turn, []).append(timed)

    def advance(self) -> None:
        """Handle everything that is due now."""
        now = self._monotonic()
        current = int(now / GRAIN)
        for turn in sorted(turn for turn in self._turns if turn <= current):
            for timed in self._turns.pop(turn):
                if timed.turn != turn:
                    continue  # an earlier deadline has overtaken this one
                timed.turn = 0
                deadline = timed.due(now)
                if deadline is not None:
                    self.schedule(timed, max(deadline, now))

    def _tick(self) -> None:
        self._handle = asyncio.get_running_loop().call_later(GRAIN, self._tick)
        self.advance()
