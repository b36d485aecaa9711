"""Background work of a process: named loops that are restarted when they crash and cancelled when the process stops."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, cast

import structlog

from frontdesk.core.errors import ErrorKind, FrontdeskError

logger = structlog.get_logger("frontdesk.tasks")
_LONGEST_PAUSE: Final = 30.0
_OUTAGE_PAUSE: Final = 1.0
_OUTAGES: Final = {ErrorKind.UNAVAILABLE, ErrorKind.BUSY}


class Tasks:
    """Owns every background task of a process, so that none is forgotten, silent or left behind."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run_forever(self, name: str, loop: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run `loop`; when it raises, log and start it again after a pause that doubles from 0.1 s up to 30 s.

        When an engine is away the pause is a second at most: all goes on as soon as it is back.
        """
        return self._spawn(name, self._supervise(name, loop))

    def every(self, name: str, seconds: float, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Call `work`, wait, repeat. A failed turn is logged and does not end the series."""

        async def loop() -> None:
            while True:
                try:
                    await work()
                except Exception as error:  # noqa: BLE001 - logged, whatever it is
                    _log("tasks.turn.failed", name, error)
                await asyncio.sleep(seconds)

        return self._spawn(name, loop())

    def run_once(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work` in the background; a failure is logged."""

        async def once() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001 - logged, whatever it is
                _log("tasks.work.failed", name, error)

        task = self._spawn(name, once())
        task.add_done_callback(lambda _: work.close())  # cancelled before its first turn, nobody else would
        return task

    async def stop(self) -> None:
        """Cancel everything, also what is begun meanwhile, and wait until it has ended."""
        while self._tasks:
            await end(*self._tasks)
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
            except Exception as error:  # noqa: BLE001 - logged, whatever it is
                _log("tasks.loop.crashed", name, error)
                if _outage(error):
                    await asyncio.sleep(min(pause, _OUTAGE_PAUSE))
                    pause = min(pause * 2, _OUTAGE_PAUSE)
                    continue
            else:
                return
            if asyncio.get_running_loop().time() - started > _LONGEST_PAUSE:
                pause = 0.1
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


async def end(*tasks: asyncio.Task[None]) -> None:
    """Cancel these and return when they have ended. Asks again each second: a library may swallow a cancellation."""
    left: set[asyncio.Task[None]] = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=1)


def _outage(error: BaseException) -> str:
    """The code of what says that an engine cannot work now; empty when there is another failure too."""
    if isinstance(error, BaseExceptionGroup):
        codes = {_outage(each) for each in cast("BaseExceptionGroup[BaseException]", error).exceptions}
        return "" if "" in codes else min(codes)
    return error.code if isinstance(error, FrontdeskError) and error.kind in _OUTAGES else ""


def _log(event: str, name: str, error: Exception) -> None:
    """A fault of ours with its traceback; an outage in a line, as the engine's adapter has said what is the matter."""
    if reason := _outage(error):
        logger.info(event, task=name, reason=reason)
    else:
        logger.error(event, task=name, exc_info=error)
