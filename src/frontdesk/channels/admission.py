"""Whether a visitor may come in at all. Asked at every door from outside: HTTP, sockets, event streams, new sessions."""

from frontdesk.contacts import blocked, is_blocked_in
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings


async def require_admitted(platform: Platform, subject: Subject) -> None:
    """Raises `contacts.blocked` for a visitor who may not come in."""
    if subject.kind is not SubjectKind.VISITOR:
        return
    organization_id, now = subject.organization_id, platform.clock.now()
    settings = await get_settings(platform, organization_id)
    if settings.blocked_reach_bot:
        return
    if await platform.database.read(
        organization_id,
        lambda reader: is_kept_out_in(
            reader, settings, organization_id, subject.id, address=subject.origin.address, now=now
        ),
    ):
        raise blocked()


async def is_kept_out_in(
    reader: Reader, settings: Settings, organization_id: int, contact_id: int, *, address: str, now: Millis
) -> bool:
    """Whether this contact, 0 for nobody known, may not come in. Where the blocked may talk to bots, everybody may."""
    if settings.blocked_reach_bot:
        return False
    return await is_blocked_in(reader, organization_id, contact_id, now, address=address)
