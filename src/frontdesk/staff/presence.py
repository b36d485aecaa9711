"""Who is there. An agent chooses a status; it holds while one of the agent's sockets lives, and for a grace after.

Sockets are rows under the node (process) that holds them; a node keeps a heartbeat while it holds any. What a killed
process leaves behind is dropped when its heartbeat stops, and a process that was only paused puts its sockets back.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from weakref import WeakKeyDictionary

import msgspec

from frontdesk.auth import Permission, require_in_person
from frontdesk.core.clock import Millis
from frontdesk.core.errors import forbidden
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import EVERY_ORGANIZATION, Bus, Platform, Reader, Transaction
from frontdesk.platform.outbox import tell_in
from frontdesk.staff.lookup import announce, load
from frontdesk.staff.store import presence as rows
from frontdesk.staff.store import states
from frontdesk.staff.types import MAX_REASON, Agent, AgentStatusChanged, Presence, StateChange, Status

BEAT_MS: Final = 2_000
DEAD_MS: Final = 8_000


class _Node:
    """What this process knows of itself: its number and the sockets that it holds."""

    def __init__(self, identity: int) -> None:
        self.id = identity
        self.sockets: dict[str, tuple[int, int]] = {}
        self.hidden: set[str] = set()
        self.beat_at: Millis = 0


_nodes: Final[WeakKeyDictionary[Bus, _Node]] = WeakKeyDictionary()


def _node(platform: Platform) -> _Node:
    """The node of this process: it has one bus, so the bus tells processes (and tests) apart."""
    node = _nodes.get(platform.bus)
    if node is None:
        node = _nodes[platform.bus] = _Node(platform.ids.new())
    return node


async def set_status(platform: Platform, subject: Subject, status: Status, reason: str = "") -> Agent:
    """Choose one's own status. It holds at once while one is connected, else from the next connection on."""
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("staff.not-an-agent", "Only agents have a status.")
    if not subject.may(Permission.CONVERSATION_WRITE_OWN):
        require_in_person(subject)
    reason = clean_line(reason, field="reason", limit=MAX_REASON)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> Agent:
        known = await rows.find(tx, organization_id, subject.id)
        if known is None:
            raise forbidden("staff.not-an-agent", "Only agents have a status.")
        sockets = await rows.count_sockets(tx, organization_id, subject.id)
        present = sockets > 0 or known.status is not Status.OFFLINE
        agent = await load(tx, organization_id, subject.id)
        chosen = msgspec.structs.replace(known, wanted=status)
        holds = status if present and agent.enabled else Status.OFFLINE
        await apply_in(platform, tx, organization_id, chosen, holds, reason=reason, now=now, by=subject.id)
        return await announce(platform, tx, organization_id, subject.id)

    return await platform.database.write(organization_id, work)


async def connected(platform: Platform, subject: Subject, connection: str) -> None:
    """One of an agent's sockets opened in this process. A repeat changes nothing; visitors and bots are ignored, and
    applications by which nobody could answer.
    """
    if subject.kind is not SubjectKind.AGENT:
        return
    if subject.scope and not subject.may(Permission.CONVERSATION_WRITE_OWN):
        return
    node, now = _node(platform), platform.clock.now()
    node.sockets[connection] = (subject.organization_id, subject.id)

    async def work(tx: Transaction) -> None:
        await rows.insert_node(tx, node.id, now)
        await _connect(platform, tx, node, now, {connection: (subject.organization_id, subject.id)})

    await platform.database.write(subject.organization_id, work)


async def disconnected(platform: Platform, connection: str) -> None:
    """One of this process's sockets closed. The status holds on through the grace; a repeat changes nothing."""
    node, now = _node(platform), platform.clock.now()
    owner = node.sockets.pop(connection, None)
    node.hidden.discard(connection)
    if owner is None:
        return
    await platform.database.write(owner[0], lambda tx: _disconnect(tx, now, {connection: owner}))


async def put_in_sight(platform: Platform, connection: str, *, visible: bool) -> None:
    """The page of one of this process's sockets came into sight, or went out of it. A repeat changes nothing.

    It says nothing of the status: who looks elsewhere for a moment is still there.
    """
    node = _node(platform)
    owner = node.sockets.get(connection)
    if owner is None or (connection not in node.hidden) == visible:
        return
    (node.hidden.discard if visible else node.hidden.add)(connection)

    async def work(tx: Transaction) -> None:
        # as it is by now: of two changes in quick succession either may come last
        await rows.hide_socket(tx, owner[0], connection, hidden=connection in node.hidden)

    await platform.database.write(owner[0], work)


async def watching_in(reader: Reader, organization_id: int, agent_ids: Sequence[int]) -> frozenset[int]:
    """Those of these agents who have a page in sight, on whichever device; who tells nothing of it counts as looking."""
    return await rows.find_watching(reader, organization_id, agent_ids)


async def sweep_presence(platform: Platform, grace: Callable[[int], Awaitable[float]]) -> None:
    """Make what is stored true again; call it every second in every process that holds agents' sockets.

    `grace(organization_id)` is how many seconds an agent without a socket keeps the status. Quiet when nothing is due:
    a process without agents writes nothing.
    """
    await _beat(platform)
    now = platform.clock.now()

    async def bury(tx: Transaction) -> None:
        for node_id in await rows.find_dead_nodes(tx, now - DEAD_MS):
            await rows.delete_node(tx, node_id, now)

    if await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: rows.find_dead_nodes(reader, now - DEAD_MS)
    ):
        await platform.database.write(EVERY_ORGANIZATION, bury)
    lost = await platform.database.read(EVERY_ORGANIZATION, rows.find_lost)
    graces = {
        organization_id: await grace(organization_id)
        for organization_id in {one.organization_id for one in lost}
    }

    def due(one: rows.Lost) -> bool:
        seconds = graces.get(one.organization_id)
        return seconds is not None and (one.lost_at is None or now - one.lost_at >= seconds * 1000)

    async def settle(tx: Transaction) -> None:
        for one in await rows.find_lost(tx):
            known = await rows.find(tx, one.organization_id, one.agent_id)
            if known is None or not due(one):
                continue
            if one.lost_at is None:
                await rows.update(tx, one.organization_id, msgspec.structs.replace(known, lost_at=now))
            else:
                await apply_in(platform, tx, one.organization_id, known, Status.OFFLINE, now=now)
                await announce(platform, tx, one.organization_id, one.agent_id)

    if any(due(one) for one in lost):
        await platform.database.write(EVERY_ORGANIZATION, settle)


async def find_presence(reader: Reader, organization_id: int, agent_id: int) -> Presence | None:
    """An agent's presence with what the agent chose; None for an agent that the organization does not have."""
    return await rows.find(reader, organization_id, agent_id)


async def start_in(tx: Transaction, organization_id: int, agent_id: int, status: Status, now: Millis) -> None:
    """Give a new agent its presence: offline until the first socket for people, online for bots."""
    fresh = Presence(agent_id, Status.ONLINE, status, now, "", None)
    await rows.insert(tx, organization_id, fresh)


async def force_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int, status: Status, *, now: Millis
) -> None:
    """An account was disabled (all sockets are dropped) or enabled again."""
    known = await rows.find(tx, organization_id, agent_id)
    if known is None:
        return
    if status is Status.OFFLINE:
        await rows.delete_sockets_of(tx, organization_id, agent_id)
    await apply_in(platform, tx, organization_id, known, status, now=now)


async def rest_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int, reason: str
) -> None:
    """Somebody who does not answer is away from now on, until they say otherwise. Who is offline stays so."""
    known = await rows.find(tx, organization_id, agent_id)
    if known is None or known.status is Status.OFFLINE:
        return
    chosen = msgspec.structs.replace(known, wanted=Status.AWAY)
    now = platform.clock.now()
    await apply_in(platform, tx, organization_id, chosen, Status.AWAY, reason=reason, now=now)
    await announce(platform, tx, organization_id, agent_id)


async def _beat(platform: Platform) -> None:
    """Keep this node's heartbeat while it holds sockets, and its rows equal to the sockets that it holds."""
    node, now = _node(platform), platform.clock.now()
    if not node.sockets or now - node.beat_at < BEAT_MS:
        return
    node.beat_at = now
    held = dict(node.sockets)

    async def work(tx: Transaction) -> None:
        await rows.insert_node(tx, node.id, now)
        stored = await rows.find_connections(tx, node.id)
        await _disconnect(tx, now, {key: owner for key, owner in stored.items() if key not in held})
        await _connect(
            platform, tx, node, now, {key: owner for key, owner in held.items() if key not in stored}
        )

    await platform.database.write(EVERY_ORGANIZATION, work)


async def _connect(
    platform: Platform, tx: Transaction, node: _Node, now: Millis, sockets: Mapping[str, tuple[int, int]]
) -> None:
    for connection, (organization_id, agent_id) in sockets.items():
        known = await rows.find(tx, organization_id, agent_id)
        if known is None or not (await load(tx, organization_id, agent_id)).enabled:
            continue
        await rows.insert_socket(
            tx,
            organization_id,
            connection=connection,
            agent_id=agent_id,
            node_id=node.id,
            hidden=connection in node.hidden,
            now=now,
        )
        back = msgspec.structs.replace(known, lost_at=None)
        await apply_in(platform, tx, organization_id, back, known.wanted, now=now)
        if known.status is not known.wanted:
            await announce(platform, tx, organization_id, agent_id)


async def _disconnect(tx: Transaction, now: Millis, sockets: Mapping[str, tuple[int, int]]) -> None:
    for connection, (organization_id, agent_id) in sockets.items():
        await rows.delete_socket(tx, organization_id, connection)
        known = await rows.find(tx, organization_id, agent_id)
        if known is None or known.lost_at is not None:
            continue
        if await rows.count_sockets(tx, organization_id, agent_id) == 0:
            await rows.update(tx, organization_id, msgspec.structs.replace(known, lost_at=now))


async def apply_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    known: Presence,
    status: Status,
    *,
    now: Millis,
    reason: str | None = None,
    by: int = 0,
) -> None:
    """Let this status hold, and note in the ledger what changed. `reason` None keeps the one that is known.

    While away another reason begins another stretch: from lunch into a meeting one has been in the meeting since now.
    """
    reason = known.reason if reason is None else reason
    same = known.status is status and known.reason == reason
    goes_on = known.status is status and (same or status is not Status.AWAY)
    since = known.status_since if goes_on else now
    after = msgspec.structs.replace(known, status=status, status_since=since, reason=reason)
    await rows.update(tx, organization_id, after)
    if same:
        return
    change = StateChange(platform.ids.new(), now, known.status, status, reason, by)
    await states.insert(tx, organization_id, known.agent_id, change)
    if status is not known.status:
        told = AgentStatusChanged(str(known.agent_id), status, known.status, reason)
        await tell_in(platform, tx, organization_id, "agent.status_changed", about=known.agent_id, data=told)
