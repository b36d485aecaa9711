"""What is done to an installation. Each fault is whole when its coroutine returns: what was broken is mended."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from tests.chaos.stage import Stage
from tests.cluster.cluster import Node

Fault = Callable[[Stage, random.Random], Awaitable[None]]
SLOW: Final = 0.5
"""How long it takes, while commits are slow, until an access process is told that something is committed."""
_OUT_OF_TRANSACTION: Final = b"z\0\0\0\5i"
"""What the database says behind the answer to every commit, and to every statement that is its own transaction."""


def killed(target: str) -> Fault:
    async def fault(stage: Stage, dice: random.Random) -> None:
        node = dice.choice(stage.places(target))
        async with stage.fault("kill", target):
            await asyncio.to_thread(node.kill)
            await asyncio.sleep(dice.uniform(0, 0.5))
            await stage.start_again(node)

    return fault


def paused(target: str) -> Fault:
    async def fault(stage: Stage, dice: random.Random) -> None:
        node: Node = dice.choice(stage.places(target))
        async with stage.fault("pause", target):
            node.pause()
            await asyncio.sleep(dice.uniform(0.5, 2.0))
            node.resume()

    return fault


async def bus_killed(stage: Stage, dice: random.Random) -> None:
    async with stage.fault("kill", "nats"):
        await stage.nats.kill()
        await asyncio.sleep(dice.uniform(0, 1.0))
        await stage.nats.start()


async def bus_paused(stage: Stage, dice: random.Random) -> None:
    async with stage.fault("pause", "nats"):
        stage.nats.pause()
        await asyncio.sleep(dice.uniform(0.5, 2.0))
        stage.nats.resume()


async def bus_partitioned(stage: Stage, dice: random.Random) -> None:
    """No byte passes between one access process and NATS: short, when nobody may notice, or until it is given up."""
    async with stage.fault("partition", "access from nats"):
        stage.bus_line.hold()
        await asyncio.sleep(dice.choice([1.0, 7.0]))
        stage.bus_line.release()


async def database_killed(stage: Stage, dice: random.Random) -> None:
    async with stage.fault("kill", "postgres"):
        await asyncio.to_thread(stage.postgres.kill)
        await asyncio.sleep(dice.uniform(0, 1.0))
        await asyncio.to_thread(stage.postgres.start)


async def database_paused(stage: Stage, dice: random.Random) -> None:
    async with stage.fault("pause", "postgres"):
        stage.postgres.pause()
        await asyncio.sleep(dice.uniform(0.5, 2.0))
        stage.postgres.resume()


async def backends_paused(stage: Stage, dice: random.Random) -> None:
    """Some of the server's own processes do nothing, whatever they hold: writers of the log of writes among them."""
    async with stage.fault("pause", "some of postgres"):
        _, *children = stage.postgres.processes()
        chosen = dice.sample(children, len(children) // 2)
        for process in chosen:
            _send(process, signal.SIGSTOP)
        await asyncio.sleep(dice.uniform(0.5, 1.5))
        for process in chosen:
            _send(process, signal.SIGCONT)


async def commits_slow(stage: Stage, dice: random.Random) -> None:
    async with stage.fault("slow commits", "access", delay=SLOW):
        stage.commit_line.slow = _OUT_OF_TRANSACTION
        stage.commit_line.delay = SLOW
        await asyncio.sleep(dice.uniform(2.0, 3.0))
        stage.commit_line.delay = 0.0


async def answers_lost(stage: Stage, dice: random.Random) -> None:
    """What clients ask goes through, nothing comes back, and then the line is cut."""
    async with stage.fault("lost answers", "access"):
        stage.line.lose_answers()
        await asyncio.sleep(dice.uniform(0.1, 0.6))
        stage.line.cut()


def _send(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


KILLS: Final[dict[str, Fault]] = {
    "kill access": killed("access"),
    "kill api": killed("api"),
    "kill dispatch": killed("dispatch"),
    "kill nats": bus_killed,
    "kill postgres": database_killed,
}
OTHERS: Final[dict[str, Fault]] = {
    "pause access": paused("access"),
    "pause api": paused("api"),
    "pause dispatch": paused("dispatch"),
    "pause nats": bus_paused,
    "pause postgres": database_paused,
    "pause some of postgres": backends_paused,
    "slow commits": commits_slow,
    "lost answers": answers_lost,
    "bus partition": bus_partitioned,
}
EVERY: Final = {**KILLS, **OTHERS}
