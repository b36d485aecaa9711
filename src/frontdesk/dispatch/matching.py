"""Matching who waits with who has a free place, in the order of the queue."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from frontdesk.conversations import last_human_agent_in
from frontdesk.core.clock import Millis
from frontdesk.dispatch.placing import ask, place
from frontdesk.dispatch.policies import attributes, decide, skills
from frontdesk.dispatch.recording import record
from frontdesk.dispatch.routing import routing_in, rules_of
from frontdesk.dispatch.store import cares, queue, seats
from frontdesk.dispatch.table import Table
from frontdesk.dispatch.types import Care, Decision, Excluded, Outcome, QueueItem, Rules, Waiting
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import Policy, Team, find_team

BATCH: Final = 50
PAGE: Final = 200
ASKED: Final = 20
"""How many of a queue everybody is asked about at the same time: the first ones."""
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
    table = await Table.lay(tx, organization_id, team_id)
    if not table.has_room():
        return Matched(0, more=False)
    team = await find_team(tx, organization_id, team_id)
    rules = rules_of(team, await routing_in(tx, organization_id, team_id))
    await table.fit(tx, organization_id)
    matching = _Matching(platform, tx, team=team, rules=rules, table=table, settings=settings)
    more = await matching.run(organization_id)
    if matching.placed:
        await seats.set_turns(tx, organization_id, team_id, table.changed_turns())
    return Matched(matching.placed, more=more)


async def record_nobody(platform: Platform, tx: Transaction, item: QueueItem, settings: Settings) -> None:
    """Store why a visitor has to wait."""
    organization_id = item.organization_id
    team = await find_team(tx, organization_id, item.team_id)
    rules = rules_of(team, await routing_in(tx, organization_id, item.team_id))
    table = await Table.lay(tx, organization_id, item.team_id)
    now = platform.clock.now()
    refused = await queue.refusals(tx, organization_id, [item.conversation_id], now)
    care = await cares.find(tx, organization_id, item.contact_id)
    waiting = await waiting_of(
        tx, item, refused.get(item.conversation_id, frozenset()), care, settings=settings, now=now
    )
    decision = decide(waiting, table.agents(), rules, now)
    if decision.chosen is None and not decision.asked:
        outcome = Outcome.PICK if team.policy is Policy.MANUAL else Outcome.NOBODY
        await record(platform, tx, organization_id, item.team_id, decision, outcome=outcome)


async def waiting_of(
    reader: Reader, item: QueueItem, declined: frozenset[int], care: Care, *, settings: Settings, now: Millis
) -> Waiting:
    """A queue's item as policies see it."""
    last = None
    if settings.returning_customer_days > 0:
        since = now - settings.returning_customer_days * _DAY_MS
        last = await last_human_agent_in(reader, item.organization_id, item.contact_id, since)
    return Waiting(
        item.conversation_id,
        item.priority,
        item.waiting_since,
        declined,
        last,
        care.owner_id,
        item.requested,
        item.facts,
    )


class _Matching:
    """One walk along the queue."""

    def __init__(
        self,
        platform: Platform,
        tx: Transaction,
        *,
        team: Team,
        rules: Rules,
        table: Table,
        settings: Settings,
    ) -> None:
        self._platform, self._tx = platform, tx
        self._team, self._rules, self._table, self._settings = team, rules, table, settings
        self._now = platform.clock.now()
        self._hopeless: set[tuple[object, ...]] = set()
        self._asked = 0
        self.placed = 0

    async def run(self, organization_id: int) -> bool:
        """True when the batch was full before queue or places ran out."""
        after: QueueItem | None = None
        while True:
            items = await queue.unoffered(self._tx, organization_id, self._team.id, after=after, limit=PAGE)
            refused = await queue.refusals(
                self._tx, organization_id, [item.conversation_id for item in items], self._now
            )
            known = await cares.find_many(self._tx, organization_id, [item.contact_id for item in items])
            for item in items:
                if not self._table.has_room() or self._asked >= ASKED:
                    return False
                if self.placed >= BATCH:
                    return True
                declined = refused.get(item.conversation_id, frozenset())
                await self._look(item, declined, known.get(item.contact_id, Care()))
            if len(items) < PAGE:
                return False
            after = items[-1]

    async def _look(self, item: QueueItem, declined: frozenset[int], care: Care) -> None:
        """Place this one if anybody may have it, else note when that may change.

        What nobody could have, nobody can have later in the same walk: places only become fewer. Conversations that ask
        for the same are therefore passed over without a look at every agent.
        """
        needs, relaxes_at = self._needs(item)
        kind = (declined, *sorted(needs.items()))
        if item.requested is None and kind in self._hopeless:
            await self._sleep(item, relaxes_at)
            return
        waiting = await waiting_of(self._tx, item, declined, care, settings=self._settings, now=self._now)
        decision = decide(waiting, self._table.agents(), self._rules, self._now)
        if decision.chosen is not None:
            at = self._table.take(decision, self._now)
            await place(self._platform, self._tx, self._team, item, decision, at=at)
            self.placed += 1
        elif decision.asked:
            self._asked += 1
            if await ask(self._platform, self._tx, self._team, item, decision):
                self.placed += 1
        else:
            await self._sleep(item, decision.again_at)
            if not _is_held(decision) and self._team.policy is not Policy.MANUAL:
                self._hopeless.add(kind)

    def _needs(self, item: QueueItem) -> tuple[Mapping[str, int], Millis | None]:
        asked_for = attributes.needs(Waiting(item.conversation_id, facts=item.facts), self._rules)
        return skills.relaxed(asked_for, self._rules, item.waiting_since, self._now)

    async def _sleep(self, item: QueueItem, until: Millis | None) -> None:
        if item.wake_at != until:
            await queue.set_wake_at(self._tx, item.organization_id, item.conversation_id, until)


def _is_held(decision: Decision) -> bool:
    """Whether somebody could have had it who was kept away."""
    return any(candidate.excluded is Excluded.HELD for candidate in decision.candidates)
