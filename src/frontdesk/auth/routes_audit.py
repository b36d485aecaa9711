"""HTTP for the audit log. Thin: every rule is in the use cases."""

from typing import Final

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.audit import Action, AuditEntry, Facts, Filter
from frontdesk.auth import audit_log
from frontdesk.auth.audit_log import Format
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id

_END: Final = 1 << 62
_TYPES: Final = {Format.CSV: "text/csv; charset=utf-8", Format.JSONL: "application/x-ndjson"}


class AuditEntryView(Struct, frozen=True):
    """`actor_name` is the user name of the account; empty for visitors, the product itself and nobody."""

    seq: int
    at: Millis
    actor_kind: str
    actor_id: str
    actor_name: str
    session_id: str
    address: str
    user_agent: str
    action: Action
    target_kind: str
    target_id: str
    target_name: str
    facts: Facts
    hash: str


class AuditAnswer(Struct, frozen=True):
    items: list[AuditEntryView]
    cursor: str | None


class AuditVerdict(Struct, frozen=True):
    """`broken_at` is the number of the first entry that does not fit. Keep `entries` and `head` elsewhere to compare."""

    entries: int
    head: str
    broken_at: int | None


@get("/audit", summary="The audit log, newest first")
async def search(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    actor: FromQuery[str | None] = None,
    action: FromQuery[Action | None] = None,
    target_kind: FromQuery[str] = "",
    target: FromQuery[str | None] = None,
    since: FromQuery[int] = 0,
    until: FromQuery[int] = _END,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> AuditAnswer:
    wanted = _filter(
        actor=actor, action=action, target_kind=target_kind, target=target, since=since, until=until
    )
    found = await audit_log.search_audit_log(platform, subject, wanted, cursor=cursor, limit=limit)
    return AuditAnswer([_view(entry, found.names) for entry in found.page.items], found.page.cursor)


@get("/audit/export", summary="What the filter keeps as CSV or as JSON lines")
async def export(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    form: FromQuery[Format] = Format.CSV,
    actor: FromQuery[str | None] = None,
    action: FromQuery[Action | None] = None,
    target_kind: FromQuery[str] = "",
    target: FromQuery[str | None] = None,
    since: FromQuery[int] = 0,
    until: FromQuery[int] = _END,
) -> Response[bytes]:
    wanted = _filter(
        actor=actor, action=action, target_kind=target_kind, target=target, since=since, until=until
    )
    data = await audit_log.export_audit_log(platform, subject, wanted, form)
    headers = {
        "content-disposition": f'attachment; filename="audit.{form.value}"',
        "cache-control": "no-store",
    }
    return Response(data, media_type=_TYPES[form], headers=headers)


@get("/audit/verification", summary="Check the chain from its first entry to its last")
async def verify(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> AuditVerdict:
    found = await audit_log.verify_audit_log(platform, subject)
    return AuditVerdict(found.entries, found.head, found.broken_at)


def _filter(
    *,
    actor: str | None,
    action: Action | None,
    target_kind: str,
    target: str | None,
    since: int,
    until: int,
) -> Filter:
    return Filter(
        actor_id=optional_path_id(actor, what="agent"),
        action="" if action is None else action.value,
        target_kind=target_kind[:40],
        target_id=optional_path_id(target, what="object"),
        since=max(0, min(since, _END)),
        until=max(0, min(until, _END)),
    )


def _view(entry: AuditEntry, names: dict[int, str]) -> AuditEntryView:
    return AuditEntryView(
        seq=entry.seq,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor_id=str(entry.actor_id),
        actor_name=names.get(entry.actor_id, ""),
        session_id=str(entry.session_id),
        address=entry.address,
        user_agent=entry.user_agent,
        action=Action(entry.action),
        target_kind=entry.target_kind,
        target_id=str(entry.target_id),
        target_name=entry.target_name,
        facts=entry.facts,
        hash=entry.hash,
    )


ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=[search, export, verify], tags=["audit"])
]
