"""The dispatcher of a process: hears events, runs queues within milliseconds, watches the time, proves nothing was missed.

It keeps nothing that the database does not have: after a crash a new one starts from the tables alone. Where several
processes dispatch, each organization is one's at a time; who takes one over reconciles it first, so that nothing is lost
that was heard by nobody meanwhile.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Final

import structlog

from frontdesk.conversations import ROUTED, ConversationState, Routed
from frontdesk.core.errors import FrontdeskError
from frontdesk.dispatch.board import Board
from frontdesk.dispatch.events import QUEUE_CHANGED, SEAT_CHANGED, QueueChanged, SeatChanged
from frontdesk.dispatch.gauges import measure
from frontdesk.dispatch.holding import Holding
from frontdesk.dispatch.matching import run_queue
from frontdesk.dispatch.offers import expire_offers
from frontdesk.dispatch.overflow import sweep_queues
from frontdesk.dispatch.presence import follow_agent, follow_gone, reassign_gone
from frontdesk.dispatch.reconcile import Activity, reconcile
from frontdesk.dispatch.requests import expire_requests
from frontdesk.dispatch.store import addressees, line, queue, watches
from frontdesk.dispatch.store.organizations import parts
from frontdesk.dispatch.timers import sweep_watches
from frontdesk.dispatch.wrapping_up import end_wrap_ups
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks
from frontdesk.settings import SETTINGS_CHANGED, SettingsChanged
from frontdesk.staff import AGENT_CHANGED, STAFF_CHANGED, AgentChanged, StaffChanged, load

logger = structlog.get_logger("frontdesk.dispatch")

TICK_S: Final = 1.0
RECONCILE_S: Final = 15.0
SHOW_S: Final = 0.2
TELL_S: Final = 0.5
GAUGES_S: Final = 5.0
_WHO_MAY_HAVE_IT: Final = frozenset({"teams", "departments"})
Team = tuple[int, int]


class Dispatcher:
    """Give it the process's tasks with `start`; its loops stop with them."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._board = Board(platform)
        self._tasks: Tasks | None = None
        self._dirty: set[Team] = set()
        self._running: set[Team] = set()
        self._retry: set[Team] = set()
        self._unwatched: dict[int, Routed] = {}
        self._to_show: dict[int, set[int]] = {}
        self._taken: set[int] = set()
        self._holding = Holding(platform)
        self._behind: set[int] = set()
        self._activity = Activity()
        self._idle = asyncio.Event()
        self._idle.set()
        self._ears: list[Callable[[], None]] = []

    async def start(self, tasks: Tasks) -> None:
        """Begin to listen, then bring everything up to date from the database; returns when it is."""
        self._tasks = tasks
        bus = self._platform.bus
        self._ears = [
            QUEUE_CHANGED.subscribe(bus, self._queue_changed),
            SEAT_CHANGED.subscribe(bus, self._seat_changed),
            AGENT_CHANGED.subscribe(bus, self._agent_changed),
            STAFF_CHANGED.subscribe(bus, self._staff_changed),
            SETTINGS_CHANGED.subscribe(bus, self._settings_changed),
            ROUTED.subscribe(bus, self._routed),
            self._platform.leases.on_change(lambda: self._spawn("dispatch-share", self._fit())),
            bus.on_loss(self._lost),
        ]
        await bus.subscribed()
        await self._holding.find()
        await self._fit()
        tasks.every("dispatch-timers", TICK_S, self.tick)
        tasks.every("dispatch-show", SHOW_S, self._show)
        tasks.every("dispatch-tell", TELL_S, self.tell)
        tasks.every("dispatch-reconcile", RECONCILE_S, self._reconcile)
        tasks.every("dispatch-gauges", GAUGES_S, partial(measure, self._platform))

    def stop(self) -> None:
        """Stop listening; the tasks are their owner's to stop."""
        for leave in self._ears:
            leave()
        self._ears = []

    async def settle(self) -> None:
        """Wait until everything heard so far, and what came of it, is dealt with."""
        await asyncio.sleep(0)
        await self._idle.wait()

    async def tell(self) -> None:
        """Tell visitors and staff what has changed in the queues."""
        await self._board.tell()

    async def tick(self) -> None:
        """Everything that time brings about."""
        await self._fit()
        await self._watch_new()
        for held in parts(self._holding.ids):
            await expire_offers(self._platform, held)
            await expire_requests(self._platform, held)
            await self._forget_refusals(held)
            await self._wake_sleepers(held)
            await sweep_watches(self._platform, held)
            await sweep_queues(self._platform, held)
            await reassign_gone(self._platform, held)
            await end_wrap_ups(self._platform, held)
        for team in list(self._retry):
            self._retry.discard(team)
            self._trigger(*team)

    # ---- what is heard ---------------------------------------------------------------------------------------------

    def _concerns(self, organization_id: int) -> bool:
        """Whether this process dispatches for the organization; one that nobody knew of yet may become this one's."""
        if organization_id in self._holding:
            return True
        if not self._holding.knows(organization_id):
            self._holding.meet(organization_id)
            self._spawn("dispatch-share", self._fit())
        return False

    def _queue_changed(self, event: QueueChanged) -> None:
        if not self._concerns(event.organization_id):
            return
        if event.matched:
            self._board.changed(event.organization_id, event.team_id)
        else:
            self._trigger(event.organization_id, event.team_id)

    def _seat_changed(self, event: SeatChanged) -> None:
        if not self._concerns(event.organization_id):
            return
        self._to_show.setdefault(event.organization_id, set()).add(event.agent_id)
        if event.freed:
            self._spawn("dispatch-freed", self._wake_teams_of(event.organization_id, event.agent_id))
        elif event.organization_id not in self._taken:
            self._taken.add(event.organization_id)
            self._spawn("dispatch-taken", self._wake_kept(event.organization_id))

    def _agent_changed(self, event: AgentChanged) -> None:
        if not self._concerns(event.organization_id):
            return
        self._to_show.setdefault(event.organization_id, set()).add(event.agent_id)
        self._spawn("dispatch-agent", self._follow(event.organization_id, event.agent_id))

    def _staff_changed(self, event: StaffChanged) -> None:
        if event.topic in _WHO_MAY_HAVE_IT and self._concerns(event.organization_id):
            self._spawn("dispatch-teams", self._wake_all(event.organization_id))

    def _settings_changed(self, event: SettingsChanged) -> None:
        if self._concerns(event.organization_id):
            self._spawn("dispatch-settings", self._hurry(event.organization_id))

    def _routed(self, event: Routed) -> None:
        if self._concerns(event.organization_id) and event.state is ConversationState.BOT:
            self._unwatched[event.conversation_id] = event

    def _lost(self) -> None:
        """What happened meanwhile was not heard: as at a takeover, it is found in the tables and nobody's fault."""
        self._behind |= set(self._holding.ids)
        self._spawn("dispatch-lost", self._fit())

    # ---- what is done about it -------------------------------------------------------------------------------------

    async def _fit(self) -> None:
        """Take over what became this process's, and let go of what no longer is."""
        taken, lost = await self._holding.fit()
        for organization_id in lost:
            self._board.forget(organization_id)
        behind, self._behind = self._behind | taken, set()
        for organization_id in sorted(behind):
            if organization_id in self._holding:
                await self._take_over(organization_id)

    async def _take_over(self, organization_id: int) -> None:
        """Bring up to date what happened while nobody, or another process, dispatched: nobody is blamed for that."""
        try:
            await reconcile(self._platform, [organization_id], activity=self._activity, count=False)
            await self._wake_all(organization_id)
        except FrontdeskError as error:
            self._behind.add(organization_id)
            logger.warning("dispatch.takeover.failed", organization_id=organization_id, reason=error.code)

    async def _hurry(self, organization_id: int) -> None:
        """Look at every open conversation again: its times may be others now."""
        now = self._platform.clock.now()
        await self._platform.database.write(
            organization_id, lambda tx: watches.hurry(tx, organization_id, now)
        )
        await follow_gone(self._platform, organization_id)

    def _trigger(self, organization_id: int, team_id: int) -> None:
        """Run this team's queue soon. Triggers that arrive while it runs make it run once more, not once each."""
        team = (organization_id, team_id)
        self._dirty.add(team)
        if team not in self._running:
            self._running.add(team)
            self._spawn("dispatch-queue", self._run(team))

    async def _run(self, team: Team) -> None:
        try:
            while team in self._dirty:
                self._dirty.discard(team)
                try:
                    await run_queue(self._platform, *team)
                    self._board.changed(*team)
                except FrontdeskError as error:
                    self._retry.add(team)
                    logger.warning(
                        "dispatch.queue.failed", organization_id=team[0], team_id=team[1], reason=error.code
                    )
        finally:
            self._running.discard(team)

    async def _wake_teams_of(self, organization_id: int, agent_id: int) -> None:
        """An agent may have room: run the queues where somebody waits for one of its teams."""

        async def read(reader: Reader) -> list[int]:
            waiting = await queue.teams_waiting(reader, organization_id)
            if not waiting:
                return []
            agent = await load(reader, organization_id, agent_id)
            asked = await addressees.teams_asking(reader, organization_id, agent_id, agent.department_id)
            return sorted((asked | set(agent.team_ids)) & waiting)

        for team_id in await self._platform.database.read(organization_id, read):
            self._trigger(organization_id, team_id)

    async def _wake_kept(self, organization_id: int) -> None:
        """With whom a place is kept for what takes several may be another agent now that places were taken."""
        self._taken.discard(organization_id)  # what is taken from here on is another reason to look
        for team_id in await self._platform.database.read(
            organization_id, lambda reader: line.teams_of_heavy(reader, organization_id)
        ):
            self._trigger(organization_id, team_id)

    async def _wake_all(self, organization_id: int) -> None:
        for team_id in await self._platform.database.read(
            organization_id, lambda reader: queue.teams_waiting(reader, organization_id)
        ):
            self._trigger(organization_id, team_id)

    async def _follow(self, organization_id: int, agent_id: int) -> None:
        await follow_agent(self._platform, organization_id, agent_id)
        await self._wake_teams_of(organization_id, agent_id)

    async def _watch_new(self) -> None:
        fresh, self._unwatched = self._unwatched, {}
        if not fresh:
            return
        now = self._platform.clock.now()

        async def work(tx: Transaction) -> None:
            for event in fresh.values():
                await watches.add_missing(
                    tx, event.organization_id, event.conversation_id, now, event.agent_id
                )

        await self._platform.database.write(EVERY_ORGANIZATION, work)

    async def _forget_refusals(self, held: Sequence[int]) -> None:
        now, database = self._platform.clock.now(), self._platform.database
        for organization_id in await database.read(
            EVERY_ORGANIZATION, lambda reader: queue.with_old_refusals(reader, now, held)
        ):
            teams = await database.write(
                organization_id,
                lambda tx, organization_id=organization_id: queue.drop_old_refusals(tx, organization_id, now),
            )
            for team_id in teams:
                self._trigger(organization_id, team_id)

    async def _wake_sleepers(self, held: Sequence[int]) -> None:
        """For some who wait, time alone may have changed who may have them."""
        now, database = self._platform.clock.now(), self._platform.database
        for organization_id in await database.read(
            EVERY_ORGANIZATION, lambda reader: queue.with_sleepers(reader, now, held)
        ):
            teams = await database.write(
                organization_id,
                lambda tx, organization_id=organization_id: queue.wake(tx, organization_id, now),
            )
            for team_id in teams:
                self._trigger(organization_id, team_id)

    async def _show(self) -> None:
        """At most five times a second for each agent."""
        changed, self._to_show = self._to_show, {}
        for organization_id, agent_ids in changed.items():
            await self._board.show_agents(organization_id, agent_ids)

    async def _reconcile(self) -> None:
        await self._holding.find()
        await self._fit()
        await reconcile(self._platform, self._holding.ids, activity=self._activity)

    def _spawn(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._activity.heard += 1
        if self._tasks is None:
            work.close()
            return
        self._activity.working += 1
        self._idle.clear()
        self._tasks.run_once(name, work).add_done_callback(self._worked)

    def _worked(self, _: asyncio.Task[None]) -> None:
        self._activity.working -= 1
        if not self._activity.working:
            self._idle.set()
