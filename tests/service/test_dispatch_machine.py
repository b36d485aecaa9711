"""Random histories of a small organization, over a real database, with the invariants checked after every step.

The same histories every time; `FRONTDESK_LONG_RUN=<examples>` looks for others, for as long as that takes.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from frontdesk.app.engines import open_platform
from frontdesk.auth import create_organization
from frontdesk.conversations import Conversation, ConversationState
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    accept,
    close,
    decline,
    leave_queue,
    reconcile,
    reopen,
    request_human,
    take,
    transfer,
)
from frontdesk.dispatch.types import ItemState, QueueItem
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.config import Config, Storage
from frontdesk.settings import change
from frontdesk.staff import Policy, Status, team_members
from tests.service.dispatch_world import Heard, World

Result = TypeVar("Result")
LONG_RUN = int(os.environ.get("FRONTDESK_LONG_RUN", "0"))
AGENTS, TEAMS = 3, 3
numbers = st.integers(0, 1_000)
which_agent = st.integers(0, AGENTS - 1)
which_team = st.integers(0, TEAMS - 1)
REFUSALS = {ErrorKind.CONFLICT, ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN}


class DispatchMachine(RuleBasedStateMachine):
    """Three agents, three teams (one with offers, one of everybody), a bot; visitors come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Subject] = []
        self.teams: list[int] = []
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.folder = tempfile.TemporaryDirectory()
        self.stack = AsyncExitStack()
        self.conversations: list[int] = []
        self.heard: dict[int, Heard] = {}
        self.before: dict[int, QueueItem] = {}
        self.decided = 0
        self.refused: set[tuple[int, int]] = set()
        self.places: dict[int, tuple[int, frozenset[int]]] = {}
        self.world = self.run(self._open())
        self.bot = self.run(self.world.add_bot())

    def run(self, work: Coroutine[None, None, Result]) -> Result:
        return self.runner.run(work)

    def act(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do something that may be refused, then let the dispatcher finish."""

        async def do() -> None:
            try:
                await work()
            except FrontdeskError as refusal:
                if refusal.kind not in REFUSALS:
                    raise
            await self.world.settle()

        self.run(do())

    # ---- setting up ------------------------------------------------------------------------------------------------

    @initialize(capacities=st.tuples(*[st.integers(0, 3)] * AGENTS))
    def set_up(self, capacities: tuple[int, ...]) -> None:
        self.run(self._set_up(capacities))

    async def _set_up(self, capacities: tuple[int, ...]) -> None:
        self.people = [await self.world.add_agent(capacity, role=Role.LEADER) for capacity in capacities]
        one, two, three = self.people
        self.teams = [
            await self.world.add_team(one, two, policy=Policy.WEIGHTED),
            await self.world.add_team(two, three, policy=Policy.LEAST_BUSY, offer_timeout=30),
            await self.world.add_team(one, two, three, policy=Policy.ROUND_ROBIN),
        ]
        await change(self.world.platform, self.world.system, {"queue_timeout_s": 600, "max_waiting": 0})
        await self.world.settle()

    async def _open(self) -> World:
        platform = await self._platform()
        organization = await create_organization(platform, "lantern", "Lantern Shop")
        world = World(platform, organization.id)
        await world.start()
        return world

    async def _platform(self) -> Platform:
        config = Config(storage=Storage(path=Path(self.folder.name)))
        return await self.stack.enter_async_context(open_platform(config, self.clock))

    @override
    def teardown(self) -> None:
        async def end() -> None:
            await self.world.halt()
            await self.stack.aclose()

        self.run(end())
        self.runner.close()
        self.folder.cleanup()

    # ---- what happens ----------------------------------------------------------------------------------------------

    @rule(team=which_team, with_bot=st.booleans(), contact=st.none() | st.integers(1, 4))
    def arrive(self, team: int, with_bot: bool, contact: int | None) -> None:
        async def work() -> None:
            conversation = await self.world.open(
                self.teams[team], bot=self.bot if with_bot else None, contact=contact
            )
            self.conversations.append(conversation.id)
            if conversation.contact_id not in self.heard:
                self.heard[conversation.contact_id] = self._listen(conversation.contact_id)
            visitor = self.world.visitor_of(conversation)
            await request_human(self.world.platform, visitor, conversation.id, team_id=self.teams[team])

        self.act(work)

    @precondition(lambda self: self.conversations)
    @rule(which=numbers)
    def ask_again(self, which: int) -> None:
        self._as_visitor(which, request_human)

    @precondition(lambda self: self.conversations)
    @rule(which=numbers)
    def leave(self, which: int) -> None:
        self._as_visitor(which, leave_queue)

    @precondition(lambda self: self.conversations)
    @rule(which=numbers)
    def visitor_closes(self, which: int) -> None:
        self._as_visitor(which, close)

    @precondition(lambda self: self.conversations)
    @rule(which=numbers)
    def visitor_returns(self, which: int) -> None:
        self.act(lambda: reopen(self.world.platform, self.world.organization, self._pick(which)))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent)
    def take(self, which: int, agent: int) -> None:
        self.act(lambda: take(self.world.platform, self.people[agent], self._pick(which)))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent)
    def agent_closes(self, which: int, agent: int) -> None:
        self.act(lambda: close(self.world.platform, self.people[agent], self._pick(which)))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, to=which_agent)
    def transfer_to_agent(self, which: int, agent: int, to: int) -> None:
        target = self.people[to].id
        self.act(
            lambda: transfer(self.world.platform, self.people[agent], self._pick(which), agent_id=target)
        )

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, team=which_team)
    def transfer_to_team(self, which: int, agent: int, team: int) -> None:
        target = self.teams[team]
        self.act(
            lambda: transfer(
                self.world.platform, self.people[agent], self._pick(which), team_id=target, note="look"
            )
        )

    @precondition(lambda self: any(item.offered_to for item in self.before.values()))
    @rule(which=numbers, answer=st.sampled_from([accept, decline]))
    def answer_offer(self, which: int, answer: Callable[..., Awaitable[Conversation]]) -> None:
        offered = [item for item in self.before.values() if item.offered_to is not None]
        item = offered[which % len(offered)]
        agent = next(one for one in self.people if one.id == item.offered_to)
        self.act(lambda: answer(self.world.platform, agent, item.conversation_id))

    @rule(agent=which_agent, capacity=st.integers(0, 4))
    def change_capacity(self, agent: int, capacity: int) -> None:
        self.act(lambda: self.world.set_capacity(self.people[agent], capacity))

    @rule(agent=which_agent, status=st.sampled_from(Status))
    def change_status(self, agent: int, status: Status) -> None:
        self.act(lambda: self.world.set_status(self.people[agent], status))

    @rule(seconds=st.sampled_from([0.001, 1, 31, 61, 121, 601, 1801]))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)
        self.act(self.world.dispatcher.tick)

    @rule()
    def crash(self) -> None:
        self.run(self._crash())

    async def _crash(self) -> None:
        await self.world.halt()
        await self.stack.aclose()
        self.stack = AsyncExitStack()
        platform = await self._platform()
        self.heard = {contact: Heard.by(platform, self.world.organization, contact) for contact in self.heard}
        self.places = {}
        await self.world.crash(platform)

    def _pick(self, which: int) -> int:
        return self.conversations[which % len(self.conversations)]

    def _listen(self, contact: int) -> Heard:
        return Heard.by(self.world.platform, self.world.organization, contact)

    def _as_visitor(self, which: int, use_case: Callable[..., Awaitable[object]]) -> None:
        async def work() -> None:
            conversation = await self.world.get(self._pick(which))
            await use_case(self.world.platform, self.world.visitor_of(conversation), conversation.id)

        self.act(work)

    # ---- what holds ------------------------------------------------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        self.run(self._check())

    async def _check(self) -> None:
        rows = {identity: await self.world.get(identity) for identity in self.conversations}
        queues = {team: await self.world.queue_of(team) for team in self.teams}
        items = {item.conversation_id: item for queue in queues.values() for item in queue}
        self._one_owner(rows, items)
        await self._seats_count(rows, items)
        refused = await self._refusals()
        await self._no_idle_seat(queues, refused)
        await self._first_come_first_served(items, refused)
        self._positions(queues)
        await self._log_is_whole()
        assert await reconcile(self.world.platform) == []
        self.before, self.refused = items, refused

    def _one_owner(self, rows: dict[int, Conversation], items: dict[int, QueueItem]) -> None:
        for row in rows.values():
            assert (row.id in items) == (row.state is ConversationState.WAITING)
            if row.state is ConversationState.ACTIVE:
                assert row.human_agent_id in {one.id for one in self.people}
            if row.state is ConversationState.WAITING:
                assert row.agent_id is None
                assert items[row.id].team_id == row.team_id

    async def _seats_count(self, rows: dict[int, Conversation], items: dict[int, QueueItem]) -> None:
        for agent in self.people:
            seat = await self.world.seat(agent)
            active = [
                row
                for row in rows.values()
                if row.state is ConversationState.ACTIVE and row.agent_id == agent.id
            ]
            assert seat.load == len(active)
            assert seat.reserved == sum(item.offered_to == agent.id for item in items.values())
            assert seat.load + seat.reserved <= seat.ceiling
            assert seat.ceiling == max(seat.capacity, seat.load + seat.reserved)

    async def _refusals(self) -> set[tuple[int, int]]:
        async def read(reader: Reader) -> set[tuple[int, int]]:
            rows = await reader.fetch("select conversation_id, agent_id from refusal")
            return {(row[0], row[1]) for row in rows}

        return await self.world.platform.database.read(EVERY_ORGANIZATION, read)

    async def _free(self, team: int) -> set[int]:
        async def read(reader: Reader) -> set[int]:
            members = await team_members(reader, self.world.organization, team)
            return {member.agent_id for member in members if member.status is Status.ONLINE}

        free: set[int] = set()
        for agent_id in await self.world.platform.database.read(EVERY_ORGANIZATION, read):
            seat = await self.world.seat(next(one for one in self.people if one.id == agent_id))
            if seat.load + seat.reserved < seat.capacity:
                free.add(agent_id)
        return free

    async def _no_idle_seat(self, queues: dict[int, list[QueueItem]], refused: set[tuple[int, int]]) -> None:
        for team, queue in queues.items():
            free = await self._free(team)
            for item in queue:
                if item.state is ItemState.WAITING:
                    assert all((item.conversation_id, agent_id) in refused for agent_id in free)

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
                    assert (other, agent_id) in excused

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
                if outcome == "assigned" and policy not in {"manual", "transfer", "accepted"}
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
                    assert all(one.priority > 0 for one in brought)
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


def _order(item: QueueItem) -> tuple[int, int, int]:
    return -item.priority, item.enqueued_at, item.conversation_id


DispatchMachine.TestCase.settings = settings(
    max_examples=LONG_RUN or 20,
    derandomize=not LONG_RUN,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestDispatch = DispatchMachine.TestCase
