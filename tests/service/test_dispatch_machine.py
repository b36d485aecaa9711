"""Random histories of a small organization, over a real database, with the invariants checked after every step.

The same histories every time; `FRONTDESK_LONG_RUN=<examples>` looks for others, for as long as that takes.
"""

import os
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from msgspec.structs import replace
from typing_extensions import override

from frontdesk.app.engines import open_platform
from frontdesk.auth import create_organization
from frontdesk.conversations import Conversation
from frontdesk.core.channels import ChannelKind
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.dispatch import (
    Care,
    Routing,
    accept,
    close,
    decline,
    dismiss,
    give,
    invite,
    join,
    leave_queue,
    put_back,
    reopen,
    request_human,
    set_care,
    snooze,
    take,
    take_over,
    transfer,
    wake,
)
from frontdesk.dispatch import leave as leave_beside
from frontdesk.dispatch.types import (
    AttributeRule,
    Comparison,
    Condition,
    Onward,
    OverflowStep,
    Relaxation,
)
from frontdesk.platform import Platform
from frontdesk.platform.config import Config, Storage
from frontdesk.settings import change
from frontdesk.staff import Policy, Status
from tests.service.dispatch_invariants import Invariants
from tests.service.dispatch_world import Heard, World

LONG_RUN = int(os.environ.get("FRONTDESK_LONG_RUN", "0"))
AGENTS, TEAMS = 3, 5
numbers = st.integers(0, 1_000)
which_agent = st.integers(0, AGENTS - 1)
which_team = st.integers(0, TEAMS - 1)
ENGLISH = "https://shop.example/english"
RULES = Routing(
    owner_wait_s=40,
    returning_wait_s=20,
    attributes=(AttributeRule((Condition("page", Comparison.CONTAINS, "english"),), {"english": 3}),),
    relaxations=(Relaxation(30, 1), Relaxation(60, 3)),
)
REFUSALS = {ErrorKind.CONFLICT, ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN}


class DispatchMachine(Invariants):
    """Three agents, the first of them in a department, five teams (one with offers, one of everybody, one that asks
    everybody, one that picks), a bot.

    Visitors come and go. One team passes on who waits for too long, or comes when two wait already. Some are VIPs, belong to an agent, need a skill that becomes less with time, or take more than one place.
    """

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.stack = AsyncExitStack()
        super().__init__()
        self.bot = self.run(self.world.add_bot())
        self.department = 0

    @override
    def begin(self) -> World:
        return self.run(self._open())

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
            await self.world.add_team(one, three, policy=Policy.BROADCAST),
            await self.world.add_team(two, three, policy=Policy.MANUAL),
        ]
        self.department = await self.world.add_department(one)
        for contact in range(1, 5):
            await self.world.meet(ENGLISH if contact > 2 else "", contact=contact)
        await self.world.teach(one, english=2)
        for team in self.teams[:2]:
            await self.world.route(team, RULES)
        onward = OverflowStep(Onward.TEAM, str(self.teams[2]))
        await self.world.route(
            self.teams[1],
            replace(RULES, max_waiting=2, when_full=(onward,), max_wait_s=120, when_late=(onward,)),
        )
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

    @rule(
        team=which_team,
        with_bot=st.booleans(),
        contact=st.none() | st.integers(1, 4),
        weight=st.sampled_from([1, 1, 1, 2, 3]),
        kind=st.sampled_from(ChannelKind),
    )
    def arrive(self, team: int, with_bot: bool, contact: int | None, weight: int, kind: ChannelKind) -> None:
        async def work() -> None:
            conversation = await self.world.open(
                self.teams[team],
                bot=self.bot if with_bot else None,
                contact=contact,
                weight=weight,
                kind=kind,
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

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, team=st.none() | which_team)
    def transfer_to_department(self, which: int, agent: int, team: int | None) -> None:
        self.act(
            lambda: transfer(
                self.world.platform,
                self.people[agent],
                self._pick(which),
                team_id=None if team is None else self.teams[team],
                department_id=self.department,
            )
        )

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, other=which_agent, does=st.sampled_from([invite, dismiss]))
    def bring_in(
        self, which: int, agent: int, other: int, does: Callable[..., Awaitable[Conversation]]
    ) -> None:
        whom = self.people[other].id
        self.act(lambda: does(self.world.platform, self.people[agent], self._pick(which), whom))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, answer=st.sampled_from([accept, decline]))
    def answer_colleague(
        self, which: int, agent: int, answer: Callable[..., Awaitable[Conversation]]
    ) -> None:
        self.act(lambda: answer(self.world.platform, self.people[agent], self._pick(which)))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, does=st.sampled_from([take_over, put_back, join, leave_beside]))
    def watch_over(self, which: int, agent: int, does: Callable[..., Awaitable[Conversation]]) -> None:
        self.act(lambda: does(self.world.platform, self.people[agent], self._pick(which)))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent, seconds=st.sampled_from([30, 120, 1_800]))
    def put_aside(self, which: int, agent: int, seconds: int) -> None:
        until = self.clock.now() + seconds * 1000
        self.act(lambda: snooze(self.world.platform, self.people[agent], self._pick(which), until))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers, agent=which_agent)
    def take_up(self, which: int, agent: int) -> None:
        self.act(lambda: wake(self.world.platform, self.people[agent], self._pick(which)))

    @precondition(lambda self: self.conversations)
    @rule(which=numbers)
    def visitor_speaks(self, which: int) -> None:
        async def work() -> None:
            conversation = await self.world.get(self._pick(which))
            await self.world.say(conversation.id, self.world.visitor_of(conversation))

        self.act(work)

    @precondition(lambda self: self.before)
    @rule(which=numbers, agent=which_agent, to=which_agent, force=st.booleans())
    def hand_out(self, which: int, agent: int, to: int, force: bool) -> None:
        waiting, target = sorted(self.before), self.people[to].id
        one = waiting[which % len(waiting)]
        self.forced = {target} if force else set()
        self.act(lambda: give(self.world.platform, self.people[agent], one, target, force=force))

    @rule(contact=st.integers(1, 4), vip=st.integers(0, 5), owner=st.none() | which_agent)
    def care(self, contact: int, vip: int, owner: int | None) -> None:
        owner_id = None if owner is None else self.people[owner].id
        self.act(lambda: set_care(self.world.platform, self.people[0], contact, Care(owner_id, vip)))

    @precondition(lambda self: self.invited)
    @rule(which=numbers, answer=st.sampled_from([accept, decline]))
    def answer_question(self, which: int, answer: Callable[..., Awaitable[Conversation]]) -> None:
        conversation_id, agent_id = sorted(self.invited)[which % len(self.invited)]
        agent = next(one for one in self.people if one.id == agent_id)
        self.act(lambda: answer(self.world.platform, agent, conversation_id))

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

    @rule(agent=which_agent, kind=st.sampled_from(ChannelKind), most=st.none() | st.integers(0, 3))
    def change_limit(self, agent: int, kind: ChannelKind, most: int | None) -> None:
        limits = {} if most is None else {kind.value: most}
        self.act(lambda: self.world.limit(self.people[agent], **limits))

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


DispatchMachine.TestCase.settings = settings(
    max_examples=LONG_RUN or 15,
    derandomize=not LONG_RUN,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestDispatch = DispatchMachine.TestCase
