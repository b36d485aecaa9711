"""The only file that knows the tables of sign-in by identity providers."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.sso.types import Attempt, Link, Provider, RoleRule

_PROVIDER: Final = (
    "select id, organization_id, name, issuer, client_id, client_secret, scopes, role_claim, role_rules, default_role,"
    " domains, creates_accounts, enabled, created_at from identity_provider"
)
_texts: Final = msgspec.json.Decoder(tuple[str, ...]).decode
_rules: Final = msgspec.json.Decoder(tuple[RoleRule, ...]).decode


async def providers(reader: Reader, organization_id: int) -> Sequence[Provider]:
    rows = await reader.fetch(f"{_PROVIDER} where organization_id = $1 order by id", organization_id)
    return [_provider(row) for row in rows]


async def provider(reader: Reader, organization_id: int, provider_id: int) -> Provider | None:
    row = await reader.fetch_one(
        f"{_PROVIDER} where organization_id = $1 and id = $2", organization_id, provider_id
    )
    return None if row is None else _provider(row)


async def provider_by_id(reader: Reader, provider_id: int) -> Provider | None:
    """By its id alone, for who has not signed in yet: it says itself whose it is."""
    row = await reader.fetch_one(f"{_PROVIDER} where id = $1", provider_id)
    return None if row is None else _provider(row)


async def insert_provider(tx: Transaction, one: Provider) -> None:
    await tx.execute(
        "insert into identity_provider (id, organization_id, name, issuer, client_id, client_secret, scopes, role_claim,"
        " role_rules, default_role, domains, creates_accounts, enabled, created_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        one.id, one.organization_id, one.name, one.issuer, one.client_id, one.client_secret, _text(one.scopes),
        one.role_claim, _text(one.role_rules), one.default_role, _text(one.domains), one.creates_accounts, one.enabled,
        one.created_at,
    )  # fmt: skip


async def update_provider(tx: Transaction, one: Provider) -> None:
    await tx.execute(
        "update identity_provider set name = $1, client_id = $2, client_secret = $3, scopes = $4, role_claim = $5,"
        " role_rules = $6, default_role = $7, domains = $8, creates_accounts = $9, enabled = $10"
        " where organization_id = $11 and id = $12",
        one.name, one.client_id, one.client_secret, _text(one.scopes), one.role_claim, _text(one.role_rules),
        one.default_role, _text(one.domains), one.creates_accounts, one.enabled, one.organization_id, one.id,
    )  # fmt: skip


async def delete_provider(tx: Transaction, organization_id: int, provider_id: int) -> None:
    for table in ("identity_attempt", "identity_link"):
        await tx.execute(
            f"delete from {table} where organization_id = $1 and provider_id = $2",  # noqa: S608 - constant names
            organization_id, provider_id,
        )  # fmt: skip
    await tx.execute(
        "delete from identity_provider where organization_id = $1 and id = $2", organization_id, provider_id
    )


async def link(reader: Reader, organization_id: int, provider_id: int, subject: str) -> Link | None:
    row = await reader.fetch_one(
        "select provider_id, subject, organization_id, account_id, made, linked_at from identity_link"
        " where organization_id = $1 and provider_id = $2 and subject = $3",
        organization_id, provider_id, subject,
    )  # fmt: skip
    return None if row is None else Link(row[0], row[1], row[2], row[3], bool(row[4]), row[5])


async def linked_accounts(reader: Reader, organization_id: int, provider_id: int) -> Sequence[int]:
    rows = await reader.fetch(
        "select distinct account_id from identity_link where organization_id = $1 and provider_id = $2",
        organization_id, provider_id,
    )  # fmt: skip
    return [row[0] for row in rows]


async def is_linked(reader: Reader, organization_id: int, provider_id: int, account_id: int) -> bool:
    """Whether somebody at this provider is this account already."""
    row = await reader.fetch_one(
        "select 1 from identity_link where organization_id = $1 and provider_id = $2 and account_id = $3",
        organization_id, provider_id, account_id,
    )  # fmt: skip
    return row is not None


async def insert_link(tx: Transaction, one: Link) -> None:
    await tx.execute(
        "insert into identity_link (provider_id, subject, organization_id, account_id, made, linked_at)"
        " values ($1, $2, $3, $4, $5, $6)",
        one.provider_id, one.subject, one.organization_id, one.account_id, one.made, one.linked_at,
    )  # fmt: skip


async def insert_attempt(tx: Transaction, one: Attempt, *, now: Millis) -> None:
    await tx.execute("delete from identity_attempt where expires_at <= $1", now)
    await tx.execute(
        "insert into identity_attempt (state_hash, organization_id, provider_id, browser_hash, redirect_uri, return_to,"
        " expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
        one.state_hash, one.organization_id, one.provider_id, one.browser_hash, one.redirect_uri, one.return_to,
        one.expires_at,
    )  # fmt: skip


async def take_attempt(tx: Transaction, state_hash: str, browser_hash: str) -> Attempt | None:
    """The attempt of this browser, which is over with this: by its secrets alone, as nobody has signed in yet."""
    row = await tx.fetch_one(
        "delete from identity_attempt where state_hash = $1 and browser_hash = $2 returning state_hash, organization_id,"
        " provider_id, browser_hash, redirect_uri, return_to, expires_at",
        state_hash, browser_hash,
    )  # fmt: skip
    return None if row is None else Attempt(*row)


def _text(values: Sequence[str] | Sequence[RoleRule]) -> str:
    return msgspec.json.encode(values).decode()


def _provider(row: Row) -> Provider:
    return Provider(
        id=row[0], organization_id=row[1], name=row[2], issuer=row[3], client_id=row[4], client_secret=row[5],
        scopes=_texts(row[6]), role_claim=row[7], role_rules=_rules(row[8]), default_role=row[9],
        domains=_texts(row[10]), creates_accounts=bool(row[11]), enabled=bool(row[12]), created_at=row[13],
    )  # fmt: skip
