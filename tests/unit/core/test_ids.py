"""Ids never collide and always go up, whatever the machine's clock does."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.core.clock import ManualClock, SystemClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import EPOCH, MAX_WORKER, Ids, first_id_at, millis_of, parse_id

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


def test_no_id_is_made_beyond_what_is_reserved_and_a_reservation_never_shrinks() -> None:
    clock = ManualClock(NOW)
    ids = Ids(clock, worker=3, until=NOW + 2)
    made = [ids.new() for _ in range(3 * 4_096)]
    with pytest.raises(FrontdeskError) as refused:
        ids.new()
    assert (refused.value.kind, refused.value.retry_after) == (ErrorKind.UNAVAILABLE, 1)
    ids.reserve(NOW + 3)
    ids.reserve(NOW)
    made.append(ids.new())
    assert made == sorted(set(made))
    clock.advance(seconds=60)
    with pytest.raises(FrontdeskError):
        ids.new()
