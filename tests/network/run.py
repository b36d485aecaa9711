"""One run: a server, a crowd in a process of its own, and weather between them until enough was said; then the verdict."""

import asyncio
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec
from typing_extensions import override

from tests.e2e.desk import CHANNEL, Desk
from tests.kit.server import Server, running_server
from tests.network.line import Line, running_line
from tests.network.shop import furnish, log_of
from tests.network.verdict import Report, violations
from tests.network.weather import BAD, CLEAR, Weather

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = "packages/realtime/src/testing/crowd-process.ts"
FAST: Final = 8
"""How much faster than ours the crowd's clock runs, so that ten seconds without an answer cost us little more than one."""
OUTAGE: Final = 80
"""The same while there is no network: two seconds are nearly three minutes."""
SPELL: Final = (0.5, 2.0)
SETTLING: Final = 60
_LIMIT: Final = 1 << 26


@dataclass(frozen=True)
class Plan:
    """`pace`: milliseconds between two messages of the crowd."""

    seed: int
    sends: int
    visitors: int = 8
    pace: float = 4.0


@dataclass(frozen=True)
class Done:
    said: int
    reloads: int
    outages: int
    happened: Counter[str]
    wrong: Sequence[str]

    @override
    def __str__(self) -> str:
        faults = ", ".join(f"{count} {name}" for name, count in sorted(self.happened.items()))
        return (
            f"{self.said:,} sends, {self.reloads} reloads in the middle of one, {self.outages} outages of minutes; "
            f"{faults}; {len(self.wrong)} violations"
        )


def run(folder: Path, plan: Plan, progress: Callable[[str], None] = lambda _: None) -> Done:
    """Whatever goes wrong is in the result; an exception means that the run proved nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_run(folder, plan, progress))


async def _run(folder: Path, plan: Plan, progress: Callable[[str], None]) -> Done:
    environment = {
        "FRONTDESK_ACCESS__RATE": str(20 * FAST),
        "FRONTDESK_ACCESS__BURST": str(60 * FAST),
        "FRONTDESK_TOKENS__ACCESS_TTL": "86400",
    }
    async with running_server(folder / "data", "up", environment) as server:
        people = await asyncio.to_thread(furnish, server.url, plan.visitors)
        weather = Weather(Random(plan.seed))  # noqa: S311 - chance of a test
        async with running_line(server.port, weather) as line:
            crowd = await Crowd.gather(folder, line.port, plan, people)
            try:
                outages = await _blow(crowd, line, weather, plan.sends, progress)
                report = await crowd.finish()
            finally:
                await crowd.leave()
        wrong = await asyncio.to_thread(_judge, server, report)
    return Done(len(report.said), report.reloads, outages, weather.happened, [*crowd.wrong, *wrong])


def _judge(server: Server, report: Report) -> list[str]:
    desk = Desk(server.url)
    logs = {
        conversation: [
            (each["seq"], each["id"], each["body"].get("text")) for each in log_of(desk, conversation)
        ]
        for conversation in {screen.conversation for screen in report.screens}
    }
    desk.close()
    return list(violations(report, logs))


async def _blow(
    crowd: "Crowd", line: Line, weather: Weather, sends: int, progress: Callable[[str], None]
) -> int:
    """Bad spells, clear ones and outages until so much was said; then it stays clear. Returns the outages."""
    outages = 0
    while crowd.said < sends:
        kind = weather.dice.choices(("bad", "clear", "outage"), (6, 2, 1))[0]
        if kind == "outage" or (not outages and crowd.said > sends / 2):
            outages += 1
            line.go_down()
            crowd.order(rate=OUTAGE)
            await asyncio.sleep(SPELL[1])
            crowd.order(rate=FAST)
            line.come_up()
        weather.fates = CLEAR if kind == "clear" else BAD
        await asyncio.sleep(weather.dice.uniform(*SPELL))
        progress(f"{crowd.said:,} of {sends:,} said")
        if crowd.process.returncode is not None:
            raise RuntimeError(f"the crowd is gone: {crowd.wrong}")
    weather.fates = {}
    return outages


class _Word(msgspec.Struct):
    """A line that the crowd's process writes."""

    said: Any = None
    screens: Any = None
    reloads: int = 0
    unsettled: int = 0
    settled: bool = False
    wrong: str = ""


class Crowd:
    """The process with all the tabs in it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said = 0
        self.wrong: list[str] = []
        self._unsettled = 0
        self._settled = asyncio.Event()
        self._report: asyncio.Future[Report] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def gather(cls, folder: Path, port: int, plan: Plan, people: Sequence[dict[str, Any]]) -> "Crowd":
        """The real client, bundled from its source, under Node."""
        program = folder / "crowd.mjs"
        bundler = ROOT / "web/node_modules/.bin/rolldown"
        arguments = (str(ROOT / "web" / SOURCE), "--platform", "node", "--format", "esm", "-o", str(program))
        bundling = await asyncio.create_subprocess_exec(
            str(bundler), *arguments, cwd=ROOT / "web", stdout=asyncio.subprocess.DEVNULL
        )
        assert await bundling.wait() == 0, "the crowd could not be bundled"
        node = shutil.which("node")
        assert node is not None, "Node.js is not installed"
        process = await asyncio.create_subprocess_exec(
            node,
            "--no-warnings",
            "--experimental-websocket",
            str(program),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LIMIT,
            env={**os.environ},
        )
        crowd = cls(process)
        crowd.order(
            url=f"http://127.0.0.1:{port}",
            channel=CHANNEL,
            seed=plan.seed,
            rate=FAST,
            pace=plan.pace,
            patience=400,
            people=people,
        )
        return crowd

    def order(self, **what: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(msgspec.json.encode(what) + b"\n")

    async def finish(self) -> Report:
        """Nobody writes any more; once all is sent and everybody has everything, what they see."""
        self.order(finish=True)
        try:
            await asyncio.wait_for(self._settled.wait(), SETTLING)
        except TimeoutError:
            self.wrong.append(f"{self._unsettled} messages or tabs did not come to rest")
        await self._caught_up()
        return await self._see()

    async def _caught_up(self) -> None:
        """News that was lost is noticed with the next, or with the next connection: both take a moment."""
        deadline = time.monotonic() + SETTLING
        while time.monotonic() < deadline:
            report = await self._see()
            ends: dict[str, set[int]] = {}
            for screen in report.screens:
                ends.setdefault(screen.conversation, set()).add(
                    screen.entries[-1][0] if screen.entries else 0
                )
            if all(len(each) == 1 for each in ends.values()):
                return
            await asyncio.sleep(0.2)

    async def _see(self) -> Report:
        self._report = asyncio.get_running_loop().create_future()
        self.order(report=True)
        return await asyncio.wait_for(self._report, 20)

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            word = msgspec.json.decode(line, type=_Word)
            if word.screens is not None and not self._report.done():
                self._report.set_result(msgspec.json.decode(line, type=Report))
            elif word.settled:
                self._settled.set()
            elif word.wrong:
                self.wrong.append(word.wrong)
            elif isinstance(word.said, int):
                self.said = word.said
            self._unsettled = word.unsettled

    async def leave(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        await self._listening
