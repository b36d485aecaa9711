"""Webhooks and their secrets in the database. A removed webhook is found by nobody but the cleaner."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.webhooks.types import DisabledFor, EventType, Secret, Webhook

_SELECT: Final = """select id, organization_id, url, description, events, enabled, enabled_at, disabled_for, failing_since,
    created_by, created_at from webhook"""
_events: Final = msgspec.json.Decoder(tuple[EventType, ...])


async def find(reader: Reader, organization_id: int, webhook_id: int) -> Webhook | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2 and removed_at is null",
        organization_id,
        webhook_id,
    )
    return None if row is None else _webhook(row)


async def find_all(reader: Reader, organization_id: int) -> list[Webhook]:
    """Oldest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and removed_at is null order by id", organization_id
    )
    return [_webhook(row) for row in rows]


async def find_enabled(reader: Reader) -> list[Webhook]:
    """Of every organization."""
    return [_webhook(row) for row in await reader.fetch(f"{_SELECT} where enabled order by id")]


async def find_due(reader: Reader, now: Millis) -> list[Webhook]:
    """Enabled webhooks, of every organization, that have something to be sent by now."""
    rows = await reader.fetch(
        f"""{_SELECT} where enabled and exists (select 1 from webhook_delivery d
        where d.webhook_id = webhook.id and d.next_at <= $1) order by id""",  # noqa: S608 - constant columns
        now,
    )
    return [_webhook(row) for row in rows]


async def insert(tx: Transaction, organization_id: int, webhook: Webhook) -> None:
    await tx.execute(
        """insert into webhook (id, organization_id, url, description, events, enabled, enabled_at, disabled_for,
            failing_since, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        webhook.id,
        organization_id,
        webhook.url,
        webhook.description,
        _text(webhook.events),
        webhook.enabled,
        webhook.enabled_at,
        webhook.disabled_for,
        webhook.failing_since,
        webhook.created_by,
        webhook.created_at,
    )


async def update(tx: Transaction, organization_id: int, webhook: Webhook) -> None:
    await tx.execute(
        """update webhook set url = $1, description = $2, events = $3, enabled = $4, enabled_at = $5,
            disabled_for = $6, failing_since = $7 where organization_id = $8 and id = $9""",
        webhook.url,
        webhook.description,
        _text(webhook.events),
        webhook.enabled,
        webhook.enabled_at,
        webhook.disabled_for,
        webhook.failing_since,
        organization_id,
        webhook.id,
    )


async def remove(tx: Transaction, organization_id: int, webhook_id: int, now: Millis) -> None:
    """Switch it off for good and forget its secrets; its deliveries are cleared away later."""
    await tx.execute(
        """update webhook set enabled = false, disabled_for = 'asked', removed_at = $1
        where organization_id = $2 and id = $3""",
        now,
        organization_id,
        webhook_id,
    )
    await tx.execute(
        "delete from webhook_secret where organization_id = $1 and webhook_id = $2",
        organization_id,
        webhook_id,
    )


async def find_secrets(reader: Reader, organization_id: int, webhook_id: int) -> list[Secret]:
    """Newest first, so that receivers which try one signature after the other find theirs early."""
    rows = await reader.fetch(
        """select id, secret, created_at from webhook_secret
        where organization_id = $1 and webhook_id = $2 order by id desc""",
        organization_id,
        webhook_id,
    )
    return [Secret(*row) for row in rows]


async def insert_secret(tx: Transaction, organization_id: int, webhook_id: int, secret: Secret) -> None:
    await tx.execute(
        """insert into webhook_secret (id, organization_id, webhook_id, secret, created_at)
        values ($1, $2, $3, $4, $5)""",
        secret.id,
        organization_id,
        webhook_id,
        secret.text,
        secret.created_at,
    )


async def delete_secret(tx: Transaction, organization_id: int, webhook_id: int, secret_id: int) -> int:
    return await tx.execute(
        "delete from webhook_secret where organization_id = $1 and webhook_id = $2 and id = $3",
        organization_id,
        webhook_id,
        secret_id,
    )


async def find_removed(reader: Reader) -> Sequence[tuple[int, int]]:
    """Removed webhooks of every organization, as (organization, webhook)."""
    rows = await reader.fetch("select organization_id, id from webhook where removed_at is not null")
    return [(row[0], row[1]) for row in rows]


async def forget(tx: Transaction, organization_id: int, webhook_id: int) -> None:
    """The last trace of a removed webhook, once its deliveries are gone."""
    await tx.execute(
        "delete from webhook where organization_id = $1 and id = $2 and removed_at is not null",
        organization_id,
        webhook_id,
    )


def _text(events: tuple[EventType, ...]) -> str:
    return msgspec.json.encode(events).decode()


def _webhook(row: Row) -> Webhook:
    return Webhook(
        id=row[0],
        organization_id=row[1],
        url=row[2],
        description=row[3],
        events=_events.decode(row[4]),
        enabled=bool(row[5]),
        enabled_at=row[6],
        disabled_for=None if row[7] is None else DisabledFor(row[7]),
        failing_since=row[8],
        created_by=row[9],
        created_at=row[10],
    )
