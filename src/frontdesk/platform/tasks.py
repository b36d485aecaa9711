"""Background work of a process: named loops that are restarted when they crash and cancelled when the process stops."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

logger = structlog.get_logger("frontdesk.tasks")
_LONGEST_PAUSE: Final = 30.0


class Tasks:
    """Owns every background task of a process, so that none is forgotten, silent or left behind."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run_forever(self, name: str, loop: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run `loop`; when it raises, log and start it again after a pause that doubles from 0.1 s up to 30 s."""
        return self._spawn(name, self._supervise(name, loop))

    def every(self, name: str, seconds: float, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Call `work`, wait, repeat. A failed turn is logged and does not end the series."""

        async def loop() -> None:
            while True:
                try:
                    await work()
                except Exception:
                    logger.exception("tasks.turn.failed", task=name)
                await asyncio.sleep(seconds)

        return self._spawn(name, loop())

    def run_once(self, name: str, work: Awaitable[None]) -> asyncio.Task[None]:
        """Run `work` in the background; a failure is logged."""

        async def once() -> None:
            try:
                await work
            except Exception:
                logger.exception("tasks.work.failed", task=name)

        return self._spawn(name, once())

    async def stop(self) -> None:
        """Cancel everything, also what is begun meanwhile, and wait until it has ended."""
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)
            await asyncio.sleep(0)  # ended tasks are forgotten in their callbacks

    def _spawn(self, name: str, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        task.set_name(name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @staticmethod
    async def _supervise(name: str, loop: Callable[[], Awaitable[None]]) -> None:
        pause = 0.1
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await loop()
            except Exception:
                logger.exception("tasks.loop.crashed", task=name, restart_in=pause)
            else:
                return
            if asyncio.get_running_loop().time() - started > _LONGEST_PAUSE:
                pause = 0.1
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
