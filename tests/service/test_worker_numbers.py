"""Worker numbers: two lives never make the same id, whatever clocks, kills and pauses do to them."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from frontdesk.app.engines import open_platform
from frontdesk.core.clock import Clock, ManualClock, SystemClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import MAX_WORKER
from frontdesk.platform import EVERY_ORGANIZATION, Leases, Platform, Transaction
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.platform.config import Config, Storage
from frontdesk.platform.workers import RESERVED_MS

NOW = 1_800_000_000_000
HOUR = 3_600_000


class Wall:
    """A machine's clock that anybody may turn."""

    def __init__(self, millis: int = NOW) -> None:
        self.millis = millis

    def __call__(self) -> int:
        return self.millis * 1_000_000


async def begin(platform: Platform, clock: Clock, *, alone: bool = False) -> Leases:
    """The life of another process on the same database."""
    return await Leases.begin(platform.database, MemoryBus(), clock, alone=alone)


async def occupy(platform: Platform, numbers: range, *, alive: bool = False, until: int = NOW) -> None:
    """Earlier lives under these numbers, with what they had reserved."""

    async def work(tx: Transaction) -> None:
        await tx.execute("delete from process")
        for number in numbers:
            await tx.execute(
                "insert into process (number, life, alive, beat, targets, started_at, high_water, ids_until)"
                " values ($1, $2, $3, 0, '', $4, $4, $5)",
                number, number + 1, alive, NOW, until,
            )  # fmt: skip

    await platform.database.write(EVERY_ORGANIZATION, work)


async def test_ids_go_up_over_clean_restarts_while_the_clock_stands_still(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    made: list[list[int]] = []
    for _ in range(4):
        async with open_platform(Config(storage=Storage(path=tmp_path / "data")), clock) as platform:
            made.append([platform.ids.new() for _ in range(5_000)])
    assert all(max(one) < min(other) for one, other in pairwise(made))


async def test_ids_go_up_after_a_kill_and_a_clock_set_back_by_an_hour(platform: Platform) -> None:
    wall = Wall()
    killed = await begin(platform, SystemClock(wall), alone=True)
    await killed.renew()
    wall.millis += 900  # the next note would have been after a second
    last = [killed.ids.new() for _ in range(10_000)][-1]
    wall.millis -= HOUR
    again = await begin(platform, SystemClock(wall), alone=True)
    assert again.ids.new() > last


@pytest.mark.parametrize("alone", [True, False])
async def test_numbers_are_used_again_without_a_collision_while_the_clock_stands_still(
    platform: Platform, alone: bool
) -> None:
    await occupy(platform, range(MAX_WORKER - 1))
    clock = ManualClock(NOW + 1)
    made: set[int] = set()
    for _ in range(6):
        life = await begin(platform, clock, alone=alone)
        fresh = {life.ids.new() for _ in range(5_000)}
        assert not fresh & made
        made |= fresh
        await life.end()


async def test_when_every_number_is_in_use_a_start_is_refused_and_one_that_ends_makes_room(
    platform: Platform,
) -> None:
    await occupy(platform, range(MAX_WORKER), alive=True)
    last = await begin(platform, ManualClock(NOW + 1))
    with pytest.raises(FrontdeskError, match="All 1024 worker numbers") as refused:
        await begin(platform, ManualClock(NOW + 1))
    assert refused.value.kind is ErrorKind.UNAVAILABLE
    before = {last.ids.new() for _ in range(5_000)}
    await last.end()
    other = await begin(platform, ManualClock(NOW + 9))
    assert not before & {other.ids.new() for _ in range(5_000)}


async def test_the_number_of_a_killed_process_rests_until_what_it_had_reserved_is_over(
    platform: Platform,
) -> None:
    clock = ManualClock(NOW + 1)
    watcher_clock = ManualClock(NOW + 1)
    await occupy(platform, range(MAX_WORKER - 1), until=NOW + 1_000 * HOUR)
    killed, watcher = await begin(platform, clock), await begin(platform, watcher_clock)
    for _ in range(6):
        await watcher.renew()
        watcher_clock.advance(seconds=1)
    with pytest.raises(FrontdeskError, match="worker numbers"):
        await begin(platform, watcher_clock)
    watcher_clock.advance(seconds=RESERVED_MS / 1000)
    successor = await begin(platform, watcher_clock)
    asleep = {killed.ids.new() for _ in range(5_000)}  # it woke, and its clock stood still
    assert min(successor.ids.new() for _ in range(5_000)) > max(asleep)


async def test_a_process_that_cannot_renew_makes_no_ids_beyond_its_reservation_and_goes_on_when_it_can(
    platform: Platform,
) -> None:
    clock = ManualClock(NOW)
    life = await begin(platform, clock)
    before = life.ids.new()
    clock.advance(seconds=RESERVED_MS / 1000 + 1)
    with pytest.raises(FrontdeskError) as refused:
        life.ids.new()
    assert refused.value.code == "core.ids-unavailable"
    await life.renew()
    assert life.ids.new() > before


@pytest.mark.parametrize("seed", range(6))
async def test_no_two_lives_ever_make_the_same_id_whatever_happens_to_them(
    platform: Platform, seed: int
) -> None:
    """Starts, clean ends, kills and pauses of processes on machines whose clocks jump by hours, short of numbers."""
    chance = random.Random(seed)  # noqa: S311 - a history that can be repeated
    await occupy(platform, range(MAX_WORKER - 3))
    walls = [Wall(NOW + chance.randrange(-HOUR, HOUR)) for _ in range(3)]
    alive: list[Leases] = []
    asleep: list[Leases] = []
    made: set[int] = set()
    count = 0
    for _ in range(250):
        wall = chance.choice(walls)
        match chance.randrange(8):
            case 0 | 1 if len(alive) < 4:
                try:
                    alive.append(await begin(platform, SystemClock(wall)))
                except FrontdeskError as refused:
                    assert refused.code == "platform.no-worker-number"  # noqa: PT017 - a refusal is allowed, not asked for
            case 2 if alive:
                await alive.pop(chance.randrange(len(alive))).end()
            case 3 if alive:
                asleep.append(alive.pop(chance.randrange(len(alive))))  # killed, or paused
            case 4 if asleep:
                alive.append(asleep.pop(chance.randrange(len(asleep))))
            case 5:
                wall.millis += chance.randrange(-2 * HOUR, 3 * HOUR)
            case _:
                wall.millis += chance.randrange(2_000)
                for one in alive:
                    await one.renew()
        for one in (*alive, *asleep):
            for _ in range(chance.randrange(40)):
                try:
                    made.add(one.ids.new())
                except FrontdeskError as refused:
                    assert refused.code == "core.ids-unavailable"  # noqa: PT017 - a refusal is allowed, not asked for
                    break
                count += 1
    assert count > 5_000
    assert len(made) == count
