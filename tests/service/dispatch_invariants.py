"""What holds for a small organization after every step of a random history."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from frontdesk.conversations import Conversation, ConversationState
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Subject
from frontdesk.dispatch import reconcile
from frontdesk.dispatch.types import ItemState, QueueItem
from frontdesk.platform import EVERY_ORGANIZATION, Reader
from frontdesk.staff import Status, members_of_departments, team_members
from tests.service.dispatch_world import Heard, World

Result = TypeVar("Result")
BY_HAND = {"manual", "transfer", "accepted", "taken_over", "given"}


class Invariants(RuleBasedStateMachine):
    """The people, teams and conversations of a history, and what was seen of them after the step before."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.people: list[Subject] = []
        self.teams: list[int] = []
        self.conversations: list[int] = []
        self.heard: dict[int, Heard] = {}
        self.before: dict[int, QueueItem] = {}
        self.decided = 0
        self.asleep: dict[int, int | None] = {}
        self.spoken: dict[int, int | None] = {}
        self.taken: dict[tuple[int, str], int] = {}
        self.forced: set[int] = set()
        self.refused: set[tuple[int, int]] = set()
        self.invited: set[tuple[int, int]] = set()
        self.places: dict[int, tuple[int, frozenset[int]]] = {}
        self.world = self.begin()

    def begin(self) -> World:
        """Open the organization that the history is about."""
        raise NotImplementedError

    def run(self, work: Coroutine[None, None, Result]) -> Result:
        return self.runner.run(work)

    @invariant()
    def everything_holds(self) -> None:
        self.run(self._check())

    async def _check(self) -> None:
        rows = {identity: await self.world.get(identity) for identity in self.conversations}
        queues = {team: await self.world.queue_of(team) for team in self.teams}
        items = {item.conversation_id: item for queue in queues.values() for item in queue}
        self._one_owner(rows, items)
        self._sleep(rows)
        await self._guests_are_listed(rows)
        await self._seats_count(rows, items)
        refused = await self._pairs("refusal")
        self.invited = await self._pairs("invitation")
        await self._no_idle_seat(queues, refused)
        await self._only_who_can_is_asked(items)
        await self._first_come_first_served(items, refused)
        self._positions(queues)
        await self._log_is_whole()
        assert await reconcile(self.world.platform) == []
        self.before, self.refused, self.forced = items, refused, set()

    def _one_owner(self, rows: dict[int, Conversation], items: dict[int, QueueItem]) -> None:
        for row in rows.values():
            assert (row.id in items) == (row.state is ConversationState.WAITING)
            if row.state is ConversationState.ACTIVE:
                assert row.human_agent_id in {one.id for one in self.people}
            if row.state is ConversationState.WAITING:
                assert row.agent_id is None
                assert items[row.id].team_id == row.team_id
            if row.guests:
                assert row.state is ConversationState.ACTIVE
                assert row.agent_id not in row.guest_ids

    def _sleep(self, rows: dict[int, Conversation]) -> None:
        """What sleeps has somebody, and no visitor who has spoken since; what was to wake by now has."""
        for row in rows.values():
            if row.snoozed_until is not None:
                assert row.state is ConversationState.ACTIVE
                assert row.woken_seq is None
            if row.state is not ConversationState.ACTIVE:
                assert (row.snoozed_until, row.woken_seq) == (None, None)
            if row.id in self.asleep and row.snoozed_until == self.asleep[row.id]:
                assert row.snoozed_until is None or row.last_visitor_at == self.spoken[row.id]
            self.asleep[row.id], self.spoken[row.id] = row.snoozed_until, row.last_visitor_at

    async def _guests_are_listed(self, rows: dict[int, Conversation]) -> None:
        async def read(reader: Reader) -> set[tuple[int, int]]:
            found = await reader.fetch("select conversation_id, agent_id from guest where left_at is null")
            return {(row[0], row[1]) for row in found}

        listed = await self.world.platform.database.read(EVERY_ORGANIZATION, read)
        assert listed == {(row.id, guest) for row in rows.values() for guest in row.guest_ids}

    async def _seats_count(self, rows: dict[int, Conversation], items: dict[int, QueueItem]) -> None:
        for agent in self.people:
            seat = await self.world.seat(agent)
            active = [
                row
                for row in rows.values()
                if row.state is ConversationState.ACTIVE and row.agent_id == agent.id
            ]
            assert seat.load == sum(row.weight for row in active)
            assert seat.reserved == sum(item.weight for item in items.values() if item.offered_to == agent.id)
            assert seat.load + seat.reserved <= seat.ceiling
            held = [item for item in items.values() if item.offered_to == agent.id]
            for kind in ChannelKind:
                of_kind = sum(one.weight for one in (*active, *held) if one.kind == kind)
                assert seat.taken[kind] == of_kind
                most, before = seat.limits.get(kind, seat.ceiling), self.taken.get((agent.id, kind), 0)
                # above its limit nothing comes but what a leader gives: it drains
                assert of_kind <= max(most, before) or agent.id in self.forced
                self.taken[agent.id, kind] = of_kind
            assert seat.ceiling == max(seat.capacity, seat.load + seat.reserved)
            all_taken = seat.load + seat.reserved
            # beyond its places nothing comes but what a leader gives: one that was lowered drains
            assert (
                all_taken <= max(seat.capacity, self.taken.get((agent.id, ""), 0)) or agent.id in self.forced
            )
            self.taken[agent.id, ""] = all_taken

    async def _pairs(self, table: str) -> set[tuple[int, int]]:
        async def read(reader: Reader) -> set[tuple[int, int]]:
            rows = await reader.fetch(f"select conversation_id, agent_id from {table}")  # noqa: S608 - two names
            return {(row[0], row[1]) for row in rows}

        return await self.world.platform.database.read(EVERY_ORGANIZATION, read)

    async def _free(self, team: int, department: int | None, kind: str) -> dict[int, int]:
        """The free places for this kind of those who are there, of the department if there is one, else of the team."""
        organization = self.world.organization

        async def read(reader: Reader) -> set[int]:
            if department is None:
                members = await team_members(reader, organization, team)
            else:
                members = (await members_of_departments(reader, organization, [department]))[department]
            return {member.agent_id for member in members if member.status is Status.ONLINE}

        free: dict[int, int] = {}
        for agent_id in await self.world.platform.database.read(EVERY_ORGANIZATION, read):
            seat = await self.world.seat(next(one for one in self.people if one.id == agent_id))
            of_kind = seat.limits.get(kind, seat.capacity) - seat.taken[kind]
            free[agent_id] = min(seat.capacity - seat.load - seat.reserved, of_kind)
        return free

    async def _no_idle_seat(self, queues: dict[int, list[QueueItem]], refused: set[tuple[int, int]]) -> None:
        asks, picks = self.teams[3:]
        for team, queue in queues.items():
            heavy_ahead = 0
            for item in queue:
                by_hand = team == picks and item.department_id is None
                free = {} if by_hand else await self._free(team, item.department_id, item.kind)
                asked = any(one == item.conversation_id for one, _ in self.invited)
                if item.state is ItemState.WAITING and not (asked and team in {asks, picks}):
                    beside = [
                        agent_id
                        for agent_id, places in free.items()
                        if places >= item.weight
                        and (item.conversation_id, agent_id) not in refused
                        and self._surely(item, agent_id)
                    ]
                    # for each that weighs more and is ahead, one agent may let its places become free
                    assert len(beside) <= heavy_ahead
                    heavy_ahead += item.weight > 1

    def _surely(self, item: QueueItem, agent_id: int) -> bool:
        """Whether the rules keep nothing between these two: no department, no skill, nobody else who is waited for."""
        if item.department_id is not None and agent_id != self.people[0].id:
            return False
        if item.team_id not in self.teams[:2]:
            return True
        waited = (self.clock.now() - item.waiting_since) / 1000
        if waited < 40:
            return False
        level = (3 if waited < 30 else 2 if waited < 60 else 0) if "english" in item.facts.page else 0
        return level <= (2 if agent_id == self.people[0].id else 0)

    async def _only_who_can_is_asked(self, items: dict[int, QueueItem]) -> None:
        """Questions are about what waits for the team that asks, or for a department in the team that picks; nobody
        without a place has one.
        """
        for conversation_id, agent_id in self.invited:
            item = items[conversation_id]
            asks = self.teams[3] if item.department_id is None else item.team_id
            assert (item.team_id, item.state) == (asks, ItemState.WAITING)
            seat = await self.world.seat(next(one for one in self.people if one.id == agent_id))
            assert seat.may_take(item.kind, item.weight)

    async def _first_come_first_served(
        self, items: dict[int, QueueItem], refused: set[tuple[int, int]]
    ) -> None:
        """Whoever dispatch gave to an agent in this step was not ahead of its turn: nobody who was before it in the
        queue, and waits on, could have had that agent.
        """
        excused = refused | self.refused
        given = await self._given()
        for identity, was in self.before.items():
            now = items.get(identity)
            team_id, agent_id = (
                given.get(identity, (0, None)) if now is None else (now.team_id, now.offered_to)
            )
            if agent_id is None or was.offered_to is not None or team_id != was.team_id:
                continue  # it was moved to another team first, and waited there
            for other, theirs in self.before.items():
                still = items.get(other)
                if theirs.team_id != was.team_id or _order(theirs) >= _order(was) or still is None:
                    continue
                if still.state is ItemState.WAITING and still.waiting_since == theirs.waiting_since:
                    # who came before may lack places that this one did not need
                    lighter = was.weight < still.weight or (
                        was.kind != still.kind and still.kind in await self._limited(agent_id)
                    )
                    assert lighter or (other, agent_id) in excused or not self._surely(still, agent_id)

    async def _limited(self, agent_id: int) -> Mapping[str, int]:
        return (await self.world.seat(next(one for one in self.people if one.id == agent_id))).limits

    async def _given(self) -> dict[int, tuple[int, int]]:
        """The team and the agent of each conversation whose last decision in this step was dispatch's own."""

        async def read(reader: Reader) -> dict[int, tuple[int, int]]:
            rows = await reader.fetch(
                """select conversation_id, team_id, policy, outcome, chosen_agent_id, id from decision
                where id > $1 order by id""",
                self.decided,
            )
            last = {row[0]: row[1:5] for row in rows}
            self.decided = max((row[5] for row in rows), default=self.decided)
            return {
                identity: (team_id, chosen)
                for identity, (team_id, policy, outcome, chosen) in last.items()
                if outcome == "assigned" and policy not in BY_HAND
            }

        return await self.world.platform.database.read(EVERY_ORGANIZATION, read)

    def _positions(self, queues: dict[int, list[QueueItem]]) -> None:
        """What visitors were told is where they stand; it grows only when somebody was brought back ahead."""
        for queue in queues.values():
            keys = [_order(item) for item in queue]
            assert keys == sorted(keys)
            for place, item in enumerate(queue, start=1):
                ahead = frozenset(one.conversation_id for one in queue[: place - 1])
                told = [
                    frame for frame in self.heard[item.contact_id].of("queue")
                    if frame["conversation"] == str(item.conversation_id)
                ]  # fmt: skip
                assert told
                assert told[-1]["position"] == place
                known = self.places.get(item.conversation_id)
                was = self.before.get(item.conversation_id)
                if known is not None and was is not None and was.waiting_since == item.waiting_since:
                    brought = [one for one in queue[: place - 1] if one.conversation_id not in known[1]]
                    assert all(one.priority > 0 or one.head_start_s > 0 for one in brought)
                    assert place <= known[0] + len(brought)
                self.places[item.conversation_id] = (place, ahead)

    async def _log_is_whole(self) -> None:
        async def read(reader: Reader) -> list[tuple[int, int, int]]:
            rows = await reader.fetch(
                "select c.id, c.head, count(e.id) from conversation c join entry e on e.conversation_id = c.id"
                " group by c.id, c.head having count(e.id) <> c.head"
            )
            return [(row[0], row[1], row[2]) for row in rows]

        assert await self.world.platform.database.read(EVERY_ORGANIZATION, read) == []


def _order(item: QueueItem) -> tuple[int, int]:
    return item.enqueued_at, item.conversation_id
