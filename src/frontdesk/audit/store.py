"""The only file that knows the table of the audit log."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.audit.types import Action, AuditEntry, Facts, Filter, Target
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = (
    "organization_id, seq, at, actor_kind, actor_id, session_id, address, user_agent, action, target_kind, target_id,"
    " target_name, facts, previous, hash"
)
_facts: Final = msgspec.json.Decoder(Facts)


async def last(reader: Reader, organization_id: int) -> tuple[int, str] | None:
    """The seq and the hash of the newest entry."""
    row = await reader.fetch_one(
        "select seq, hash from audit_entry where organization_id = $1 order by seq desc limit 1",
        organization_id,
    )
    return None if row is None else (row[0], row[1])


async def insert(tx: Transaction, entry: AuditEntry) -> None:
    await tx.execute(
        f"insert into audit_entry ({_COLUMNS})"  # noqa: S608 - constant columns
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        entry.organization_id, entry.seq, entry.at, entry.actor_kind, entry.actor_id, entry.session_id, entry.address,
        entry.user_agent, entry.action, entry.target_kind, entry.target_id, entry.target_name,
        msgspec.json.encode(entry.facts).decode(), entry.previous, entry.hash,
    )  # fmt: skip


async def known_since(
    reader: Reader, subject: Subject, action: Action, target: Target, since: Millis
) -> bool:
    row = await reader.fetch_one(
        "select 1 from audit_entry where organization_id = $1 and target_kind = $2 and target_id = $3"
        " and actor_id = $4 and action = $5 and at >= $6 limit 1",
        subject.organization_id, target.kind, target.id, subject.id, action.value, since,
    )  # fmt: skip
    return row is not None


async def find_in(
    reader: Reader, organization_id: int, wanted: Filter, *, before: int, limit: int
) -> Sequence[AuditEntry]:
    """Entries with seq < before that the filter keeps, newest first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from audit_entry where organization_id = $1 and seq < $2 and at >= $3 and at < $4
        and (cast($5 as bigint) = -1 or actor_id = $5) and ($6 = '' or action = $6) and ($7 = '' or target_kind = $7)
        and (cast($8 as bigint) = -1 or target_id = $8) order by seq desc limit $9""",  # noqa: S608 - constant columns
        organization_id, before, wanted.since, wanted.until, -1 if wanted.actor_id is None else wanted.actor_id,
        wanted.action, wanted.target_kind, -1 if wanted.target_id is None else wanted.target_id, limit,
    )  # fmt: skip
    return [_entry(row) for row in rows]


async def after(reader: Reader, organization_id: int, seq: int, limit: int) -> Sequence[AuditEntry]:
    """The next entries in their order, for whoever checks the chain."""
    rows = await reader.fetch(
        f"select {_COLUMNS} from audit_entry where organization_id = $1 and seq > $2 order by seq limit $3",  # noqa: S608 - constant columns
        organization_id,
        seq,
        limit,
    )
    return [_entry(row) for row in rows]


async def holds_in(reader: Reader, organization_id: int, seq: int, hashed: str) -> bool:
    """Whether the entry of that number has that hash: what was kept elsewhere is still so."""
    row = await reader.fetch_one(
        "select 1 from audit_entry where organization_id = $1 and seq = $2 and hash = $3",
        organization_id,
        seq,
        hashed,
    )
    return row is not None


def _entry(row: Row) -> AuditEntry:
    named = dict(zip(AuditEntry.__struct_fields__, row, strict=True))
    return AuditEntry(**{**named, "facts": _facts.decode(named["facts"])})
