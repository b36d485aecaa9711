"""Applications, authorization codes and consents in the database."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.auth.oauth.types import Client, Code
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_CLIENT: Final = (
    "select id, organization_id, code, name, secret_hash, trusted, redirect_uris, logout_uris, scopes,"
    " service_account_id, enabled, created_at from oauth_client"
)
_list: Final = msgspec.json.Decoder(tuple[str, ...]).decode


async def client_by_code(reader: Reader, code: str) -> Client | None:
    """By its public name: it says itself whose it is."""
    row = await reader.fetch_one(f"{_CLIENT} where code = $1", code)
    return None if row is None else _client(row)


async def client(reader: Reader, organization_id: int, client_id: int) -> Client | None:
    row = await reader.fetch_one(
        f"{_CLIENT} where organization_id = $1 and id = $2", organization_id, client_id
    )
    return None if row is None else _client(row)


async def clients(reader: Reader, organization_id: int) -> Sequence[Client]:
    rows = await reader.fetch(f"{_CLIENT} where organization_id = $1 order by id", organization_id)
    return [_client(row) for row in rows]


async def insert_client(tx: Transaction, client: Client) -> None:
    await tx.execute(
        "insert into oauth_client (id, organization_id, code, name, secret_hash, trusted, redirect_uris, logout_uris,"
        " scopes, service_account_id, enabled, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        client.id, client.organization_id, client.code, client.name, client.secret_hash, client.trusted,
        _text(client.redirect_uris), _text(client.logout_uris), _text(client.scopes), client.service_account_id,
        client.enabled, client.created_at,
    )  # fmt: skip


async def update_client(tx: Transaction, client: Client) -> None:
    await tx.execute(
        "update oauth_client set name = $1, secret_hash = $2, trusted = $3, redirect_uris = $4, logout_uris = $5,"
        " scopes = $6, enabled = $7 where organization_id = $8 and id = $9",
        client.name, client.secret_hash, client.trusted, _text(client.redirect_uris), _text(client.logout_uris),
        _text(client.scopes), client.enabled, client.organization_id, client.id,
    )  # fmt: skip


async def delete_client(tx: Transaction, organization_id: int, client_id: int) -> None:
    for table in ("oauth_code", "oauth_consent"):
        await tx.execute(
            f"delete from {table} where organization_id = $1 and client_id = $2",  # noqa: S608 - constant names
            organization_id, client_id,
        )  # fmt: skip
    await tx.execute(
        "delete from oauth_client where organization_id = $1 and id = $2", organization_id, client_id
    )


async def sessions_of_client(
    reader: Reader, organization_id: int, client_id: int
) -> Sequence[tuple[int, int]]:
    """(session, principal) of every session that the application has and that stands."""
    rows = await reader.fetch(
        "select id, principal_id from session where organization_id = $1 and client_id = $2 and revoked_at is null",
        organization_id, client_id,
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


async def insert_code(tx: Transaction, code: Code, *, now: Millis) -> None:
    await tx.execute("delete from oauth_code where expires_at <= $1", now - 3_600_000)
    await tx.execute(
        "insert into oauth_code (hash, organization_id, client_id, account_id, by_session_id, redirect_uri, scope, nonce,"
        " challenge, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        code.hash, code.organization_id, code.client_id, code.account_id, code.by_session_id, code.redirect_uri,
        code.scope, code.nonce, code.challenge, code.expires_at,
    )  # fmt: skip


async def code_by_hash(reader: Reader, organization_id: int, hashed: str) -> Code | None:
    row = await reader.fetch_one(
        "select hash, organization_id, client_id, account_id, by_session_id, redirect_uri, scope, nonce, challenge,"
        " expires_at, session_id from oauth_code where organization_id = $1 and hash = $2",
        organization_id, hashed,
    )  # fmt: skip
    return None if row is None else Code(*row)


async def use_code(tx: Transaction, organization_id: int, hashed: str, *, session_id: int) -> None:
    await tx.execute(
        "update oauth_code set session_id = $1 where organization_id = $2 and hash = $3",
        session_id, organization_id, hashed,
    )  # fmt: skip


async def consent(reader: Reader, organization_id: int, account_id: int, client_id: int) -> str:
    """The scopes that the person has agreed to, as one text."""
    row = await reader.fetch_one(
        "select scope from oauth_consent where organization_id = $1 and account_id = $2 and client_id = $3",
        organization_id, account_id, client_id,
    )  # fmt: skip
    return "" if row is None else row[0]


async def keep_consent(
    tx: Transaction, organization_id: int, *, account_id: int, client_id: int, scope: str, now: Millis
) -> None:
    await tx.execute(
        "insert into oauth_consent (organization_id, account_id, client_id, scope, at) values ($1, $2, $3, $4, $5)"
        " on conflict (account_id, client_id) do update set scope = excluded.scope, at = excluded.at",
        organization_id, account_id, client_id, scope, now,
    )  # fmt: skip


def _text(values: Sequence[str]) -> str:
    return msgspec.json.encode(values).decode()


def _client(row: Row) -> Client:
    return Client(
        id=row[0], organization_id=row[1], code=row[2], name=row[3], secret_hash=row[4], trusted=bool(row[5]),
        redirect_uris=_list(row[6]), logout_uris=_list(row[7]), scopes=_list(row[8]), service_account_id=row[9],
        enabled=bool(row[10]), created_at=row[11],
    )  # fmt: skip
