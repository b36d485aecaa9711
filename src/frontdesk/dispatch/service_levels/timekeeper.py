"""Follows the log and the time for what teams promise: counts, warns, and writes down what became of it.

The log tells only that there is something new in a conversation; what it is is read from where its clock has stopped. So
reading a line twice does no harm, and the position is moved once everything that it tells of is written down. Where no
team promises anything, nothing is read and nothing is written.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations import EntryKind, Line, Position, entries_after_in, lines_after, with_people_in
from frontdesk.dispatch.service_levels.counting import OpenHours, advance, judge, reckon
from frontdesk.dispatch.service_levels.telling import tell
from frontdesk.dispatch.service_levels.types import Clock, Promises, Result
from frontdesk.dispatch.store import service_levels as rows
from frontdesk.dispatch.urgent import promises_press_in
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks
from frontdesk.platform.telemetry import counter
from frontdesk.staff import STAFF_CHANGED, Hours, StaffChanged, hours_of

_results: Final = counter("dispatch_promises_total", "What became of promised times", ("measure", "outcome"))

IDLE: Final = 0.25
LINES: Final = 200
BATCH: Final = 50
"""Conversations in one unit of work: messages on their way wait for it."""
ENTRIES: Final = 200
_COUNTED: Final = frozenset(
    {
        EntryKind.QUEUED,
        EntryKind.UNQUEUED,
        EntryKind.ASSIGNED,
        EntryKind.MESSAGE,
        EntryKind.CLOSED,
    }
)


class Timekeeper:
    """One at a time in an installation, wherever dispatch runs; two for a moment do no harm."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._follows = False
        self._changed: set[int] = set()
        self._ears: list[Callable[[], None]] = []

    def start(self, tasks: Tasks) -> None:
        """Listen, and follow in the process that holds the lease `service-levels`."""
        self.listen()
        self._platform.leases.lead(tasks, "service-levels", self._run)

    def listen(self) -> None:
        """Hear from now on what teams promise, and when they are open."""
        bus = self._platform.bus
        self._ears = [STAFF_CHANGED.subscribe(bus, self._staff_changed), bus.on_loss(self._lost)]

    def stop(self) -> None:
        """Stop listening; the tasks are their owner's to stop."""
        for leave in self._ears:
            leave()
        self._ears = []

    async def catch_up(self) -> bool:
        """Count what is new in the log, and what time has changed by now; True when there may be more."""
        if not self._follows:
            await self._begin()
        changed, self._changed = self._changed, set()
        for organization_id in sorted(changed):
            await self._look_at_all(organization_id)
        more = await self._follow()
        return await self._look_at_due() or more

    # ---- what is looked at -----------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        """What was changed while nobody listened is looked at; the log is followed from where it was left."""

        async def read(reader: Reader) -> frozenset[int]:
            return await rows.promising(reader) | await rows.organizations_counting(reader)

        self._changed |= await self._platform.database.read(EVERY_ORGANIZATION, read)
        self._follows = True

    async def _look_at_all(self, organization_id: int) -> None:
        """What an organization promises, or when its teams are open, is not what it was."""

        async def read(reader: Reader) -> set[int]:
            counting = {clock.conversation_id for clock in await rows.counting(reader, organization_id)}
            if not await rows.promises(reader, organization_id):
                return counting
            return counting.union(await with_people_in(reader, organization_id))

        await self._look(organization_id, await self._platform.database.read(organization_id, read))

    async def _follow(self) -> bool:
        """The next part of the log, from where it was left when somebody promised something."""
        database = self._platform.database
        part = await database.read(EVERY_ORGANIZATION, self._next_part)
        if part is None:
            return False
        told: defaultdict[int, set[int]] = defaultdict(set)
        for line in part.lines:
            if line.organization_id in part.promising and line.kind in _COUNTED:
                told[line.organization_id].add(line.conversation_id)
        for organization_id, conversation_ids in told.items():
            await self._look(organization_id, conversation_ids)
        if not part.promising:
            await database.write(EVERY_ORGANIZATION, rows.end)
        elif part.end != part.begins:
            await database.write(EVERY_ORGANIZATION, lambda tx: rows.advance(tx, part.begins, part.end))
        return len(part.lines) >= LINES

    async def _next_part(self, reader: Reader) -> "_Part | None":
        position = await rows.position(reader)
        if position is None:
            return None
        lines, end = await lines_after(self._platform, reader, position, limit=LINES)
        return _Part(lines, position, end, await rows.promising(reader))

    async def _look_at_due(self) -> bool:
        now = self._platform.clock.now()
        due = await self._platform.database.read(
            EVERY_ORGANIZATION, lambda reader: rows.to_look_at(reader, now, limit=BATCH)
        )
        by_organization: defaultdict[int, set[int]] = defaultdict(set)
        for organization_id, conversation_id in due:
            by_organization[organization_id].add(conversation_id)
        for organization_id, conversation_ids in by_organization.items():
            await self._look(organization_id, conversation_ids)
        return len(due) >= BATCH

    async def _look(self, organization_id: int, conversation_ids: Iterable[int]) -> None:
        wanted = sorted(conversation_ids)
        for start in range(0, len(wanted), BATCH):
            some = wanted[start : start + BATCH]
            await self._platform.database.write(
                organization_id, lambda tx, some=some: self._look_in(tx, organization_id, some)
            )

    async def _look_in(self, tx: Transaction, organization_id: int, conversation_ids: Sequence[int]) -> None:
        promises = await rows.promises(tx, organization_id)
        known = await rows.clocks(tx, organization_id, conversation_ids)
        hours = _Hours(tx, organization_id)
        now = self._platform.clock.now()
        for conversation_id in conversation_ids:
            before = known.get(conversation_id, Clock(conversation_id, organization_id))
            read, results = await _read_on(tx, before, promises, hours)
            for result in results:
                identity = self._platform.ids.new()
                await rows.add_result(tx, organization_id, result, identity=identity)
                outcome = "met" if result.met else "missed"
                tx.after_commit(_results.labels(measure=result.measure, outcome=outcome).inc)
            after = reckon(read, promises, await hours.of(read.team_id), now)
            if after != before:
                await rows.save_clock(tx, after)
                await tell(self._platform, tx, before, after)
                await promises_press_in(self._platform, tx, before, after)

    # ---- what is heard ---------------------------------------------------------------------------------------------

    def _staff_changed(self, event: StaffChanged) -> None:
        if event.topic == "teams":
            self._changed.add(event.organization_id)

    def _lost(self) -> None:
        """What happened meanwhile was not heard."""
        self._follows = False

    async def _run(self) -> None:
        """Follow the log; when behind, use at most half of the time, so that messages come first."""
        self._follows = False
        monotonic = self._platform.clock.monotonic
        while True:
            begun = monotonic()
            more = await self.catch_up()
            await asyncio.sleep(max(0.001, monotonic() - begun) if more else IDLE)


class _Part(Struct, frozen=True):
    """Lines of the log, where they begin and end, and the organizations that promise anything as of the same moment."""

    lines: Sequence[Line]
    begins: Position
    end: Position
    promising: frozenset[int]


class _Hours:
    """When the teams are open, asked for once in a unit of work."""

    def __init__(self, reader: Reader, organization_id: int) -> None:
        self._reader, self._organization_id = reader, organization_id
        self._known: dict[int, Hours | None] = {}

    async def of(self, team_id: int | None) -> OpenHours:
        if team_id is not None and team_id not in self._known:
            self._known[team_id] = await hours_of(self._reader, self._organization_id, team_id)
        return self._known


async def _read_on(
    reader: Reader, clock: Clock, promises: Promises, hours: _Hours
) -> tuple[Clock, list[Result]]:
    """Read a conversation's log to its end, from where the clock has stopped."""
    results: list[Result] = []
    while True:
        entries = await entries_after_in(
            reader, clock.organization_id, clock.conversation_id, clock.seq, ENTRIES
        )
        for entry in entries:
            clock, ended = advance(clock, entry)
            for one in ended:
                result = judge(clock.conversation_id, one, promises, await hours.of(one.team_id))
                if result is not None:
                    results.append(result)
        if len(entries) < ENTRIES:
            return clock, results
