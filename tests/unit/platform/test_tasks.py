"""Background work outlives its own failures and ends when the process does."""

import asyncio
import inspect

import pytest
import structlog

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.tasks import Tasks


async def test_a_loop_that_crashes_is_started_again() -> None:
    tasks, turns = Tasks(), 0
    running = asyncio.Event()

    async def loop() -> None:
        nonlocal turns
        turns += 1
        if turns < 3:
            raise RuntimeError("crash")
        running.set()

    task = tasks.run_forever("loop", loop)
    async with asyncio.timeout(5):
        await running.wait()
        await task
    assert turns == 3


async def test_a_failed_turn_does_not_end_the_series() -> None:
    tasks, turns = Tasks(), 0
    enough = asyncio.Event()

    async def turn() -> None:
        nonlocal turns
        turns += 1
        if turns == 5:
            enough.set()
        raise RuntimeError("turn")

    tasks.every("series", 0, turn)
    async with asyncio.timeout(5):
        await enough.wait()
    await tasks.stop()


def away() -> FrontdeskError:
    return FrontdeskError(ErrorKind.UNAVAILABLE, "platform.database-unavailable", "The database is away.")


@pytest.mark.parametrize(
    ("error", "traceback"),
    [
        (away(), False),
        (ExceptionGroup("two loops", [away(), away()]), False),
        (RuntimeError("a fault of ours"), True),
        (ExceptionGroup("two loops", [away(), RuntimeError("a fault of ours")]), True),
    ],
    ids=["outage", "outages", "fault", "both"],
)
async def test_an_engine_that_is_away_is_a_line_in_the_log_and_a_fault_of_ours_has_its_traceback(
    error: Exception, traceback: bool
) -> None:
    tasks, turns = Tasks(), 0
    again = asyncio.Event()

    async def loop() -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            raise error
        again.set()

    with structlog.testing.capture_logs() as logged:
        tasks.run_forever("loop", loop)
        async with asyncio.timeout(5):
            await again.wait()
    assert [bool(line.get("exc_info")) for line in logged] == [traceback]
    assert (logged[0].get("reason") == "platform.database-unavailable") is not traceback
    await tasks.stop()


async def test_what_an_outage_ended_many_times_begins_again_within_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pauses are looked at, not waited for."""
    pauses: list[float] = []
    tasks, turns = Tasks(), 0
    sleep = asyncio.sleep

    async def at_once(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    async def loop() -> None:
        nonlocal turns
        turns += 1
        if turns < 20:
            raise away()

    monkeypatch.setattr("frontdesk.platform.tasks.asyncio.sleep", at_once)
    async with asyncio.timeout(5):
        await tasks.run_forever("loop", loop)
    assert len(pauses) == 19
    assert max(pauses) <= 1.0


async def test_a_stop_ends_everything_also_what_is_begun_meanwhile() -> None:
    tasks, ended = Tasks(), list[str]()

    async def last_words() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("last words")

    async def worker() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            tasks.run_once("last-words", last_words())
            await asyncio.sleep(0)
            ended.append("worker")

    tasks.run_once("worker", worker())
    await asyncio.sleep(0)
    await asyncio.wait_for(tasks.stop(), 5)
    assert sorted(ended) == ["last words", "worker"]


async def test_a_stop_asks_again_when_a_library_has_swallowed_the_cancellation() -> None:
    tasks = Tasks()

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.Event().wait()  # as if nothing had happened

    tasks.run_once("stubborn", stubborn())
    await asyncio.sleep(0)
    await asyncio.wait_for(tasks.stop(), 5)


async def test_work_that_is_cancelled_before_its_first_turn_is_ended_and_not_forgotten() -> None:
    tasks = Tasks()

    async def work() -> None:
        raise AssertionError("began")

    begun = work()
    tasks.run_once("work", begun)
    await tasks.stop()
    assert inspect.getcoroutinestate(begun) == inspect.CORO_CLOSED
