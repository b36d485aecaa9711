"""Matching who waits with who has a free place, in the order of the queue."""

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Final

from msgspec import Struct

from frontdesk.conversations import Conversation, last_human_agents_in
from frontdesk.core.clock import Millis
from frontdesk.dispatch.ownership import queue_changed
from frontdesk.dispatch.placing import Placing, ask, place
from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.recording import record, record_all
from frontdesk.dispatch.routing import routing_in, rules_of
from frontdesk.dispatch.store import cares, queue, seats
from frontdesk.dispatch.table import Laid, fit, lay
from frontdesk.dispatch.types import Care, ItemState, Outcome, QueueItem, Rules, StoredRouting, Waiting
from frontdesk.dispatch.walk import Walk
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import Policy, Team, find_team

BATCH: Final = 75
PAGES: Final = (25, 50, 100, 200)
"""How much of the queue is read at a time. Most walks end among the first: one place was freed, one visitor came."""
_DAY_MS: Final = 86_400_000


class Matched(Struct, frozen=True):
    """What one turn did. `more`: the batch was full, run it again."""

    placed: int
    more: bool


async def run_queue(platform: Platform, organization_id: int, team_id: int) -> int:
    """Give waiting conversations of this team to free places until one of the two runs out; returns how many.

    One that nobody free may get (they declined it, lack a skill, or it waits for somebody) is passed over, and keeps
    its place.
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
    laid = await lay(tx, organization_id, team_id, platform.clock.now())
    if not laid.table.has_room():
        return Matched(0, more=False)
    holds = await routing_in(tx, organization_id, team_id)
    matching = await _Matching.of(platform, tx, organization_id, laid=laid, holds=holds, settings=settings)
    return await matching.run()


async def match_arrival_in(
    platform: Platform, tx: Transaction, conversation: Conversation, holds: StoredRouting, settings: Settings
) -> QueueItem | None:
    """One batch, because this conversation has come into the queue of the team whose rules these are, and why it has to
    wait if it does.

    Returns its place in the queue; None when somebody has it.
    """
    organization_id, team_id = conversation.organization_id, holds.team_id
    laid = await lay(tx, organization_id, team_id, platform.clock.now())
    matching = await _Matching.of(platform, tx, organization_id, laid=laid, holds=holds, settings=settings)
    if laid.table.has_room() and (await matching.run()).more:
        queue_changed(platform, tx, organization_id, team_id)
    item = await queue.find(tx, organization_id, conversation.id)
    if item is not None and item.state is ItemState.WAITING:
        await matching.record_nobody(item)
    return item


def waiting_of(
    item: QueueItem,
    declined: frozenset[int],
    care: Care,
    served_by: int | None,
    *,
    departments: frozenset[int],
) -> Waiting:
    """A queue's item as policies see it. A department that is none of these is no more, and keeps nobody away."""
    return Waiting(
        item.conversation_id,
        item.priority,
        item.waiting_since,
        declined,
        served_by,
        care.owner_id,
        item.requested,
        item.facts,
        weight=item.weight,
        kind=item.kind,
        department_id=item.department_id if item.department_id in departments else None,
    )


async def last_agents_of(
    reader: Reader, organization_id: int, items: Sequence[QueueItem], *, settings: Settings, now: Millis
) -> Mapping[int, int]:
    """By contact: the human who served it last, where that counts."""
    if settings.returning_customer_days <= 0 or not items:
        return {}
    since = now - settings.returning_customer_days * _DAY_MS
    return await last_human_agents_in(reader, organization_id, [item.contact_id for item in items], since)


class _Matching:
    """One walk along the queue. What it decides is written down together, behind its end."""

    def __init__(
        self,
        platform: Platform,
        tx: Transaction,
        organization_id: int,
        *,
        team: Team,
        laid: Laid,
        rules: Rules,
        settings: Settings,
    ) -> None:
        self._platform, self._tx, self._organization_id = platform, tx, organization_id
        self._team, self._laid, self._rules, self._settings = team, laid, rules, settings
        self._now = platform.clock.now()
        self._walk = Walk(laid.table, rules, self._now)
        self._placings: list[Placing] = []
        self._asleep: list[tuple[int, Millis | None]] = []
        self._asked = 0

    @classmethod
    async def of(
        cls,
        platform: Platform,
        tx: Transaction,
        organization_id: int,
        *,
        laid: Laid,
        holds: StoredRouting,
        settings: Settings,
    ) -> "_Matching":
        """By the rules that hold for this team now."""
        team = await find_team(tx, organization_id, holds.team_id)
        rules = await rules_of(tx, organization_id, team, holds)
        return cls(platform, tx, organization_id, team=team, laid=laid, rules=rules, settings=settings)

    async def run(self) -> Matched:
        """Fit the seats, walk, and write down what was decided."""
        await fit(self._tx, self._organization_id, self._laid)
        more = await self._walk_along()
        await self._write_down()
        return Matched(self._placed, more=more)

    async def record_nobody(self, item: QueueItem) -> None:
        """Store why this one waits, unless somebody could have it: then the next walk comes to it."""
        organization_id = self._organization_id
        refused = await queue.refusals(self._tx, organization_id, [item.conversation_id], self._now)
        care = await cares.find(self._tx, organization_id, item.contact_id)
        served = await last_agents_of(
            self._tx, organization_id, [item], settings=self._settings, now=self._now
        )
        declined, served_by = refused.get(item.conversation_id, frozenset()), served.get(item.contact_id)
        waiting = waiting_of(item, declined, care, served_by, departments=self._laid.departments)
        decision = decide(waiting, self._laid.table.agents(), self._rules, self._now)
        if decision.chosen is None and not decision.asked:
            outcome = Outcome.PICK if self._team.policy is Policy.MANUAL else Outcome.NOBODY
            await record(self._platform, self._tx, organization_id, item.team_id, decision, outcome=outcome)

    @property
    def _placed(self) -> int:
        return len(self._placings) + self._asked

    async def _walk_along(self) -> bool:
        """True when the batch was full before queue or places ran out."""
        organization_id = self._organization_id
        after: QueueItem | None = None
        for page in chain(PAGES, repeat(PAGES[-1])):
            kinds = self._laid.table.kinds_with_room()
            items = await queue.unoffered(
                self._tx, organization_id, self._team.id, after=after, kinds=kinds, limit=page
            )
            refused = await queue.refusals(
                self._tx, organization_id, [item.conversation_id for item in items], self._now
            )
            known = await cares.find_many(self._tx, organization_id, [item.contact_id for item in items])
            served = await last_agents_of(
                self._tx, organization_id, items, settings=self._settings, now=self._now
            )
            for item in items:
                if self._walk.has_ended():
                    return False
                if self._placed >= BATCH:
                    return True
                declined = refused.get(item.conversation_id, frozenset())
                care = known.get(item.contact_id, Care())
                served_by = served.get(item.contact_id)
                waiting = waiting_of(item, declined, care, served_by, departments=self._laid.departments)
                await self._look(item, waiting)
            if len(items) < page:
                break
            after = items[-1]
        return False

    async def _write_down(self) -> None:
        """Let those who were chosen have what they were chosen for, and keep why."""
        tx, team, organization_id = self._tx, self._team, self._organization_id
        await queue.set_wake_at(tx, organization_id, self._asleep)
        if self._placings:
            outcome = await place(self._platform, tx, organization_id, team, self._placings)
            decided = [(one.decision, outcome) for one in self._placings]
            await record_all(self._platform, tx, organization_id, team.id, decided)
            await seats.set_turns(tx, organization_id, team.id, self._walk.table.changed_turns())

    async def _look(self, item: QueueItem, waiting: Waiting) -> None:
        """Place this one if anybody may have it, else note when that may change."""
        passed = self._walk.passes_over(waiting)
        if passed is not None:
            self._sleep(item, passed.again_at)
            return
        decision = self._walk.look(waiting)
        if decision.chosen is not None:
            at = self._walk.table.take(decision, self._now, item.weight, item.kind)
            self._placings.append(Placing(item, decision, decision.chosen, at))
        elif decision.asked:
            self._asked += await ask(self._platform, self._tx, self._team, item, decision)
        else:
            self._sleep(item, decision.again_at)

    def _sleep(self, item: QueueItem, until: Millis | None) -> None:
        if item.wake_at != until:
            self._asleep.append((item.conversation_id, until))
