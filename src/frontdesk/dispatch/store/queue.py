"""Waiting conversations, offers and who declined them."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.dispatch.policies.ageing import turn
from frontdesk.dispatch.store.organizations import places
from frontdesk.dispatch.types import Facts, ItemState, QueueItem
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = (
    "conversation_id, organization_id, contact_id, team_id, priority, enqueued_at, waiting_since, state, offered_to, "
    "offer_expires_at, head_start_s, facts, requested_agent_id, wake_at, callback, weight, department_id, "
    "written_from"
)
_ORDER: Final = "enqueued_at, conversation_id"
_NEVER: Final = -(1 << 62)
_facts: Final = msgspec.json.Decoder(Facts)


def _item(row: Row) -> QueueItem:
    (conversation_id, organization_id, contact_id, team_id, priority, enqueued_at, waiting_since, state, offered_to,
     offer_expires_at, head_start_s, facts, requested, wake_at, callback, weight, department_id, kind) = row  # fmt: skip
    return QueueItem(
        conversation_id, organization_id, contact_id, team_id, priority, enqueued_at, waiting_since, ItemState(state),
        offered_to, offer_expires_at, head_start_s, _facts.decode(facts), requested, wake_at, bool(callback),
        weight, department_id, kind,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, conversation_id: int) -> QueueItem | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from queue_item where organization_id = $1 and conversation_id = $2",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
    )
    return None if row is None else _item(row)


async def totals(reader: Reader) -> tuple[int, Millis | None]:
    """How many wait in all organizations, and since when the first of them does."""
    row = await reader.fetch_one("select count(*), min(waiting_since) from queue_item")
    return (0, None) if row is None else (row[0], row[1])


async def insert(
    transaction: Transaction,
    *,
    organization_id: int,
    conversation_id: int,
    contact_id: int,
    team_id: int,
    priority: int,
    arrived_at: Millis,
    head_start_s: int,
    facts: Facts,
    requested: int | None,
    now: Millis,
    weight: int,
    kind: str,
    callback: bool = False,
    department_id: int | None = None,
) -> None:
    """Put a conversation in the queue. Two arrivals of one moment keep their order: the later one's moment moves on."""
    latest = (
        await last_alike(transaction, organization_id, team_id, head_start_s) if priority == 0 else _NEVER
    )
    moment = turn(arrived_at, head_start_s, latest)
    await transaction.execute(
        """insert into queue_item (conversation_id, organization_id, contact_id, team_id, priority, enqueued_at,
        waiting_since, state, head_start_s, facts, requested_agent_id, callback, weight,
        department_id, written_from)
        values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $11, $12, $13, $14)""",
        conversation_id,
        organization_id,
        contact_id,
        team_id,
        priority,
        moment,
        now,
        head_start_s,
        msgspec.json.encode(facts).decode(),
        requested,
        callback,
        weight,
        department_id,
        kind,
    )


async def last_alike(reader: Reader, organization_id: int, team_id: int, head_start_s: int) -> Millis:
    """The moment of the last one with this head start; nobody comes before who came before."""
    row = await reader.fetch_one(
        """select max(enqueued_at) from queue_item where organization_id = $1 and team_id = $2 and head_start_s = $3
        and priority = 0""",
        organization_id,
        team_id,
        head_start_s,
    )
    return _NEVER if row is None or row[0] is None else row[0]


async def keep_for_callback(transaction: Transaction, organization_id: int, conversation_id: int) -> None:
    """The visitor goes, and the place stays."""
    await transaction.execute(
        "update queue_item set callback = true where organization_id = $1 and conversation_id = $2",
        organization_id,
        conversation_id,
    )


async def count_callbacks(reader: Reader, organization_id: int) -> dict[int, int]:
    """By team: how many of those who wait have gone."""
    rows = await reader.fetch(
        "select team_id, count(*) from queue_item where organization_id = $1 and callback group by team_id",
        organization_id,
    )
    return {row[0]: row[1] for row in rows}


async def move_to_contact(transaction: Transaction, organization_id: int, from_id: int, into_id: int) -> None:
    """What waits for one contact waits for another, in its place."""
    await transaction.execute(
        "update queue_item set contact_id = $1 where organization_id = $2 and contact_id = $3",
        into_id,
        organization_id,
        from_id,
    )


async def delete(transaction: Transaction, organization_id: int, *conversation_ids: int) -> None:
    """Take conversations out of the queue, with who declined them. Whom they asked is ended first, by who tells them."""
    for table in ("queue_item", "refusal"):
        await transaction.execute(
            f"delete from {table} where organization_id = $1 and conversation_id = any($2)",  # noqa: S608 - two names
            organization_id,
            conversation_ids,
        )


async def in_order(reader: Reader, organization_id: int, team_id: int, *, limit: int) -> list[QueueItem]:
    """The team's queue, next first; offered ones keep their place."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from queue_item where organization_id = $1 and team_id = $2
        order by {_ORDER} limit $3""",  # noqa: S608 - constant columns
        organization_id,
        team_id,
        limit,
    )
    return [_item(row) for row in rows]


async def unoffered(
    reader: Reader,
    organization_id: int,
    team_id: int,
    *,
    after: QueueItem | None,
    kinds: Sequence[str],
    limit: int,
) -> list[QueueItem]:
    """The next ones of the team's queue, behind `after`, that are of these kinds and offered to nobody alone."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from queue_item where organization_id = $1 and team_id = $2 and state = 'waiting'
        and (enqueued_at, conversation_id) > ($3, $4) and written_from = any($5)
        order by {_ORDER} limit $6""",  # noqa: S608 - constant columns
        organization_id,
        team_id,
        _NEVER if after is None else after.enqueued_at,
        0 if after is None else after.conversation_id,
        kinds,
        limit,
    )
    return [_item(row) for row in rows]


async def teams_waiting(reader: Reader, organization_id: int) -> set[int]:
    """The teams for which somebody waits."""
    rows = await reader.fetch(
        "select distinct team_id from queue_item where organization_id = $1", organization_id
    )
    return {row[0] for row in rows}


async def all_waiting(reader: Reader, organization_ids: Sequence[int]) -> list[tuple[int, int]]:
    """The teams of these organizations for which somebody waits who is offered to nobody: (organization, team)."""
    if not organization_ids:
        return []
    rows = await reader.fetch(
        f"""select distinct organization_id, team_id from queue_item where state = 'waiting'
        and organization_id in ({places(1, organization_ids)}) order by organization_id, team_id""",  # noqa: S608 - places only
        *organization_ids,
    )
    return [(row[0], row[1]) for row in rows]


async def waiting_until(
    reader: Reader, organization_id: int, team_id: int, until: Millis, *, limit: int
) -> list[int]:
    """Those who stay and wait for this team since this moment, or longer, offered to nobody; the longest first."""
    rows = await reader.fetch(
        """select conversation_id from queue_item where organization_id = $1 and team_id = $2 and state = 'waiting'
        and not callback and waiting_since <= $3 order by waiting_since, conversation_id limit $4""",
        organization_id,
        team_id,
        until,
        limit,
    )
    return [row[0] for row in rows]


async def every_item(reader: Reader, organization_id: int) -> list[QueueItem]:
    rows = await reader.fetch(
        f"select {_COLUMNS} from queue_item where organization_id = $1",  # noqa: S608 - constant columns
        organization_id,
    )
    return [_item(row) for row in rows]


# ---- waking ---------------------------------------------------------------------------------------------------------


async def set_wake_at(
    transaction: Transaction, organization_id: int, moments: Iterable[tuple[int, Millis | None]]
) -> None:
    """By conversation."""
    await transaction.execute_each(
        "update queue_item set wake_at = $1 where organization_id = $2 and conversation_id = $3",
        [(at, organization_id, conversation_id) for conversation_id, at in moments],
    )


async def with_sleepers(reader: Reader, now: Millis, organization_ids: Sequence[int]) -> list[int]:
    """Those of these organizations in which the time of a waiting conversation has come."""
    rows = await reader.fetch(
        f"""select distinct organization_id from queue_item where wake_at <= $1
        and organization_id in ({places(2, organization_ids)})""",  # noqa: S608 - places only
        now,
        *organization_ids,
    )
    return [row[0] for row in rows]


async def wake(transaction: Transaction, organization_id: int, now: Millis) -> list[int]:
    """Note that their time has come; returns the teams for which they wait."""
    rows = await transaction.fetch(
        "select distinct team_id from queue_item where organization_id = $1 and wake_at <= $2",
        organization_id,
        now,
    )
    await transaction.execute(
        "update queue_item set wake_at = null where organization_id = $1 and wake_at <= $2",
        organization_id,
        now,
    )
    return [row[0] for row in rows]


# ---- offers --------------------------------------------------------------------------------------------------------


async def offer(
    transaction: Transaction, organization_id: int, offers: Sequence[tuple[int, int, Millis]]
) -> bool:
    """Each a conversation, an agent, and until when. False when one of them does not wait, or is offered already."""
    offered = await transaction.fetch_each(
        """update queue_item set state = 'offered', offered_to = $1, offer_expires_at = $2
        where organization_id = $3 and conversation_id = $4 and state = 'waiting' returning conversation_id""",
        [(agent_id, until, organization_id, conversation_id) for conversation_id, agent_id, until in offers],
    )
    return len(offered) == len(offers)


async def end_offer(transaction: Transaction, organization_id: int, conversation_id: int) -> None:
    """Back to waiting, in the same place."""
    await transaction.execute(
        """update queue_item set state = 'waiting', offered_to = null, offer_expires_at = null
        where organization_id = $1 and conversation_id = $2""",
        organization_id,
        conversation_id,
    )


async def expired_offers(
    reader: Reader, now: Millis, organization_ids: Sequence[int], *, limit: int
) -> list[QueueItem]:
    """Offers of these organizations whose time is over, the oldest first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from queue_item where state = 'offered' and offer_expires_at <= $1
        and organization_id in ({places(2, organization_ids)}) order by offer_expires_at limit {limit:d}""",  # noqa: S608 - constant columns, places and a number
        now,
        *organization_ids,
    )
    return [_item(row) for row in rows]


async def offers_to(reader: Reader, organization_id: int, agent_id: int) -> list[QueueItem]:
    rows = await reader.fetch(
        f"""select {_COLUMNS} from queue_item
        where organization_id = $1 and offered_to = $2 and state = 'offered'""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return [_item(row) for row in rows]


async def refuse(
    transaction: Transaction, organization_id: int, conversation_id: int, agent_id: int, until: Millis
) -> None:
    await transaction.execute(
        """insert into refusal (conversation_id, agent_id, organization_id, until) values ($1, $2, $3, $4)
        on conflict (conversation_id, agent_id) do update set until = excluded.until""",
        conversation_id,
        agent_id,
        organization_id,
        until,
    )


async def refusals(
    reader: Reader, organization_id: int, conversation_ids: Sequence[int], now: Millis
) -> dict[int, frozenset[int]]:
    """By conversation: who is not to be asked again yet."""
    if not conversation_ids:
        return {}
    rows = await reader.fetch(
        """select conversation_id, agent_id from refusal
        where organization_id = $1 and until > $2 and conversation_id = any($3)""",
        organization_id,
        now,
        conversation_ids,
    )
    found: dict[int, set[int]] = {}
    for conversation_id, agent_id in rows:
        found.setdefault(conversation_id, set()).add(agent_id)
    return {conversation_id: frozenset(agents) for conversation_id, agents in found.items()}


async def with_old_refusals(reader: Reader, now: Millis, organization_ids: Sequence[int]) -> list[int]:
    """Those of these organizations in which a refusal has run out."""
    rows = await reader.fetch(
        f"""select distinct organization_id from refusal where until <= $1
        and organization_id in ({places(2, organization_ids)})""",  # noqa: S608 - places only
        now,
        *organization_ids,
    )
    return [row[0] for row in rows]


async def drop_old_refusals(transaction: Transaction, organization_id: int, now: Millis) -> list[int]:
    """Forget what has run out; returns the teams whose waiting may be offered again."""
    rows = await transaction.fetch(
        """select distinct q.team_id from refusal r
        join queue_item q on q.conversation_id = r.conversation_id where r.organization_id = $1 and r.until <= $2""",
        organization_id,
        now,
    )
    await transaction.execute(
        "delete from refusal where organization_id = $1 and until <= $2", organization_id, now
    )
    return [row[0] for row in rows]
