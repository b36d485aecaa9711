"""Random steps of everybody in a small organization: visitors, agents, leaders, time, and what refuses them."""

from collections import Counter, deque
from collections.abc import Awaitable, Callable
from random import Random

from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    accept,
    close,
    decline,
    give,
    join,
    leave,
    leave_queue,
    put_back,
    reopen,
    request_human,
    snooze,
    take,
    take_over,
    transfer,
    wake,
)
from frontdesk.platform import EVERY_ORGANIZATION, Reader
from frontdesk.staff import Policy, Status
from tests.service.dispatch_world import World

REFUSALS = {ErrorKind.CONFLICT, ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN}
OVER = "dispatch.snooze-until"  # of several hands, one waits while the overseer moves the clock
AGENTS, KEPT = 4, 24
WEIGHTS = (1, 1, 1, 2, 3)
Step = Callable[[], Awaitable[object]]


class Steps:
    """Chooses steps by a seed. What is refused counts as taken: a refusal must leave everything as it was, too."""

    def __init__(self, world: World, clock: ManualClock, seed: int) -> None:
        self.world, self.clock = world, clock
        self.dice = Random(seed)  # noqa: S311 - moments of a test
        self.people: list[Subject] = []
        self.steady: list[int] = []
        self.teams: list[int] = []
        self.open: deque[int] = deque()
        self.taken: Counter[str] = Counter()
        self.refused = 0

    async def set_up(self) -> None:
        world = self.world
        self.people = [await world.add_agent(2, role=Role.LEADER) for _ in range(AGENTS)]
        one, two, three, four = self.people
        await world.limit(one, site=1, app=1, messaging=1)
        await world.limit(three, site=2, app=1)
        self.steady = [one.id, three.id]
        self.teams = [
            await world.add_team(one, two, policy=Policy.WEIGHTED),
            await world.add_team(two, three, policy=Policy.LEAST_BUSY, offer_timeout=30),
            await world.add_team(one, two, three, four, policy=Policy.ROUND_ROBIN),
            await world.add_team(three, four, policy=Policy.BROADCAST),
            await world.add_team(one, four, policy=Policy.MANUAL),
        ]

    async def step(self) -> None:
        """One more, of a kind that fits the moment."""
        kind = self.dice.choices(list(KINDS), list(KINDS.values()))[0]
        if len(self.open) > KEPT:
            kind = "end_oldest"
        elif not self.open:
            kind = "arrive"
        self.taken[kind] += 1
        try:
            await getattr(self, f"_{kind}")()
        except FrontdeskError as refusal:
            if refusal.kind not in REFUSALS and refusal.code != OVER:
                raise
            self.refused += 1

    def _somebody(self) -> Subject:
        return self.dice.choice(self.people)

    def _unsteady(self) -> Subject:
        return self.dice.choice([one for one in self.people if one.id not in self.steady])

    def _some(self) -> int:
        return self.dice.choice(self.open)

    async def _arrive(self) -> None:
        team = self.dice.choice(self.teams)
        opened = await self.world.open(
            team, weight=self.dice.choice(WEIGHTS), kind=self.dice.choice(list(ChannelKind))
        )
        self.open.append(opened.id)
        await request_human(self.world.platform, self.world.visitor_of(opened), opened.id, team_id=team)

    async def _end_oldest(self) -> None:
        await close(self.world.platform, self.world.system, self.open.popleft())

    async def _leave(self) -> None:
        conversation = await self.world.get(self._some())
        await leave_queue(self.world.platform, self.world.visitor_of(conversation), conversation.id)

    async def _come_back(self) -> None:
        await reopen(self.world.platform, self.world.organization, self._some())

    async def _ask_again(self) -> None:
        conversation = await self.world.get(self._some())
        await request_human(self.world.platform, self.world.visitor_of(conversation), conversation.id)

    async def _take(self) -> None:
        await take(self.world.platform, self._somebody(), self._some())

    async def _close(self) -> None:
        await close(self.world.platform, self._somebody(), self._some())

    async def _to_agent(self) -> None:
        target = self._somebody().id
        await transfer(self.world.platform, self._somebody(), self._some(), agent_id=target)

    async def _to_team(self) -> None:
        target = self.dice.choice(self.teams)
        await transfer(self.world.platform, self._somebody(), self._some(), team_id=target)

    async def _supervise(self) -> None:
        does = self.dice.choice([take_over, put_back, join, leave])
        await does(self.world.platform, self._somebody(), self._some())

    async def _give(self) -> None:
        target = self._somebody().id
        force = target not in self.steady and self.dice.random() < 0.4
        await give(self.world.platform, self._somebody(), self._some(), target, force=force)

    async def _snooze(self) -> None:
        until = self.clock.now() + self.dice.choice([1_000, 31_000, 601_000])
        await snooze(self.world.platform, self._somebody(), self._some(), until)

    async def _wake(self) -> None:
        await wake(self.world.platform, self._somebody(), self._some())

    async def _speak(self) -> None:
        conversation = await self.world.get(self._some())
        await self.world.say(conversation.id, self.world.visitor_of(conversation))

    async def _answer(self) -> None:
        """Somebody who was offered or asked something says yes or no."""

        async def read(reader: Reader) -> list[tuple[int, int]]:
            rows = await reader.fetch(
                """select conversation_id, offered_to from queue_item where state = 'offered'
                union all select conversation_id, agent_id from invitation order by 1, 2"""
            )
            return [(row[0], row[1]) for row in rows]

        offers = await self.world.platform.database.read(EVERY_ORGANIZATION, read)
        if offers:
            conversation_id, agent_id = self.dice.choice(offers)
            agent = next(one for one in self.people if one.id == agent_id)
            answer = accept if self.dice.random() < 0.6 else decline
            await answer(self.world.platform, agent, conversation_id)

    async def _capacity(self) -> None:
        await self.world.set_capacity(self._unsteady(), self.dice.randint(0, 4))

    async def _limit(self) -> None:
        kinds = self.dice.sample(list(ChannelKind), self.dice.randint(0, 2))
        await self.world.limit(self._unsteady(), **{kind.value: self.dice.randint(0, 3) for kind in kinds})

    async def _status(self) -> None:
        status = self.dice.choice([*Status, Status.ONLINE, Status.ONLINE, Status.ONLINE])
        await self.world.set_status(self._somebody(), status)

    async def _time(self) -> None:
        self.clock.advance(seconds=self.dice.choice([0.001, 1, 31, 61, 601]))
        await self.world.dispatcher.tick()


KINDS = {
    "arrive": 20, "answer": 14, "close": 12, "take": 6, "to_agent": 6, "to_team": 5, "supervise": 6, "give": 4,
    "leave": 4, "come_back": 4, "ask_again": 4, "capacity": 3, "limit": 3, "status": 6, "time": 6, "snooze": 8, "wake": 1, "speak": 4,
}  # fmt: skip
