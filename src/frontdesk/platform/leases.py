"""Leases: what only one process at a time should do, by name. And this process's own life, which they hang on.

    free ──acquire──▶ held ──release, or the holder ends──▶ free            the next holder: at once
                       │
                       └──the holder's life is declared over──▶ free        the next holder: in about five seconds

A process renews its life once a second, and with it everything that it holds. Whoever sees a life stand still for
`DEAD_S` declares it over.

No two clocks are compared. Each process measures with its own how long it has seen a life stand still, and counts only
time in which it could have seen it move: neither clocks that differ, nor a database that was away, nor a pause of the
observer itself ends anybody.

A lease saves work; it is not what anything rests on. A process that was paused may believe for a moment that it still
holds what another has by now. Whoever cannot bear that writes only where what it has read is still so, as those do who
move a position in the log. The fence grows with every change of holder.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Final

import structlog
from msgspec import Struct

from frontdesk.core.clock import Clock, Millis
from frontdesk.core.errors import FrontdeskError, conflict
from frontdesk.core.ids import FOREVER, Ids
from frontdesk.platform import workers
from frontdesk.platform.bus import Bus, Topic
from frontdesk.platform.database import EVERY_ORGANIZATION, Database, Reader, Transaction
from frontdesk.platform.tasks import Tasks, end
from frontdesk.platform.telemetry import counter

BEAT_S: Final = 1.0
DEAD_S: Final = 3.5
_LOOK_S: Final = 0.25
_TOGETHER: Final = "Name the same NATS in bus.servers of every process, or stop that one."
logger = structlog.get_logger("frontdesk.leases")
_buried: Final = counter("processes_dead_total", "Other processes that this one declared dead")
_lost: Final = counter("lives_lost_total", "Times that this process was declared dead and was not")


class LeasesChanged(Struct, frozen=True):
    """A process came or went, or gave something back. `life`: whose news it is."""

    life: int


LEASES_CHANGED: Final = Topic("event.platform.leases-changed", LeasesChanged)


class Silence:
    """For how long each life has stood still, as far as this process could see. Pure."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, float]] = {}
        self._looked: float | None = None

    def observe(self, beats: Mapping[int, int], now: float) -> frozenset[int]:
        """Look at (life → beat) at a moment; returns the lives that have stood still for too long."""
        passed = 0.0 if self._looked is None else min(now - self._looked, 2 * BEAT_S)
        self._looked = now
        before, self._seen = self._seen, {}
        for life, beat in beats.items():
            known = before.get(life)
            silent = known[1] + passed if known is not None and known[0] == beat else 0.0
            self._seen[life] = (beat, silent)
        return frozenset(life for life, (_beat, silent) in self._seen.items() if silent >= DEAD_S)


class Leases:
    """This process among the others."""

    def __init__(self, database: Database, bus: Bus, clock: Clock, taken: workers.Taken) -> None:
        self.ids = Ids(clock, worker=taken.number, floor=taken.floor, until=taken.until)
        self._database = database
        self._bus = bus
        self._clock = clock
        self._taken = taken
        self._targets: tuple[str, ...] = ()
        self._held: dict[str, int] = {}
        self._living: tuple[workers.Worker, ...] = ()
        self._silence = Silence()
        self._listeners: list[Callable[[], None]] = []
        self._news = asyncio.Event()
        self._stop = LEASES_CHANGED.subscribe(bus, lambda _event: self._news.set())

    @classmethod
    async def begin(
        cls, database: Database, bus: Bus, clock: Clock, *, floor: Millis = 0, alone: bool
    ) -> "Leases":
        """Begin this process's life. `alone`: nobody else can have this database; what is held in it is void."""
        return cls(database, bus, clock, await workers.take(database, clock, floor=floor, alone=alone))

    @property
    def life(self) -> int:
        """Grows with every life of any process; a process that was declared dead and was not gets a new one."""
        return self._taken.life

    def living(self, target: str) -> tuple[int, ...]:
        """The lives that run this target, as of the last look, and this one: for those who run it."""
        others = (worker.life for worker in self._living if target in worker.targets)
        return tuple(sorted({*others, self.life}))

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call when processes came or went, or something became free or was lost; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # ---- living ----------------------------------------------------------------------------------------------------

    async def announce(self, targets: Iterable[str]) -> None:
        """Say what this process runs from now on, and look who else lives.

        Raises `platform.bus-apart` when another process works on this database and news of the one does not reach the
        other. One that was killed a moment ago looks like one that works: it is waited for until it is declared over.
        """
        self._targets = tuple(targets)
        seen: dict[int, int] = {}
        while (other := await self._announced()) is not None:
            if seen.setdefault(other.life, other.beat) != other.beat:
                raise conflict("platform.bus-apart", f"{_apart(other)}.", hint=_TOGETHER)
            await asyncio.sleep(_LOOK_S)
            await self.renew()
        LEASES_CHANGED.publish(self._bus, LeasesChanged(self.life))
        await self._bus.subscribed()
        await self.renew()

    async def run(self) -> None:
        """Renew for ever: every second, and as soon as there is news. An outage is told once, and its end."""
        failing = ""
        while True:
            try:
                await self.renew()
                if failing:
                    logger.info("leases.renewal.works", after=failing)
                failing = ""
            except FrontdeskError as error:
                if error.code != failing:
                    logger.warning("leases.renewal.failed", reason=error.code)
                failing = error.code
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT_S):
                    await self._news.wait()

    async def renew(self) -> None:
        """Renew this life, look who else lives, and declare over who does not.

        When this life was declared over meanwhile, everything held is lost and a new one is begun.
        """
        changed = self._news.is_set()
        self._news.clear()
        until = self._reservation()
        if await self._database.write(
            EVERY_ORGANIZATION,
            lambda tx: workers.beat_in(tx, self._taken, self.ids, until=until),
            serial=False,  # one row, which is this process's own
        ):
            self.ids.reserve(until)
        else:
            await self._begin_again()
            changed = True
        living = tuple(await self._database.read(EVERY_ORGANIZATION, workers.living))
        dead = self._silence.observe(
            {worker.life: worker.beat for worker in living if worker.life != self.life},
            self._clock.monotonic(),
        )
        for worker in living:
            if worker.life in dead:
                await self._bury(worker)
        living = tuple(worker for worker in living if worker.life not in dead)
        before, self._living = {(one.life, one.targets) for one in self._living}, living
        if changed or before != {(one.life, one.targets) for one in living}:
            self._tell()

    async def end(self) -> None:
        """Give everything back: others go on at once. A repeat changes nothing.

        Where the database cannot be reached, others will find out by themselves.
        """
        self._stop()

        async def work(tx: Transaction) -> None:
            await tx.execute("update lease set life = 0 where life = $1", self.life)
            await workers.give_back_in(tx, self._taken, self.ids)

        try:
            await self._database.write(EVERY_ORGANIZATION, work)
        except FrontdeskError as error:
            logger.warning("leases.end.failed", reason=error.code)
        self._held.clear()
        LEASES_CHANGED.publish(self._bus, LeasesChanged(self.life))

    # ---- holding ---------------------------------------------------------------------------------------------------

    @property
    def held(self) -> Mapping[str, int]:
        """Name → fence of what this process holds, as far as it knows."""
        return self._held

    async def acquire(self, names: Iterable[str]) -> frozenset[str]:
        """Take those of these that are free, all at once; returns which of them are held now."""
        wanted = sorted(set(names) - set(self._held))
        life = self.life
        if wanted:
            busy = await self._database.read(EVERY_ORGANIZATION, _busy)
            wanted = [name for name in wanted if name not in busy]

        async def work(tx: Transaction) -> dict[str, int]:
            taken: dict[str, int] = {}
            for name in wanted:
                await tx.execute(
                    "insert into lease (name, life, fence) values ($1, 0, 0) on conflict (name) do nothing",
                    name,
                )
                row = await tx.fetch_one(
                    "update lease set life = $1, fence = fence + 1 where name = $2"
                    " and not exists (select 1 from process p where p.life = lease.life and p.alive)"
                    " and exists (select 1 from process p where p.life = $1 and p.alive) returning fence",
                    life, name,
                )  # fmt: skip
                if row is not None:
                    taken[name] = row[0]
            return taken

        if wanted:
            taken = await self._database.write(EVERY_ORGANIZATION, work)
            if life == self.life:
                self._held |= taken
        return frozenset(names) & self._held.keys()

    async def release(self, names: Iterable[str]) -> None:
        """Give these back. What is not held is left alone."""
        given = sorted(set(names) & self._held.keys())
        for name in given:
            del self._held[name]

        async def work(tx: Transaction) -> None:
            for name in given:
                await tx.execute("update lease set life = 0 where name = $1 and life = $2", name, self.life)

        if given:
            await self._database.write(EVERY_ORGANIZATION, work)
            LEASES_CHANGED.publish(self._bus, LeasesChanged(self.life))

    def lead(self, tasks: Tasks, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work`, restarted when it crashes, in one of the processes that ask for it: the one that holds `name`."""
        tasks.run_forever(f"lead-{name}", lambda: self._lead(tasks, name, work))

    async def _lead(self, tasks: Tasks, name: str, work: Callable[[], Awaitable[None]]) -> None:
        changed = asyncio.Event()
        forget = self.on_change(changed.set)
        running: asyncio.Task[None] | None = None
        try:
            while True:
                changed.clear()
                held = bool(await self.acquire([name]))
                if held and running is None:
                    logger.info("leases.leading", name=name, fence=self._held.get(name))
                    running = tasks.run_forever(name, work)
                elif not held and running is not None:
                    running = await end(running)
                with suppress(TimeoutError):
                    async with asyncio.timeout(BEAT_S):
                        await changed.wait()
        finally:
            forget()
            if running is not None:
                await end(running)

    # ---- inside ----------------------------------------------------------------------------------------------------

    async def _announced(self) -> workers.Worker | None:
        """Announce this life, unless there is another process on another bus; returns that one."""
        return await self._database.write(
            EVERY_ORGANIZATION,
            lambda tx: workers.announce_in(tx, self._taken, self._targets, self._bus.island),
        )

    def _reservation(self) -> Millis:
        """How far ahead to reserve. A process that is alone needs no reservation."""
        alone = self._taken.until == FOREVER
        return self.ids.high_water + (0 if alone else workers.RESERVED_MS)

    async def _begin_again(self) -> None:
        """Others have declared this life over: this process was paused, or could not reach the database."""
        lost, self._held = sorted(self._held), {}
        former = self.life
        self._taken = await workers.take(self._database, self._clock, floor=self.ids.high_water, alone=False)
        self.ids.renumber(worker=self._taken.number, floor=self._taken.floor, until=self._taken.until)
        _lost.inc()
        logger.warning("leases.life.lost", life=former, now=self.life, lost=lost)
        other = await self._announced()
        if other is not None:  # it was started while this one slept; neither can know which of them is wanted
            logger.error("leases.bus.apart", reason=_apart(other), hint=_TOGETHER)

    async def _bury(self, worker: workers.Worker) -> None:
        async def work(tx: Transaction) -> bool:
            buried = await workers.bury_in(tx, worker)
            if buried:
                await tx.execute("update lease set life = 0 where life = $1", worker.life)
            return buried

        if await self._database.write(EVERY_ORGANIZATION, work):
            _buried.inc()
            logger.warning("leases.process.dead", life=worker.life, targets=sorted(worker.targets))
            LEASES_CHANGED.publish(self._bus, LeasesChanged(worker.life))
            self._bus.tell_loss()  # what it committed last, it may have told nobody

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            try:
                listener()
            except Exception:
                logger.exception("leases.listener.failed")


def _apart(other: workers.Worker) -> str:
    return f"Another process ({', '.join(sorted(other.targets))}) works on this database, and no bus is between the two"


async def _busy(reader: Reader) -> set[str]:
    """The names that a living process holds."""
    rows = await reader.fetch("select l.name from lease l join process p on p.life = l.life and p.alive")
    return {row[0] for row in rows}
