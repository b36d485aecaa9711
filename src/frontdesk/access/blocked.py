"""Visitors who were blocked while they were here are seen out."""

from typing import TYPE_CHECKING

from frontdesk.access.frames import CloseCode
from frontdesk.channels import require_admitted
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import SubjectKind

if TYPE_CHECKING:
    from frontdesk.access.hub import Hub


async def show_out(hub: "Hub", organization_id: int) -> None:
    """Close every connection here of a visitor who may not come in. They are not told to come back."""
    for connection in hub.connections:
        subject = connection.subject
        if (
            subject is None
            or subject.kind is not SubjectKind.VISITOR
            or subject.organization_id != organization_id
        ):
            continue
        try:
            await require_admitted(hub.platform, subject)
        except FrontdeskError as refusal:
            if refusal.kind is ErrorKind.FORBIDDEN:
                connection.close(CloseCode.NOT_ALLOWED, refusal.message)
