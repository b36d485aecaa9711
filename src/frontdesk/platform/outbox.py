"""The transactional outbox: domain events that are no entry of the log, kept until the relay has taken them.

An event is a row in the transaction of what it tells. So it is there exactly when that is committed, and it leaves the
table in the transaction that hands it on: none is lost, none was rolled back, whenever the process dies. What nobody of
the organization listens to makes no row. (Entries of a log need none of this: the log is their outbox.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.platform import Platform, Reader, Transaction

_SELECT = "select id, organization_id, event, about, at, data from outbox"


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened. `about` is the id of the object whose events stay in order; `data` is JSON."""

    id: int
    organization_id: int
    event: str
    about: int
    at: Millis
    data: str


async def tell_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    event: str,
    *,
    about: int,
    data: msgspec.Struct,
) -> None:
    """Tell an event in the caller's transaction. Events about one object are handed on in the order of their commits."""
    await tx.execute(
        """insert into outbox (id, organization_id, event, about, position, at, data)
        select $1, $2, $3, $4,
            1 + coalesce((select max(position) from outbox where organization_id = $2 and about = $4), 0), $5, $6
        where exists (select 1 from outbox_wanted where organization_id = $2 and event = $3)""",
        platform.ids.new(),
        organization_id,
        event,
        about,
        platform.clock.now(),
        msgspec.json.encode(data).decode(),
    )


async def want_in(tx: Transaction, organization_id: int, events: Iterable[str]) -> None:
    """From this transaction on, these events of the organization are kept, and no others."""
    await tx.execute("delete from outbox_wanted where organization_id = $1", organization_id)
    for event in sorted(set(events)):
        await tx.execute(
            "insert into outbox_wanted (organization_id, event) values ($1, $2)", organization_id, event
        )


async def forget_in(tx: Transaction, organization_id: int, about: Sequence[int]) -> None:
    """Take out, untold, what waits to be told about these objects."""
    await tx.execute(
        "delete from outbox where organization_id = $1 and about = any($2)", organization_id, list(about)
    )


async def waiting(reader: Reader, *, limit: int) -> Sequence[Told]:
    """Events that nobody has taken, those about one object in their order."""
    return [Told(*row) for row in await reader.fetch(f"{_SELECT} order by position, id limit $1", limit)]


async def take_in(tx: Transaction, events: Iterable[Told]) -> list[Told]:
    """Take events out in the caller's transaction; returns those that nobody had taken before."""
    return [told for told in events if await tx.execute("delete from outbox where id = $1", told.id)]
