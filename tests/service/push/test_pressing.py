"""What presses is told to whom it concerns, once, and only while it presses."""

import pytest

from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import ServiceLevel, Timekeeper, close, set_service_level
from frontdesk.platform.outbox import waiting, want_in
from frontdesk.push import Notifier
from frontdesk.settings import change
from frontdesk.staff import Status, put_in_sight
from tests.service.push.world import Device, World


class Floor:
    """A team with an agent, a colleague and a leader; a leader of another team; an administrator. All have a phone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.keeper = Timekeeper(world.platform)
        self.phones: dict[str, Device] = {}
        self.people: dict[str, Subject] = {}
        self.team = 0

    async def open(self) -> None:
        office = self.world.office
        for name, role in (
            ("mei", Role.AGENT),
            ("colleague", Role.AGENT),
            ("leader", Role.LEADER),
            ("stranger", Role.LEADER),
            ("admin", Role.ADMINISTRATOR),
        ):
            status = Status.ONLINE if name == "mei" else Status.BUSY
            self.people[name] = await office.add_agent(5, status=status, role=role)
            self.phones[name] = await self.world.device(self.people[name])
        self.team = await office.add_team(*(self.people[name] for name in ("mei", "colleague", "leader")))
        await office.add_team(self.people["stranger"])

    async def ask(self) -> int:
        conversation = await self.world.office.ask(self.team)
        await self.world.office.say(conversation.id, self.world.office.visitor_of(conversation))
        await self.world.settle()
        return conversation.id

    async def look_away(self) -> None:
        for person in self.people.values():
            await put_in_sight(self.world.platform, f"socket-{person.id}", visible=False)

    async def passes(self, seconds: float) -> None:
        """Time passes, ten seconds at a stretch; what it does is done."""
        left = seconds
        while left >= 0:
            self.world.clock.advance(seconds=min(10, left))
            left -= 10
            await self.world.platform.leases.renew()
            await self.world.office.dispatcher.tick()
            await self.world.office.settle()
        while await self.keeper.catch_up():
            pass

    @property
    def told(self) -> dict[str, list[str]]:
        """Whom of these it was told, and what of that which presses."""
        found = {
            name: [kind for kind in phone.kinds if kind in {"silent", "warned", "breached"}]
            for name, phone in self.phones.items()
        }
        return {name: kinds for name, kinds in found.items() if kinds}


@pytest.fixture
async def floor(world: World) -> Floor:
    made = Floor(world)
    await made.open()
    return made


async def set_alarm(world: World, seconds: int) -> None:
    await change(
        world.platform, world.office.system, {"agent_silence_alarm_s": seconds, "auto_reply_after_s": 0}
    )


async def test_an_alarm_is_told_to_the_agent_and_to_who_leads_the_team_once_whoever_restarts(
    world: World, floor: Floor
) -> None:
    await set_alarm(world, 60)
    await floor.ask()
    await floor.look_away()
    await floor.passes(50)
    await world.settle()
    assert floor.told == {}
    for _ in range(3):
        await floor.passes(30)
        await world.settle()
        await Notifier(world.platform, timeout=5).settle()
    assert floor.told == {"mei": ["silent"], "leader": ["silent"], "admin": ["silent"]}


async def test_an_alarm_that_is_over_before_one_looks_away_is_not_told(world: World, floor: Floor) -> None:
    await set_alarm(world, 10)
    conversation = await floor.ask()
    await floor.passes(20)
    await world.settle()
    assert await world.count("urgency") == 1
    await world.office.say(conversation, floor.people["mei"])
    await floor.passes(10)
    await floor.look_away()
    await world.settle()
    assert floor.told == {}


async def test_a_promise_is_told_when_it_is_warned_and_when_it_is_broken(world: World, floor: Floor) -> None:
    level = ServiceLevel(first_reply_s=60, resolution_s=3600)
    await set_service_level(world.platform, world.office.system, floor.team, level)
    await floor.look_away()
    await floor.passes(0)
    conversation = await floor.ask()
    for seconds in (50, 1, 12, 1, 30):
        await floor.passes(seconds)
        await world.settle()
    both = ["warned", "breached"]
    assert floor.told == {"mei": both, "leader": both, "admin": both}
    await close(world.platform, floor.people["mei"], conversation)
    await floor.passes(1)
    await world.settle()
    assert floor.told == {"mei": both, "leader": both, "admin": both}
    assert await world.count("urgency") == 2


async def test_programs_that_listen_are_told_of_each_once(world: World, floor: Floor) -> None:
    database, organization = world.platform.database, world.organization
    events = {"agent.silent", "service_level.warned", "service_level.breached"}
    await database.write(organization, lambda tx: want_in(tx, organization, events))
    await set_alarm(world, 60)
    level = ServiceLevel(first_reply_s=60)
    await set_service_level(world.platform, world.office.system, floor.team, level)
    await floor.passes(0)
    conversation = await floor.ask()
    for seconds in (50, 40, 40):
        await floor.passes(seconds)
    told = await database.read(organization, lambda reader: waiting(reader, limit=10))
    assert sorted(one.event for one in told) == sorted(events)
    assert {one.about for one in told} == {conversation}


async def test_what_has_become_urgent_is_forgotten_after_a_day_when_something_else_does(
    world: World, floor: Floor
) -> None:
    await set_alarm(world, 60)
    await floor.ask()
    await floor.passes(80)
    assert await world.count("urgency") == 1
    world.clock.advance(seconds=2 * 86_400)
    await floor.ask()
    await floor.passes(80)
    assert await world.count("urgency") == 1
