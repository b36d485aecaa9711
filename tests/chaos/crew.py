"""Tasks that work side by side, none of which may end by itself."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


class Crew:
    """Everybody who works. Made by `crew`, which ends them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        return task

    async def end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def during(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it to its end while everybody works on. Raises what ended one of them."""
        doing = asyncio.create_task(work)
        done, _ = await asyncio.wait([doing, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        doing.cancel()
        for task in done:
            await task
        assert doing in done, "somebody ended by themselves"


@asynccontextmanager
async def crew() -> AsyncGenerator[Crew]:
    """Whoever still works at the end of the block is ended then."""
    made = Crew()
    try:
        yield made
    finally:
        for task in made._tasks:
            task.cancel()
        await asyncio.gather(*made._tasks, return_exceptions=True)
