"""One run: set up, talk and serve while faults come one after another, let it settle, write down how it ended."""

import asyncio
import random
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.world import fill_world
from frontdesk.app.engines import open_platform
from tests.chaos import faults, observer
from tests.chaos.desk import Desk, open_shop
from tests.chaos.history import End, Journal
from tests.chaos.recorder import Recorder
from tests.chaos.stage import Stage, set_up
from tests.chaos.talk import Talk

PAUSE = 2.2
"""Seconds between two faults: longer than clients may take to catch up, which is looked at."""
SETTLE = 8.0
"""Seconds after the last fault: longer than a dispatcher's work needs to be taken over."""


@dataclass(frozen=True)
class Load:
    """Messages a second, visitors a second, conversations with eight writers, the agents who have them."""

    rate: float
    arrivals: float
    conversations: int = 12
    agents: int = 3
    servers: int = 4


@dataclass(frozen=True)
class Run:
    """What a run was like; what it proves is in its history."""

    history: Path
    acked: int
    kills: int
    served: int
    handed_on: int
    our_faults: list[str]


async def run(folder: Path, seed: int, load: Load, plan: Iterable[str]) -> Run:
    """`plan` names faults, in their order; it is asked for the next one when the last is over."""
    dice = random.Random(seed)  # noqa: S311
    journal = Journal(folder / "history.jsonl")
    recorder = Recorder(journal)
    async with set_up(folder, journal) as stage:
        async with open_platform(stage.cluster.config) as platform:
            world = await fill_world(platform, agents=load.agents, conversations=load.conversations)
            shop = await open_shop(platform, load.servers)
        talk = Talk(world, stage.access, dice, recorder)
        desk = Desk(shop, stage.api, stage.access, dice, recorder)
        watching = [
            asyncio.create_task(work)
            for work in (
                recorder.keep_writing(),
                recorder.keep_looking(stage.database_url),
                observer.keep_sampling(stage.database_url, journal),
                *(device.run() for device in talk.devices),
            )
        ]
        try:
            async with desk.staffed():
                arriving = asyncio.create_task(desk.open_doors(load.arrivals))
                writing = asyncio.create_task(talk.write(load.rate))
                await _while_alive(_break(stage, dice, plan), arriving, writing, *watching)
                await _end(writing)
                await _while_alive(_answered(talk), arriving, *watching)
                await _while_alive(asyncio.sleep(SETTLE), arriving, *watching)
                await _end(arriving)
            await _caught_up(talk, stage)
        finally:
            for task in watching[3:]:
                await _end(task)
            recorder.flush()
            for task in watching:
                await _end(task)
        await observer.write_the_end(stage.database_url, journal)
        journal.write(End(journal.now()))
        journal.close()
    return Run(journal.file, recorder.acks, stage.kills, desk.served, desk.handed_on, desk.our_faults)


async def _break(stage: Stage, dice: random.Random, plan: Iterable[str]) -> None:
    await asyncio.sleep(PAUSE)
    for name in plan:
        await faults.EVERY[name](stage, dice)
        await asyncio.sleep(PAUSE)


async def _while_alive(work: Coroutine[Any, Any, None], *tasks: asyncio.Task[None]) -> None:
    """Do it to its end. None of the tasks may end meanwhile: then raise what ended it."""
    doing = asyncio.create_task(work)
    done, _ = await asyncio.wait([doing, *tasks], return_when=asyncio.FIRST_COMPLETED)
    if doing not in done:
        await _end(doing)
    for task in done:
        await task
    assert doing in done, "a client ended by itself"


async def _answered(talk: Talk) -> None:
    async with asyncio.timeout(40):
        while talk.unanswered():  # noqa: ASYNC110 - what devices do with their outboxes is theirs
            await asyncio.sleep(0.1)


async def _caught_up(talk: Talk, stage: Stage) -> None:
    """Give clients their two seconds; the checker says whether they were enough."""
    with suppress(TimeoutError):
        async with asyncio.timeout(2):
            while talk.behind(await observer.heads(stage.database_url)):  # noqa: ASYNC110 - the database is asked
                await asyncio.sleep(0.1)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
