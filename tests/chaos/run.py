"""One run: set up, talk and serve while faults come one after another, let it settle, write down how it ended."""

import asyncio
import random
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.world import fill_world
from frontdesk.app.engines import open_platform
from tests.chaos import faults, observer
from tests.chaos.crew import crew
from tests.chaos.desk import Desk, open_shop
from tests.chaos.history import End, Journal
from tests.chaos.recorder import Recorder
from tests.chaos.stage import Stage, set_up
from tests.chaos.talk import Talk

PAUSE = 2.2
"""Seconds between two faults: longer than clients may take to catch up, which is looked at."""
SETTLE = 5.0
"""Seconds after the last fault in which visitors still come: a dispatcher's work is taken over by then."""


@dataclass(frozen=True)
class Load:
    """Messages a second, visitors a second, conversations with eight writers, the agents who have them."""

    rate: float
    arrivals: float
    conversations: int = 12
    agents: int = 3
    servers: int = 2


@dataclass(frozen=True)
class Run:
    """What a run was like; what it proves is in its history."""

    history: Path
    acked: int
    kills: int
    served: int
    handed_on: int
    our_faults: list[str]


async def run(
    folder: Path,
    seed: int,
    load: Load,
    plan: Iterable[str],
    enough: Callable[[int, int], bool] = lambda _acked, _kills: False,
) -> Run:
    """`plan` names faults, in their order; one begins when the last is over, until there were `enough`."""
    dice = random.Random(seed)  # noqa: S311 - chance of a test
    with closing(Journal(folder / "history.jsonl")) as journal:
        return await _run(folder, dice, journal, load=load, plan=plan, enough=enough)


async def _run(
    folder: Path,
    dice: random.Random,
    journal: Journal,
    *,
    load: Load,
    plan: Iterable[str],
    enough: Callable[[int, int], bool],
) -> Run:
    recorder = Recorder(journal)
    async with set_up(folder, journal) as stage:
        async with open_platform(stage.cluster.config) as platform:
            world = await fill_world(platform, agents=load.agents, conversations=load.conversations)
            shop = await open_shop(platform, load.servers)
        talk = Talk(world, stage.access, dice, recorder)
        desk = Desk(shop, stage.api, stage.access, dice, recorder)
        async with crew() as everybody:
            everybody.start(recorder.keep_writing())
            everybody.start(recorder.keep_looking(stage.database_url))
            everybody.start(observer.keep_sampling(stage.database_url, journal))
            for device in talk.devices:
                everybody.start(device.run())
            async with desk.staffed():
                arriving = everybody.start(desk.open_doors(load.arrivals))
                writing = everybody.start(talk.write(load.rate))
                await everybody.during(
                    _break(stage, dice, plan, lambda: enough(len(recorder.acked), stage.kills))
                )
                await everybody.end(writing)
                await everybody.during(_answered(talk))
                await everybody.during(asyncio.sleep(SETTLE))
                await everybody.end(arriving)
            await everybody.during(_caught_up(talk, stage))
        recorder.flush()
        await observer.write_the_end(stage.database_url, journal)
        journal.write(End(journal.now()))
    return Run(journal.file, len(recorder.acked), stage.kills, desk.served, desk.handed_on, desk.our_faults)


async def _break(stage: Stage, dice: random.Random, plan: Iterable[str], enough: Callable[[], bool]) -> None:
    await asyncio.sleep(PAUSE)
    for name in plan:
        if enough():
            return
        await faults.EVERY[name](stage, dice)
        await asyncio.sleep(PAUSE)


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
