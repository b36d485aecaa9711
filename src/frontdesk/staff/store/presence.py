"""Rows of `agent_presence`, `agent_socket` and `node`.

Nodes belong to the installation, not to an organization: the functions that find what a dead node left behind look
across organizations and are called by the sweep alone.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.staff.types import Presence, Status

_SELECT: Final = "select agent_id, wanted, status, status_since, reason, lost_at from agent_presence"


class Lost(Struct, frozen=True):
    """An agent who is shown as present without any socket. `lost_at` None: nobody noticed when."""

    organization_id: int
    agent_id: int
    lost_at: Millis | None


def _presence(row: Row) -> Presence:
    return Presence(row[0], Status(row[1]), Status(row[2]), row[3], row[4], row[5])


async def insert(tx: Transaction, organization_id: int, presence: Presence) -> None:
    await tx.execute(
        "insert into agent_presence (agent_id, organization_id, wanted, status, status_since, reason, lost_at)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        presence.agent_id, organization_id, presence.wanted, presence.status, presence.status_since, presence.reason,
        presence.lost_at,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, agent_id: int) -> Presence | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and agent_id = $2",
        organization_id,
        agent_id,
    )
    return None if row is None else _presence(row)


async def find_all(reader: Reader, organization_id: int) -> list[Presence]:
    rows = await reader.fetch(f"{_SELECT} where organization_id = $1 order by agent_id", organization_id)
    return [_presence(row) for row in rows]


async def update(tx: Transaction, organization_id: int, presence: Presence) -> None:
    await tx.execute(
        "update agent_presence set wanted = $1, status = $2, status_since = $3, reason = $4, lost_at = $5"
        " where organization_id = $6 and agent_id = $7",
        presence.wanted, presence.status, presence.status_since, presence.reason, presence.lost_at,
        organization_id, presence.agent_id,
    )  # fmt: skip


# ---- sockets -------------------------------------------------------------------------------------------------------


async def insert_socket(
    tx: Transaction,
    organization_id: int,
    *,
    connection: str,
    agent_id: int,
    node_id: int,
    hidden: bool,
    now: Millis,
) -> None:
    """A repeat changes nothing."""
    await tx.execute(
        "insert into agent_socket (connection, organization_id, agent_id, node_id, hidden, connected_at)"
        " values ($1, $2, $3, $4, $5, $6) on conflict (connection) do nothing",
        connection, organization_id, agent_id, node_id, hidden, now,
    )  # fmt: skip


async def hide_socket(tx: Transaction, organization_id: int, connection: str, *, hidden: bool) -> None:
    await tx.execute(
        "update agent_socket set hidden = $1 where organization_id = $2 and connection = $3",
        hidden,
        organization_id,
        connection,
    )


async def find_watching(reader: Reader, organization_id: int, agent_ids: Sequence[int]) -> frozenset[int]:
    """Those of these agents who have a page in sight."""
    rows = await reader.fetch(
        "select distinct agent_id from agent_socket"
        " where organization_id = $1 and agent_id = any($2) and not hidden",
        organization_id,
        list(agent_ids),
    )
    return frozenset(row[0] for row in rows)


async def delete_socket(tx: Transaction, organization_id: int, connection: str) -> None:
    await tx.execute(
        "delete from agent_socket where organization_id = $1 and connection = $2", organization_id, connection
    )


async def delete_sockets_of(tx: Transaction, organization_id: int, agent_id: int) -> None:
    await tx.execute(
        "delete from agent_socket where organization_id = $1 and agent_id = $2", organization_id, agent_id
    )


async def count_sockets(reader: Reader, organization_id: int, agent_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from agent_socket where organization_id = $1 and agent_id = $2",
        organization_id,
        agent_id,
    )
    return 0 if row is None else row[0]


# ---- nodes ---------------------------------------------------------------------------------------------------------


async def beat(tx: Transaction, node_id: int, now: Millis) -> bool:
    """Move a node's heartbeat. False: the node was declared dead meanwhile, and its sockets were dropped."""
    return await tx.execute("update node set heartbeat_at = $1 where id = $2", now, node_id) > 0


async def insert_node(tx: Transaction, node_id: int, now: Millis) -> None:
    await tx.execute(
        "insert into node (id, heartbeat_at) values ($1, $2)"
        " on conflict (id) do update set heartbeat_at = excluded.heartbeat_at",
        node_id, now,
    )  # fmt: skip


async def find_dead_nodes(reader: Reader, before: Millis) -> list[int]:
    """Nodes silent since `before`."""
    rows = await reader.fetch("select id from node where heartbeat_at < $1 order by id", before)
    return [row[0] for row in rows]


async def delete_node(tx: Transaction, node_id: int, now: Millis) -> None:
    """Drop a dead node and its sockets; agents left without any are lost since now."""
    await tx.execute(
        "update agent_presence set lost_at = $1 where lost_at is null"
        " and agent_id in (select agent_id from agent_socket where node_id = $2)"
        " and not exists (select 1 from agent_socket s where s.agent_id = agent_presence.agent_id and s.node_id <> $2)",
        now, node_id,
    )  # fmt: skip
    await tx.execute("delete from agent_socket where node_id = $1", node_id)
    await tx.execute("delete from node where id = $1", node_id)


async def find_connections(reader: Reader, node_id: int) -> dict[str, tuple[int, int]]:
    """A node's sockets: connection → (organization, agent)."""
    rows = await reader.fetch(
        "select connection, organization_id, agent_id from agent_socket where node_id = $1", node_id
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def find_lost(reader: Reader) -> Sequence[Lost]:
    """Human agents who are shown as present and have no socket, in every organization."""
    rows = await reader.fetch(
        "select p.organization_id, p.agent_id, p.lost_at from agent_presence p join agent a on a.id = p.agent_id"
        " where p.status <> 'offline' and a.kind = 'human'"
        " and not exists (select 1 from agent_socket s where s.agent_id = p.agent_id) order by p.agent_id"
    )
    return [Lost(row[0], row[1], row[2]) for row in rows]
