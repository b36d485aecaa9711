"""The services of one process: which there are for its targets, built after what they need, stopped in the reverse order.

service        does                                                  needs
authenticator  verifies tokens, knows ended sessions                 –
directory      asks identity providers                               –
previewer      fetches pages that agents ask for                     –
translator     asks organizations' translation services              –
log            commits messages in groups                            –
hub            connections, and what they listen to                  authenticator, log
presence       agents whose lines are lost; nodes that are dead      –
dispatcher     queues, assignment, timers of this process's share    –
timekeeper     measures what teams promise; one process leads        –
bots           answers in this process's share                       log
indexer        follows the log for search; one process leads         –
contact names  follows renamed contacts                              –
webhooks       tells organizations' own programs; one process leads  –
notifier       tells devices by push; one process leads              –
answers        opens tickets that customers answer; one leads        –
eraser         erases contacts and old conversations; one leads      –
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Final

from frontdesk.access import Hub
from frontdesk.app.targets import EVERYTHING, Target
from frontdesk.auth import Authenticator, Keys
from frontdesk.bots import Runner
from frontdesk.conversations import Indexer, Log, Membership, Receipts, follow_contact_names
from frontdesk.dispatch import Dispatcher, Timekeeper, reopen
from frontdesk.platform import Platform
from frontdesk.platform.loop_lag import watch_loop
from frontdesk.platform.tasks import Tasks
from frontdesk.previews import Previewer
from frontdesk.privacy import Eraser
from frontdesk.push import Notifier
from frontdesk.settings import get as get_settings
from frontdesk.sso import Directory
from frontdesk.staff import sweep_presence
from frontdesk.tickets import Answers
from frontdesk.translation import Translator
from frontdesk.webhooks import Relay


@dataclass(slots=True)
class Runtime:
    """What the edges need of a running process; None is what its targets do without."""

    platform: Platform
    targets: frozenset[Target]
    authenticator: Authenticator | None = None
    directory: Directory | None = None
    previewer: Previewer | None = None
    translator: Translator | None = None
    hub: Hub | None = None
    log: Log | None = None
    draining: bool = False


class Services:
    """Starts each service once. What is started later is stopped earlier: what makes work before what keeps it."""

    def __init__(self, runtime: Runtime, stack: AsyncExitStack) -> None:
        self._runtime = runtime
        self._platform = runtime.platform
        self._stack = stack

    async def leases(self) -> None:
        """This process's life among the others; it ends behind everything else."""
        await self._platform.leases.announce(sorted(self._runtime.targets))
        tasks = self._tasks()
        tasks.run_forever("leases", self._platform.leases.run)
        tasks.run_forever("event-loop-lag", watch_loop)

    def loop_lag(self) -> None:
        self._tasks().run_forever("event-loop-lag", watch_loop)

    async def authenticator(self) -> Authenticator:
        known = self._runtime.authenticator
        if known is None:
            known = await Authenticator.load(self._platform, await Keys.load(self._platform))
            known.start(self._tasks())
            self._runtime.authenticator = known
        return known

    async def directory(self) -> None:
        directory = self._runtime.directory = Directory(self._platform)
        self._stack.push_async_callback(directory.close)

    async def previewer(self) -> None:
        previewer = self._runtime.previewer = Previewer(self._platform)
        self._stack.push_async_callback(previewer.close)

    async def translator(self) -> None:
        translator = self._runtime.translator = Translator(self._platform)
        self._stack.push_async_callback(translator.close)

    async def log(self) -> Log:
        known = self._runtime.log
        if known is None:
            platform = self._platform

            async def reopen_conversation(organization_id: int, conversation_id: int) -> bool:
                return await reopen(platform, organization_id, conversation_id)

            known = self._runtime.log = Log(platform, reopen=reopen_conversation)
            self._stack.push_async_callback(known.drain)
        return known

    async def hub(self) -> None:
        platform, authenticator, log = self._platform, await self.authenticator(), await self.log()
        receipts = Receipts(platform)
        self._stack.push_async_callback(receipts.flush)
        tasks = self._tasks()
        receipts.start(tasks)
        hub = self._runtime.hub = Hub(platform, log, authenticator, Membership(platform), receipts)
        hub.start(tasks)
        self._stack.push_async_callback(hub.drain)

    async def presence(self) -> None:
        """Harmless in many processes: what is due is looked at again where it is changed."""
        platform = self._platform

        async def grace(organization_id: int) -> float:
            return (await get_settings(platform, organization_id)).agent_grace_s

        async def sweep() -> None:
            await sweep_presence(platform, grace)

        self._tasks().every("presence", 1, sweep)

    async def dispatcher(self) -> None:
        dispatcher = Dispatcher(self._platform)
        await dispatcher.start(self._tasks())
        self._stack.callback(dispatcher.stop)

    async def timekeeper(self) -> None:
        timekeeper = Timekeeper(self._platform)
        timekeeper.start(self._tasks())
        self._stack.callback(timekeeper.stop)

    async def bots(self) -> None:
        log = await self.log()
        Runner(self._platform, log).start(self._tasks())

    async def indexer(self) -> None:
        Indexer(self._platform).start(self._tasks())

    async def webhooks(self) -> None:
        Relay(self._platform).start(self._tasks())

    async def notifier(self) -> None:
        Notifier(self._platform).start(self._tasks())

    async def answers(self) -> None:
        Answers(self._platform).start(self._tasks())

    async def eraser(self) -> None:
        Eraser(self._platform).start(self._tasks())

    async def contact_names(self) -> None:
        """Harmless in many processes: the first one changes something."""
        self._stack.callback(follow_contact_names(self._platform, self._tasks()))

    def _tasks(self) -> Tasks:
        """Background work that is stopped where it is asked for in the order of services."""
        tasks = Tasks()
        self._stack.push_async_callback(tasks.stop)
        return tasks


STARTS: Final[Mapping[Target, tuple[Callable[[Services], Awaitable[object]], ...]]] = {
    Target.ACCESS: (Services.hub, Services.presence),
    Target.API: (
        Services.authenticator,
        Services.directory,
        Services.previewer,
        Services.translator,
        Services.log,
    ),
    Target.DISPATCH: (Services.presence, Services.dispatcher, Services.timekeeper),
    Target.BOTS: (Services.bots,),
    Target.WORKER: (
        Services.indexer,
        Services.contact_names,
        Services.webhooks,
        Services.notifier,
        Services.answers,
        Services.eraser,
    ),
}


@asynccontextmanager
async def run_services(
    platform: Platform, targets: Collection[Target] = EVERYTHING
) -> AsyncGenerator[Runtime]:
    """Run what these targets need; stop it in order at the end."""
    async with AsyncExitStack() as stack:
        runtime = Runtime(platform, frozenset(targets))
        services = Services(runtime, stack)
        await services.leases()
        services.loop_lag()
        for start in dict.fromkeys(chain.from_iterable(STARTS[target] for target in sorted(targets))):
            await start(services)
        yield runtime
