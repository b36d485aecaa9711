"""Whether a visitor may come in at all. Asked at every door from outside: HTTP, sockets, event streams, new sessions."""

from frontdesk.contacts import blocked, is_blocked_in
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform
from frontdesk.settings import get as get_settings


async def require_admitted(platform: Platform, subject: Subject) -> None:
    """Raises `contacts.blocked` for a visitor who may not come in. Where the blocked may talk to bots, everybody may."""
    if subject.kind is SubjectKind.VISITOR:
        await require_open_to(platform, subject.organization_id, subject.id, subject.origin.address)


async def require_open_to(platform: Platform, organization_id: int, contact_id: int, address: str) -> None:
    """`require_admitted`, for somebody who has no token yet; 0 stands for nobody known."""
    if (await get_settings(platform, organization_id)).blocked_reach_bot:
        return
    now = platform.clock.now()
    if await platform.database.read(
        organization_id,
        lambda reader: is_blocked_in(reader, organization_id, contact_id, now, address=address),
    ):
        raise blocked()
