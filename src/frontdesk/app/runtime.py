"""The services of one process: built, started and stopped in order."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from frontdesk.access import Hub
from frontdesk.auth import Authenticator, Keys
from frontdesk.bots import Runner
from frontdesk.conversations import Indexer, Log, Membership, Receipts, follow_contact_names
from frontdesk.dispatch import Dispatcher, reopen
from frontdesk.platform import Platform
from frontdesk.platform.loop_lag import watch_loop
from frontdesk.platform.tasks import Tasks
from frontdesk.settings import get as get_settings
from frontdesk.staff import sweep_presence


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the edges need of the running services."""

    platform: Platform
    tasks: Tasks
    keys: Keys
    authenticator: Authenticator
    log: Log
    membership: Membership
    receipts: Receipts
    hub: Hub


@asynccontextmanager
async def run_services(platform: Platform) -> AsyncGenerator[Runtime]:
    """Start every service of the process; at the end stop what makes work before what keeps it."""
    tasks = Tasks()
    keys = await Keys.load(platform)
    authenticator = await Authenticator.load(platform, keys)

    async def reopen_conversation(organization_id: int, conversation_id: int) -> bool:
        return await reopen(platform, organization_id, conversation_id)

    log = Log(platform, reopen=reopen_conversation)
    membership = Membership(platform)
    receipts = Receipts(platform)
    hub = Hub(platform, log, authenticator, membership, receipts)

    async def grace(organization_id: int) -> float:
        return (await get_settings(platform, organization_id)).agent_grace_s

    async def watch_presence() -> None:
        await sweep_presence(platform, grace)

    receipts.start(tasks)
    Indexer(platform).start(tasks)
    follow_contact_names(platform, tasks)
    tasks.run_forever("leases", platform.leases.run)
    tasks.every("presence", 1, watch_presence)
    tasks.run_forever("event-loop-lag", watch_loop)
    await Dispatcher(platform).start(tasks)
    Runner(platform, log).start(tasks)
    hub.start(tasks)
    try:
        yield Runtime(platform, tasks, keys, authenticator, log, membership, receipts, hub)
    finally:
        await hub.drain()
        await tasks.stop()
        await log.drain()
        await receipts.flush()
