"""Ids never collide and always go up, whatever the machine's clock does."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.app.engines import open_platform
from frontdesk.core.clock import ManualClock, SystemClock
from frontdesk.core.ids import EPOCH, MAX_WORKER, Ids, first_id_at, millis_of, parse_id
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.config import Config, Storage
from frontdesk.platform.workers import lease_ids, note_high_water

NOW = 1_800_000_000_000
HOUR = 3_600_000
jumps = st.lists(st.integers(-2 * HOUR, 2 * HOUR), min_size=1, max_size=20)


class Wall:
    """A machine's clock that anybody may turn."""

    def __init__(self, millis: int = NOW) -> None:
        self.millis = millis

    def __call__(self) -> int:
        return self.millis * 1_000_000


@settings(derandomize=True, deadline=None)
@given(jumps)
def test_time_never_goes_back_when_the_machines_clock_does(turns: list[int]) -> None:
    wall = Wall()
    clock = SystemClock(wall)
    told: list[int] = []
    for turn in turns:
        wall.millis += turn
        told.append(clock.now())
    assert told == sorted(told)
    assert told[-1] >= wall.millis


@settings(derandomize=True, deadline=None)
@given(jumps, st.integers(1, 5_000))
def test_ids_go_up_through_every_jump_of_the_clock(turns: list[int], burst: int) -> None:
    wall = Wall()
    ids = Ids(SystemClock(wall), worker=7)
    made: list[int] = []
    for turn in turns:
        wall.millis += turn
        made += [ids.new() for _ in range(burst % 257 + 1)]
    assert all(one < other for one, other in pairwise(made))


def test_more_ids_in_a_millisecond_than_fit_run_ahead_of_the_clock_and_stay_apart() -> None:
    ids = Ids(ManualClock(NOW), worker=3)
    made = [ids.new() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert millis_of(made[-1]) == NOW + 20_000 // 4_096


def test_eight_threads_get_different_ids_and_each_gets_them_in_order() -> None:
    ids = Ids(SystemClock(), worker=1)

    def make(count: int) -> list[int]:
        return [ids.new() for _ in range(count)]

    with ThreadPoolExecutor(8) as threads:
        lists = list(threads.map(make, [20_000] * 8))
    assert len({identity for made in lists for identity in made}) == 160_000
    assert all(made == sorted(made) for made in lists)


def test_two_workers_never_make_the_same_id_in_the_same_millisecond() -> None:
    clock = ManualClock(NOW)
    first, second = Ids(clock, worker=0), Ids(clock, worker=MAX_WORKER)
    assert not {first.new() for _ in range(10_000)} & {second.new() for _ in range(10_000)}


@pytest.mark.parametrize("year_1970", [0, 1, EPOCH - 1])
def test_a_machine_without_a_clock_makes_valid_ids(year_1970: int) -> None:
    identity = Ids(ManualClock(year_1970), worker=0).new()
    assert parse_id(str(identity)) == identity


@pytest.mark.parametrize("worker", [-1, MAX_WORKER + 1])
def test_a_worker_number_that_does_not_fit_is_refused(worker: int) -> None:
    with pytest.raises(ValueError, match="worker number"):
        Ids(ManualClock(), worker=worker)


@given(st.integers(-(1 << 70), 1 << 70))
def test_a_moment_becomes_an_id_that_the_database_can_compare(moment: int) -> None:
    assert 0 <= first_id_at(moment) < 1 << 63


@given(st.text(max_size=25) | st.integers(0, 1 << 70).map(str))
def test_whatever_is_written_is_an_id_of_63_bits_or_none(text: str) -> None:
    identity = parse_id(text)
    assert identity is None or (0 <= identity < 1 << 63 and identity == int(text))


async def lives(folder: Path, clock: ManualClock, count: int, *, clean: bool) -> list[list[int]]:
    """Ids of several lives of one installation; killed ones have not noted how far they came."""
    made: list[list[int]] = []
    for _ in range(count):
        async with open_platform(Config(storage=Storage(path=folder)), clock) as platform:
            ids = await lease_ids(platform.database, clock)
            made.append([ids.new() for _ in range(5_000)])
            if clean:
                await note_high_water(platform.database, ids)
    return made


async def test_ids_go_up_over_clean_restarts_while_the_clock_stands_still(tmp_path: Path) -> None:
    made = await lives(tmp_path / "data", ManualClock(NOW), 4, clean=True)
    assert all(max(one) < min(other) for one, other in pairwise(made))


async def test_ids_go_up_after_a_kill_and_a_clock_set_back_by_an_hour(platform: Platform) -> None:
    wall = Wall()
    killed = await lease_ids(platform.database, SystemClock(wall))
    await note_high_water(platform.database, killed)
    wall.millis += 4_900  # the next note would have been at five seconds
    last = [killed.new() for _ in range(10_000)][-1]
    wall.millis -= HOUR
    again = await lease_ids(platform.database, SystemClock(wall))
    assert again.new() > last


async def test_worker_numbers_wrap_without_a_collision_when_the_clock_stands_still(
    platform: Platform,
) -> None:
    clock = ManualClock(NOW)

    async def late(tx: Transaction) -> None:
        await tx.execute(
            "insert into worker (life, number, started_at, high_water) values ($1, $2, $3, $4)",
            MAX_WORKER - 2,
            MAX_WORKER - 2,
            NOW,
            NOW,
        )

    await platform.database.write(EVERY_ORGANIZATION, late)
    made: set[int] = set()
    for _ in range(6):
        ids = await lease_ids(platform.database, clock)
        fresh = {ids.new() for _ in range(5_000)}
        assert not fresh & made
        made |= fresh
        await note_high_water(platform.database, ids)
