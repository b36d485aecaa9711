"""Who looks at a conversation: over the bus only, never stored. Whoever looks hears of the others."""

from frontdesk.conversations.access_rules import get_readable
from frontdesk.conversations.frames import Doing, LookFrame, look_subject, publish_frame
from frontdesk.core.errors import forbidden
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader


async def look(
    platform: Platform, subject: Subject, conversation_id: int, doing: Doing, *, name: str, origin: str
) -> str:
    """Tell colleagues who look at it what this one does; returns where they hear of each other.

    Raises `forbidden` for visitors, and `not_found` for a conversation that one may not read.
    """
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("conversations.staff-only", "Only staff see who looks at a conversation.")

    async def read(reader: Reader) -> None:
        await get_readable(reader, subject, conversation_id)

    await platform.database.read(subject.organization_id, read)
    where = look_subject(subject.organization_id, conversation_id)
    frame = LookFrame(str(conversation_id), str(subject.id), name, doing)
    publish_frame(platform.bus, where, frame, origin=origin)
    return where
