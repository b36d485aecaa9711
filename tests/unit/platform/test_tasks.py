"""Background work outlives its own failures and ends when the process does."""

import asyncio

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
