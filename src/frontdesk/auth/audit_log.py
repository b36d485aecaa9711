"""Reading, exporting and checking the audit log: for those who may, and told in the log itself where it leaves it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from frontdesk.audit import Action, AuditEntry, Filter, Target, Verdict, find_in, record_in, verify_in
from frontdesk.auth import store
from frontdesk.auth.permissions import Permission, require
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import spreadsheet_cell
from frontdesk.platform import Platform, Reader, Transaction

MOST: Final = 100
LARGEST_EXPORT: Final = 100_000
_END: Final = 1 << 62
_COLUMNS: Final = (
    "seq", "at", "actor", "actor_id", "action", "target_kind", "target_id", "target_name", "facts", "address",
    "session_id", "user_agent", "hash",
)  # fmt: skip


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries newest first, with the user names of the accounts that acted."""

    page: Page[AuditEntry]
    names: dict[int, str]


async def search_audit_log(
    platform: Platform, subject: Subject, wanted: Filter, *, cursor: str | None = None, limit: int = 50
) -> AuditPage:
    """What the filter keeps, newest first."""
    require(subject, Permission.AUDIT_READ)
    limit = min(max(limit, 1), MOST)
    before = parse_cursor(cursor)

    async def read(reader: Reader) -> AuditPage:
        found = await find_in(
            reader,
            subject.organization_id,
            wanted,
            before=_END if before is None else before,
            limit=limit + 1,
        )
        page = page_of(found, limit=limit, key=lambda entry: entry.seq)
        return AuditPage(page, await _names(reader, subject.organization_id))

    return await platform.database.read(subject.organization_id, read)


async def export_audit_log(platform: Platform, subject: Subject, wanted: Filter, form: Format) -> bytes:
    """The newest `LARGEST_EXPORT` entries that the filter keeps. The export is an entry itself, the last one in it."""
    require(subject, Permission.AUDIT_READ)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> tuple[Sequence[AuditEntry], dict[int, str]]:
        target = Target("audit", organization_id)
        await record_in(platform, tx, subject, Action.AUDIT_EXPORTED, target, format=form.value)
        found = await find_in(tx, organization_id, wanted, before=_END, limit=LARGEST_EXPORT)
        return found, await _names(tx, organization_id)

    entries, names = await platform.database.write(organization_id, work)
    if form is Format.JSONL:
        return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for entry in entries:
        writer.writerow(spreadsheet_cell(value) for value in _values(entry, names))
    return out.getvalue().encode()


async def verify_audit_log(platform: Platform, subject: Subject) -> Verdict:
    """Check the whole chain of the subject's organization."""
    require(subject, Permission.AUDIT_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: verify_in(reader, subject.organization_id)
    )


async def _names(reader: Reader, organization_id: int) -> dict[int, str]:
    return {account.id: account.username for account in await store.accounts(reader, organization_id)}


def _values(entry: AuditEntry, names: dict[int, str]) -> Sequence[object]:
    return (
        entry.seq, entry.at, names.get(entry.actor_id, entry.actor_kind), entry.actor_id, entry.action,
        entry.target_kind, entry.target_id, entry.target_name, msgspec.json.encode(entry.facts).decode(), entry.address,
        entry.session_id, entry.user_agent, entry.hash,
    )  # fmt: skip
