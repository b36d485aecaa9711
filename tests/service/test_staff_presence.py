"""Presence: the status that holds follows the sockets that live, whatever dies."""

import dataclasses

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.staff import (
    AGENT_CHANGED,
    AgentChanged,
    AgentChanges,
    Status,
    connected,
    disconnected,
    find_presence,
    load,
    put_in_sight,
    set_status,
    sweep_presence,
    update_agent,
    watching_in,
)
from frontdesk.staff.store import presence as rows
from tests.service.staff_people import add_agent, add_bot, administrator, subject_of, visitor

GRACE = 20.0


async def grace(organization_id: int) -> float:
    return GRACE


async def sweep(platform: Platform) -> None:
    await sweep_presence(platform, grace)


async def run(platform: Platform, clock: ManualClock, seconds: int) -> None:
    """A process's life: a sweep every second."""
    for _ in range(seconds):
        clock.advance(seconds=1)
        await sweep(platform)


async def status_of(platform: Platform, subject: Subject) -> Status:
    return (
        await platform.database.read(
            EVERY_ORGANIZATION, lambda reader: load(reader, subject.organization_id, subject.id)
        )
    ).status


def other_process(platform: Platform) -> Platform:
    """A second process on the same database."""
    return dataclasses.replace(platform, bus=MemoryBus())


@pytest.fixture
async def lin(platform: Platform, organization: int) -> Subject:
    return subject_of(await add_agent(platform, organization, "lin"))


async def test_an_agent_is_online_from_the_first_socket(platform: Platform, lin: Subject) -> None:
    told: list[AgentChanged] = []
    AGENT_CHANGED.subscribe(platform.bus, told.append)
    await connected(platform, lin, "a")
    await connected(platform, lin, "a")
    await connected(platform, lin, "b")
    assert await status_of(platform, lin) is Status.ONLINE
    assert [event.status for event in told] == [Status.ONLINE]


async def test_an_agent_stays_online_while_one_of_two_sockets_lives(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    await connected(platform, lin, "b")
    await disconnected(platform, "a")
    await run(platform, clock, 60)
    assert await status_of(platform, lin) is Status.ONLINE


async def test_an_agent_is_offline_when_the_grace_after_the_last_socket_is_over(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    await disconnected(platform, "a")
    await run(platform, clock, 19)
    assert await status_of(platform, lin) is Status.ONLINE
    told: list[AgentChanged] = []
    AGENT_CHANGED.subscribe(platform.bus, told.append)
    await run(platform, clock, 3)
    assert await status_of(platform, lin) is Status.OFFLINE
    assert [event.status for event in told] == [Status.OFFLINE]


async def test_nothing_is_told_when_a_socket_comes_back_within_the_grace(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    told: list[AgentChanged] = []
    AGENT_CHANGED.subscribe(platform.bus, told.append)
    await disconnected(platform, "a")
    await run(platform, clock, 10)
    await connected(platform, lin, "b")
    await run(platform, clock, 60)
    assert told == []


async def test_the_chosen_status_holds_again_when_the_agent_comes_back(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    await set_status(platform, lin, Status.BUSY, "lunch")
    await disconnected(platform, "a")
    await run(platform, clock, 30)
    assert await status_of(platform, lin) is Status.OFFLINE
    await connected(platform, lin, "b")
    assert await status_of(platform, lin) is Status.BUSY
    known = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: find_presence(reader, lin.organization_id, lin.id)
    )
    assert known is not None
    assert (known.wanted, known.reason, known.status_since) == (Status.BUSY, "lunch", clock.now())


async def test_a_status_chosen_without_a_socket_holds_from_the_next_one(
    platform: Platform, lin: Subject
) -> None:
    agent = await set_status(platform, lin, Status.AWAY)
    assert agent.status is Status.OFFLINE
    await connected(platform, lin, "a")
    assert await status_of(platform, lin) is Status.AWAY


async def test_status_since_moves_only_when_the_status_does(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    since = clock.now()
    clock.advance(seconds=5)
    agent = await set_status(platform, lin, Status.ONLINE, "still here")
    assert agent.status_since == since


async def test_an_agent_who_chose_offline_stays_offline_when_connected(
    platform: Platform, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    await set_status(platform, lin, Status.OFFLINE)
    await connected(platform, lin, "b")
    assert await status_of(platform, lin) is Status.OFFLINE


async def test_the_sockets_of_a_killed_process_are_gone_when_its_heart_stops(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    killed = other_process(platform)
    await connected(killed, lin, "a")
    await run(killed, clock, 5)
    await run(platform, clock, 7)
    assert await status_of(platform, lin) is Status.ONLINE
    await run(platform, clock, 30)
    assert await status_of(platform, lin) is Status.OFFLINE
    left = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select connection from agent_socket")
    )
    nodes = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select id from node")
    )
    assert (list(left), list(nodes)) == ([], [])


async def test_an_agent_stays_online_when_only_one_of_two_processes_is_killed(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    killed = other_process(platform)
    await connected(killed, lin, "a")
    await connected(platform, lin, "b")
    await run(platform, clock, 60)
    assert await status_of(platform, lin) is Status.ONLINE


async def test_a_paused_process_puts_its_sockets_back_when_it_goes_on(
    platform: Platform, clock: ManualClock, lin: Subject
) -> None:
    paused = other_process(platform)
    await connected(paused, lin, "a")
    await run(platform, clock, 60)
    assert await status_of(platform, lin) is Status.OFFLINE
    await run(paused, clock, 1)
    assert await status_of(platform, lin) is Status.ONLINE
    await disconnected(paused, "a")
    await run(paused, clock, 30)
    assert await status_of(platform, lin) is Status.OFFLINE


async def test_a_socket_that_closed_unseen_is_dropped_at_the_next_heartbeat(
    platform: Platform, clock: ManualClock, organization: int, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    await connected(platform, subject_of(await add_agent(platform, organization, "mei")), "m")

    async def ghost(tx: Transaction) -> None:
        node = await tx.fetch_one("select id from node")
        assert node is not None
        await rows.insert_socket(
            tx,
            organization,
            connection="ghost",
            agent_id=lin.id,
            node_id=node[0],
            now=clock.now(),
            hidden=False,
        )

    await platform.database.write(organization, ghost)
    await disconnected(platform, "a")
    await run(platform, clock, 30)
    assert await status_of(platform, lin) is Status.OFFLINE


async def test_a_sweep_writes_nothing_when_nobody_is_connected(
    platform: Platform, clock: ManualClock
) -> None:
    await run(platform, clock, 5)
    nodes = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select id from node")
    )
    assert list(nodes) == []


async def test_an_agent_is_offline_at_once_and_for_good_when_disabled(
    platform: Platform, clock: ManualClock, organization: int, lin: Subject
) -> None:
    admin = await administrator(platform, organization)
    await connected(platform, lin, "a")
    disabled = await update_agent(platform, admin, lin.id, AgentChanges(enabled=False))
    assert disabled.status is Status.OFFLINE
    await connected(platform, lin, "b")
    await run(platform, clock, 5)
    assert await status_of(platform, lin) is Status.OFFLINE


async def test_visitors_have_no_presence(platform: Platform, organization: int) -> None:
    await connected(platform, visitor(organization, 5), "v")
    left = await platform.database.read(
        organization, lambda reader: reader.fetch("select connection from agent_socket")
    )
    assert list(left) == []
    with pytest.raises(FrontdeskError) as caught:
        await set_status(platform, visitor(organization, 5), Status.ONLINE)
    assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_a_reason_is_refused_when_too_long(platform: Platform, lin: Subject) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await set_status(platform, lin, Status.AWAY, "x" * 101)
    assert caught.value.kind is ErrorKind.INVALID


async def test_each_organization_has_its_own_grace(
    platform: Platform, clock: ManualClock, lin: Subject, other_organization: int
) -> None:
    patient = subject_of(await add_agent(platform, other_organization, "lin"))

    async def graces(organization_id: int) -> float:
        return 300 if organization_id == other_organization else 5

    for subject, connection in ((lin, "a"), (patient, "b")):
        await connected(platform, subject, connection)
        await disconnected(platform, connection)
    clock.advance(seconds=30)
    await sweep_presence(platform, graces)
    assert await status_of(platform, lin) is Status.OFFLINE
    assert await status_of(platform, patient) is Status.ONLINE


async def test_a_bot_stays_online_through_sweeps(
    platform: Platform, clock: ManualClock, organization: int
) -> None:
    bot = await add_bot(platform, organization)
    await run(platform, clock, 60)
    agent = await platform.database.read(organization, lambda reader: load(reader, organization, bot.id))
    assert agent.status is Status.ONLINE


async def test_a_page_out_of_sight_keeps_its_agent_online_and_is_not_looked_at(
    platform: Platform, clock: ManualClock, organization: int, lin: Subject
) -> None:
    async def watching() -> bool:
        return lin.id in await platform.database.read(
            organization, lambda reader: watching_in(reader, organization, [lin.id])
        )

    assert not await watching()
    await connected(platform, lin, "a")
    assert await watching()
    await put_in_sight(platform, "a", visible=False)
    await put_in_sight(platform, "strange", visible=False)
    assert not await watching()
    assert await status_of(platform, lin) is Status.ONLINE
    await connected(platform, lin, "b")
    assert await watching()
    await disconnected(platform, "b")
    assert not await watching()
    await put_in_sight(platform, "a", visible=True)
    assert await watching()


async def test_a_node_that_was_declared_dead_puts_its_pages_back_as_they_were(
    platform: Platform, clock: ManualClock, organization: int, lin: Subject
) -> None:
    await connected(platform, lin, "a")
    await put_in_sight(platform, "a", visible=False)

    async def forget(tx: Transaction) -> None:
        await tx.execute("delete from agent_socket")

    await platform.database.write(EVERY_ORGANIZATION, forget)
    await run(platform, clock, 5)
    assert await status_of(platform, lin) is Status.ONLINE
    assert lin.id not in await platform.database.read(
        organization, lambda reader: watching_in(reader, organization, [lin.id])
    )
