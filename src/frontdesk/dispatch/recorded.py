"""What really happened to a team's visitors and agents, as days that the simulator can play again.

What the log cannot know is drawn: how long somebody would have waited who was served (patience is exponential, and its mean is
all waiting time of the team by the number of those who gave up, which is the most likely one when who was served is censored), and
how long an agent would have had somebody who left (as long as it had another).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations import Wait, waits_for_team_in
from frontdesk.core.chance import Chance
from frontdesk.core.clock import Millis
from frontdesk.dispatch.simulation import Crew, Given, Visit, Visitor
from frontdesk.dispatch.store import cares
from frontdesk.dispatch.table import people_of
from frontdesk.dispatch.types import Facts
from frontdesk.platform import Reader
from frontdesk.staff import Member, online_spells_in

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
MOST: Final = 10_000
"""Of how many conversations at most; the latest count."""
_Spells = Mapping[int, Sequence[tuple[Millis, Millis]]]


class Recorded(Struct, frozen=True):
    """Days to play again, and how each of them really went."""

    days: Sequence[Given]
    visits: Sequence[Sequence[Visit]]


async def recorded_in(
    reader: Reader, organization_id: int, team_id: int, *, now: Millis, days: int, returning: bool
) -> Recorded:
    """The last whole days. Each begins at the hour at which fewest come, so that hardly anybody is there over its edge.

    `returning`: whether who served last counts.
    """
    since = now - days * DAY_MS
    waits = await waits_for_team_in(reader, organization_id, team_id, since, most=MOST)
    members = await people_of(reader, organization_id, team_id)
    agents = {member.agent_id: member.status for member in members}
    spells = await online_spells_in(reader, organization_id, agents, since, now)
    known = await cares.find_many(reader, organization_id, sorted({wait.contact_id for wait in waits}))
    vips = {contact_id: care.vip for contact_id, care in known.items()}
    return _days(waits, members, spells, vips, begin=_first(waits, since), until=now, returning=returning)


def _first(waits: Sequence[Wait], since: Millis) -> Millis:
    """The first moment of the quietest hour of the day."""
    hours = Counter(wait.began_at % DAY_MS // HOUR_MS for wait in waits)
    quietest = min(range(24), key=lambda hour: (hours[hour], hour))
    return since + (quietest * HOUR_MS - since) % DAY_MS


def _days(
    waits: Sequence[Wait],
    members: Sequence[Member],
    spells: _Spells,
    vips: Mapping[int, int],
    *,
    begin: Millis,
    until: Millis,
    returning: bool,
) -> Recorded:
    unknown = _Unknown(waits)
    last: dict[int, int] = {}
    days: list[Given] = []
    visits: list[Sequence[Visit]] = []
    while begin + DAY_MS <= until:
        crews, numbers = _crews(members, spells, begin)
        came = [wait for wait in waits if begin <= wait.began_at < begin + DAY_MS]
        visitors: list[Visitor] = []
        for wait in came:
            served_by = numbers.get(last.get(wait.contact_id, 0)) if returning else None
            visitors.append(unknown.visitor(wait, wait.began_at - begin, vips, served_by))
            if wait.agent_id is not None:
                last[wait.contact_id] = wait.agent_id
        if crews and came:
            days.append(Given(crews, visitors))
            visits.append([Visit(wait.began_at, wait.waited_ms, wait.agent_id, wait.had_ms) for wait in came])
        begin += DAY_MS
    return Recorded(days, visits)


def _crews(
    members: Sequence[Member], spells: _Spells, begin: Millis
) -> tuple[Sequence[Crew], Mapping[int, int]]:
    """Who was there on this day, as they are now, and the number of each in the simulation."""
    crews: list[Crew] = []
    numbers: dict[int, int] = {}
    for member in members:
        present = tuple(
            (max(0, start - begin) / HOUR_MS, min(DAY_MS, end - begin) / HOUR_MS)
            for start, end in spells[member.agent_id]
            if start < begin + DAY_MS and end > begin and end > start
        )
        if present and member.capacity:
            crews.append(
                Crew(
                    capacity=member.capacity,
                    weight=member.weight,
                    skills=dict(member.skills),
                    present=present,
                )
            )
            numbers[member.agent_id] = len(crews)
    return crews, numbers


class _Unknown:
    """Draws what the log does not say, the same every time."""

    def __init__(self, waits: Sequence[Wait]) -> None:
        left = sum(wait.agent_id is None for wait in waits)
        self._patience = sum(wait.waited_ms for wait in waits) / left if left else None
        self._works = [wait.had_ms for wait in waits if wait.had_ms]
        self._patiences, self._which = Chance("patience"), Chance("work")

    def visitor(self, wait: Wait, at: Millis, vips: Mapping[int, int], served_by: int | None) -> Visitor:
        facts = Facts(
            wait.language,
            str(wait.channel_id),
            wait.page.url,
            wait.page.referrer,
            vips.get(wait.contact_id, 0),
        )
        return Visitor(at, self._work(wait), self._patience_of(wait), facts, served_by)

    def _work(self, wait: Wait) -> int:
        if wait.had_ms or not self._works:
            return max(1, wait.had_ms)
        return self._works[self._which.below(len(self._works))]

    def _patience_of(self, wait: Wait) -> int | None:
        if wait.agent_id is None:
            return wait.waited_ms
        if not self._patience:
            return None
        return wait.waited_ms + int(self._patiences.exponential(self._patience))
