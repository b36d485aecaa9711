"""Sessions, refresh tokens, visitor keys and signing keys in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from frontdesk.auth.types import Device, Session, SessionRevoked, VisitorKey
from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Reader, Transaction


class StoredKey(Struct, frozen=True):
    """A signing key; `jwk` is the private one."""

    kid: str
    jwk: str
    created_at: Millis
    signs_at: Millis


@dataclass(frozen=True, slots=True)
class RefreshRow:
    hash: str
    session_id: int
    organization_id: int
    parent_hash: str | None
    expires_at: Millis
    used_at: Millis | None
    successor: str | None


async def insert_session(
    tx: Transaction, session: Session, *, user_agent: str, now: Millis, address: str = ""
) -> None:
    await tx.execute(
        "insert into session (id, organization_id, principal_id, kind, channel_id, user_agent, created_at, expires_at,"
        " client_id, scope, address, last_seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $7)",
        session.id, session.organization_id, session.principal_id, session.kind.value, session.channel_id,
        user_agent, now, session.expires_at, session.client_id, session.scope, address,
    )  # fmt: skip


async def session(reader: Reader, organization_id: int, session_id: int) -> Session | None:
    row = await reader.fetch_one(
        "select id, organization_id, principal_id, kind, channel_id, expires_at, revoked_at, client_id, scope"
        " from session where organization_id = $1 and id = $2",
        organization_id, session_id,
    )  # fmt: skip
    if row is None:
        return None
    return Session(row[0], row[1], row[2], SubjectKind(row[3]), *row[4:])


async def extend_session(
    tx: Transaction, organization_id: int, session_id: int, *, expires_at: Millis, address: str, now: Millis
) -> None:
    """It was used again, now, from this address; an empty one leaves the former."""
    await tx.execute(
        "update session set expires_at = $1, last_seen_at = $2, address = case when $3 = '' then address else $3 end"
        " where organization_id = $4 and id = $5",
        expires_at, now, address, organization_id, session_id,
    )  # fmt: skip


async def devices(reader: Reader, organization_id: int, account_id: int, *, now: Millis) -> Sequence[Device]:
    """The standing sessions of an account, the one used last first."""
    rows = await reader.fetch(
        "select s.id, s.principal_id, s.user_agent, s.address, s.created_at, s.last_seen_at, c.name from session s"
        " left join oauth_client c on c.organization_id = s.organization_id and c.id = s.client_id"
        " where s.organization_id = $1 and s.principal_id = $2 and s.kind = 'agent' and s.revoked_at is null"
        " and s.expires_at > $3 order by s.last_seen_at desc, s.id desc",
        organization_id, account_id, now,
    )  # fmt: skip
    return [Device(*row) for row in rows]


async def revoke_session(tx: Transaction, organization_id: int, session_id: int, *, now: Millis) -> bool:
    """Whether it was still standing."""
    changed = await tx.execute(
        "update session set revoked_at = $1 where organization_id = $2 and id = $3 and revoked_at is null",
        now, organization_id, session_id,
    )  # fmt: skip
    return changed == 1


async def standing_sessions(
    reader: Reader, organization_id: int, kind: SubjectKind, principal_id: int
) -> Sequence[int]:
    rows = await reader.fetch(
        "select id from session where organization_id = $1 and principal_id = $2 and kind = $3 and revoked_at is null",
        organization_id, principal_id, kind.value,
    )  # fmt: skip
    return [row[0] for row in rows]


async def revoked_sessions(reader: Reader, *, now: Millis, since: Millis | None) -> Sequence[SessionRevoked]:
    """Of every organization: what a process must know before it verifies a token. With `since` only the later ones."""
    columns = "select organization_id, id, principal_id from session where"
    if since is None:
        rows = await reader.fetch(f"{columns} revoked_at is not null and expires_at > $1", now)
    else:
        rows = await reader.fetch(f"{columns} revoked_at >= $1 and expires_at > $2", since, now)
    return [SessionRevoked(*row) for row in rows]


async def insert_refresh(tx: Transaction, row: RefreshRow, *, now: Millis) -> None:
    await tx.execute(
        "insert into refresh_token (hash, organization_id, session_id, parent_hash, created_at, expires_at)"
        " values ($1, $2, $3, $4, $5, $6)",
        row.hash, row.organization_id, row.session_id, row.parent_hash, now, row.expires_at,
    )  # fmt: skip


async def refresh_by_hash(reader: Reader, hashed: str) -> RefreshRow | None:
    """By the secret's hash alone: the token says which organization its holder belongs to."""
    row = await reader.fetch_one(
        "select hash, session_id, organization_id, parent_hash, expires_at, used_at, successor from refresh_token"
        " where hash = $1",
        hashed,
    )
    return None if row is None else RefreshRow(*row)


async def use_refresh(tx: Transaction, hashed: str, *, successor: str, now: Millis) -> None:
    await tx.execute(
        "update refresh_token set used_at = $1, successor = $2 where hash = $3", now, successor, hashed
    )


async def forget_successor(tx: Transaction, hashed: str) -> None:
    await tx.execute("update refresh_token set successor = null where hash = $1", hashed)


async def drop_expired_refresh(tx: Transaction, *, now: Millis) -> int:
    return await tx.execute("delete from refresh_token where expires_at <= $1", now)


async def insert_visitor_key(tx: Transaction, key: VisitorKey, *, hashed: str, now: Millis) -> None:
    await tx.execute(
        "insert into visitor_key (hash, organization_id, contact_id, session_id, created_at) values ($1, $2, $3, $4, $5)",
        hashed, key.organization_id, key.contact_id, key.session_id, now,
    )  # fmt: skip


async def visitor_key(reader: Reader, organization_id: int, hashed: str, *, now: Millis) -> VisitorKey | None:
    """The key, when its session still stands."""
    row = await reader.fetch_one(
        "select k.organization_id, k.contact_id, k.session_id, s.channel_id from visitor_key k"
        " join session s on s.id = k.session_id and s.organization_id = k.organization_id"
        " where k.organization_id = $1 and k.hash = $2 and s.revoked_at is null and s.expires_at > $3",
        organization_id, hashed, now,
    )  # fmt: skip
    return None if row is None else VisitorKey(*row)


async def insert_signing_key(tx: Transaction, key: StoredKey, *, now: Millis) -> None:
    await tx.execute(
        "insert into signing_key (kid, jwk, created_at, signs_at) values ($1, $2, $3, $4)",
        key.kid, key.jwk, now, key.signs_at,
    )  # fmt: skip


async def signing_keys(reader: Reader) -> Sequence[StoredKey]:
    """Every key that is published, the one that signs last first."""
    rows = await reader.fetch(
        "select kid, jwk, created_at, signs_at from signing_key order by signs_at desc, created_at desc, kid"
    )
    return [StoredKey(*row) for row in rows]


async def delete_signing_key(tx: Transaction, kid: str) -> None:
    await tx.execute("delete from signing_key where kid = $1", kid)


async def delete_visitor_keys(tx: Transaction, organization_id: int, contact_id: int) -> None:
    await tx.execute(
        "delete from visitor_key where organization_id = $1 and contact_id = $2", organization_id, contact_id
    )


async def blank_sessions(tx: Transaction, organization_id: int, kind: SubjectKind, principal_id: int) -> None:
    """Forget where they were from and on what."""
    await tx.execute(
        "update session set user_agent = '', address = '' where organization_id = $1 and principal_id = $2 and kind = $3",
        organization_id, principal_id, kind.value,
    )  # fmt: skip
