"""Running the built-in bots of this process: which there are, and one `Attendant` for each."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from frontdesk.bots.attendant import Attendant
from frontdesk.bots.events import BOT_CHANGED
from frontdesk.bots.store import bases as rows
from frontdesk.conversations import Log
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.shares import chosen
from frontdesk.platform.tasks import Tasks
from frontdesk.staff import AGENT_CHANGED, load

logger = structlog.get_logger("frontdesk.bots")

TARGET: Final = "bots"
RECONCILE_S: Final = 15.0


class Runner:
    """Starts every built-in bot that is enabled, and stops those that no longer are, as soon as that is known.

    Several processes may run bots: each answers in a share of the conversations, and in those of one that is gone.

    A bot that crashes is started again, and first answers what it missed; so does, now and then, one that runs.
    """

    def __init__(self, platform: Platform, log: Log) -> None:
        self._platform = platform
        self._log = log
        self._running: dict[int, tuple[Attendant, asyncio.Task[None]]] = {}
        self._stops: list[Callable[[], None]] = []
        self._changed = asyncio.Event()

    def start(self, tasks: Tasks) -> None:
        """Run until `tasks` is stopped."""
        bus = self._platform.bus
        self._stops = [
            BOT_CHANGED.subscribe(bus, lambda _event: self._changed.set()),
            AGENT_CHANGED.subscribe(bus, lambda _event: self._changed.set()),
            self._platform.leases.on_change(self._look_again),
            bus.on_loss(self._lost),
        ]
        tasks.run_forever("bots-runner", lambda: self._follow(tasks))

    async def _follow(self, tasks: Tasks) -> None:
        try:
            while True:
                self._changed.clear()
                await self._platform.bus.subscribed()
                await self._match(tasks)
                try:
                    async with asyncio.timeout(RECONCILE_S):
                        await self._changed.wait()
                except TimeoutError:
                    self._look_again()
        except asyncio.CancelledError:
            for stop in self._stops:
                stop()
            raise

    def _mine(self, conversation_id: int) -> bool:
        """Whether this process answers in the conversation: each is one's of those that run bots."""
        leases = self._platform.leases
        lives = leases.living(TARGET)
        return len(lives) == 1 or chosen(f"{TARGET}.{conversation_id}", lives) == leases.life

    def _lost(self) -> None:
        self._look_again()
        self._changed.set()

    def _look_again(self) -> None:
        """Look for what nobody has answered: a frame was lost, or another process is gone."""
        for attendant, _task in self._running.values():
            attendant.look_again()

    async def _match(self, tasks: Tasks) -> None:
        """Make what runs equal to what is wanted."""
        wanted = await self._platform.database.read(EVERY_ORGANIZATION, _wanted)
        for bot_id in set(self._running) - set(wanted):
            _attendant, task = self._running.pop(bot_id)
            task.cancel()
        for bot_id, organization_id in wanted.items():
            running = self._running.get(bot_id)
            if running is not None and not running[1].done():
                running[0].settings_changed()
                continue
            attendant = Attendant(self._platform, self._log, organization_id, bot_id, mine=self._mine)
            self._running[bot_id] = attendant, tasks.run_forever(f"bot-{bot_id}", attendant.run)
            logger.info("bots.started", organization_id=organization_id, bot_id=bot_id)


async def _wanted(reader: Reader) -> dict[int, int]:
    """Every enabled built-in bot with its organization."""
    wanted: dict[int, int] = {}
    for organization_id, bot_id in await rows.find_every_bot(reader):
        agent = await load(reader, organization_id, bot_id)
        if agent.enabled:
            wanted[bot_id] = organization_id
    return wanted
