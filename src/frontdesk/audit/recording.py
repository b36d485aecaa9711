"""Writing an entry, in the transaction of the deed that it tells."""

import hashlib
from typing import Final

import msgspec

from frontdesk.audit import store
from frontdesk.audit.types import Action, AuditEntry, Fact, Facts, Target
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Transaction

_encode: Final = msgspec.json.Encoder(order="sorted").encode
_NAME: Final = 120


async def record_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    action: Action,
    target: Target,
    **facts: Fact,
) -> None:
    """Add an entry to the subject's organization. Two at once are put in an order by the database."""
    before = await store.last(tx, subject.organization_id)
    entry = AuditEntry(
        organization_id=subject.organization_id,
        seq=1 if before is None else before[0] + 1,
        at=platform.clock.now(),
        actor_kind=subject.kind.value,
        actor_id=subject.id,
        session_id=subject.session_id,
        address=subject.origin.address,
        user_agent=subject.origin.user_agent,
        action=action.value,
        target_kind=target.kind,
        target_id=target.id,
        target_name=target.name[:_NAME],
        facts=facts,
        previous="" if before is None else before[1],
        hash="",
    )
    await store.insert(tx, msgspec.structs.replace(entry, hash=hash_of(entry)))


async def record_once_in(
    platform: Platform, tx: Transaction, subject: Subject, action: Action, target: Target, *, within: Millis
) -> None:
    """The same, unless this actor's same deed to the same target is known from the last `within` milliseconds."""
    since = platform.clock.now() - within
    if not await store.known_since(tx, subject, action, target, since):
        await record_in(platform, tx, subject, action, target)


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 of the entry with its predecessor's hash in it, as JSON with sorted keys, its own hash left empty."""
    return hashlib.sha256(_encode(msgspec.structs.replace(entry, hash=""))).hexdigest()


def changed_fields(changes: msgspec.Struct) -> Facts:
    """The names of what a command sets, without what it sets them to."""
    names = [name for name, value in msgspec.structs.asdict(changes).items() if value is not msgspec.UNSET]
    return {"fields": sorted(names)}
