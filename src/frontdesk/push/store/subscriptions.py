"""Subscriptions in the database."""

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.push.types import Problem, Subscription

_SELECT: Final = """select id, organization_id, session_id, principal_kind, principal_id, endpoint, origin, public_key,
    auth, language, words, created_at, problem, failing_since, channel_id from push_subscription"""


async def find(reader: Reader, organization_id: int, subscription_id: int) -> Subscription | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2", organization_id, subscription_id
    )
    return None if row is None else _subscription(row)


async def of_session(reader: Reader, organization_id: int, session_id: int) -> Subscription | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and session_id = $2", organization_id, session_id
    )
    return None if row is None else _subscription(row)


async def of_principal(
    reader: Reader, organization_id: int, kind: SubjectKind, principal_id: int
) -> Sequence[Subscription]:
    """Somebody's devices, oldest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and principal_id = $2 and principal_kind = $3 order by id",
        organization_id,
        principal_id,
        kind,
    )
    return [_subscription(row) for row in rows]


async def agents(reader: Reader, organization_id: int) -> Sequence[int]:
    """Who of the staff has a device."""
    rows = await reader.fetch(
        """select distinct principal_id from push_subscription where organization_id = $1 and principal_kind = $2
        order by principal_id""",
        organization_id,
        SubjectKind.AGENT,
    )
    return [row[0] for row in rows]


async def page(reader: Reader, *, after: int, limit: int) -> Sequence[Subscription]:
    """Of every organization, by id."""
    rows = await reader.fetch(f"{_SELECT} where id > $1 order by id limit $2", after, limit)
    return [_subscription(row) for row in rows]


async def put(tx: Transaction, one: Subscription) -> Subscription:
    """Keep it in place of what this session, or this browser in an earlier session, had.

    The same one again keeps its id, and with it what is to be sent.
    """
    known = await of_session(tx, one.organization_id, one.session_id)
    if known is not None and (known.endpoint, known.public_key, known.auth) == (
        one.endpoint,
        one.public_key,
        one.auth,
    ):
        await tx.execute(
            "update push_subscription set language = $1, words = $2 where organization_id = $3 and id = $4",
            one.language,
            one.words,
            one.organization_id,
            known.id,
        )
        return structs.replace(known, language=one.language, words=one.words)
    rows = await tx.fetch(
        "select id from push_subscription where organization_id = $1 and (session_id = $2 or endpoint = $3)",
        one.organization_id,
        one.session_id,
        one.endpoint,
    )
    for row in rows:
        await remove(tx, one.organization_id, row[0])
    await tx.execute(
        """insert into push_subscription (id, organization_id, session_id, principal_kind, principal_id, endpoint,
            origin, public_key, auth, language, words, created_at, channel_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
        one.id,
        one.organization_id,
        one.session_id,
        one.principal_kind,
        one.principal_id,
        one.endpoint,
        one.origin,
        one.public_key,
        one.auth,
        one.language,
        one.words,
        one.created_at,
        one.channel_id,
    )
    return one


async def remove(tx: Transaction, organization_id: int, subscription_id: int) -> None:
    """With everything that was to be sent to it."""
    await tx.execute(
        "delete from push_delivery where organization_id = $1 and subscription_id = $2",
        organization_id,
        subscription_id,
    )
    await tx.execute(
        "delete from push_subscription where organization_id = $1 and id = $2",
        organization_id,
        subscription_id,
    )


async def note(
    tx: Transaction, organization_id: int, subscription_id: int, problem: Problem | None, now: Millis
) -> None:
    """How the last attempt went; since when nothing has succeeded stays."""
    await tx.execute(
        """update push_subscription set problem = cast($1 as text),
            failing_since = case when cast($1 as text) is null then null else coalesce(failing_since, cast($2 as bigint)) end
        where organization_id = $3 and id = $4""",
        problem,
        now,
        organization_id,
        subscription_id,
    )


def _subscription(row: Row) -> Subscription:
    return Subscription(
        id=row[0],
        organization_id=row[1],
        session_id=row[2],
        principal_kind=SubjectKind(row[3]),
        principal_id=row[4],
        endpoint=row[5],
        origin=row[6],
        public_key=row[7],
        auth=row[8],
        language=row[9],
        words=bool(row[10]),
        created_at=row[11],
        problem=None if row[12] is None else Problem(row[12]),
        failing_since=row[13],
        channel_id=row[14],
    )
