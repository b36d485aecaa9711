"""What an agent keeps for themselves or shares with a team that they are in: filters, macros."""

from collections.abc import Sequence

from frontdesk.conversations import ChangedFrame, deliver_subject, publish_frame, staff_subject
from frontdesk.core.errors import not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import teams_of


async def own_teams_in(reader: Reader, subject: Subject) -> Sequence[int]:
    return [team.id for team in await teams_of(reader, subject.organization_id, subject.id)]


async def shared_with_in(reader: Reader, subject: Subject, team_id: str | None) -> int | None:
    """The team that something is shared with. Raises `not_found` for one that the subject is not in."""
    if team_id is None:
        return None
    wanted = parse_id(team_id)
    if wanted not in await own_teams_in(reader, subject):
        raise not_found("team")
    return wanted


def announce(platform: Platform, tx: Transaction, subject: Subject, topic: str, *, shared: bool) -> None:
    """Tell one's own devices that a list changed; everybody, where others have it too."""
    organization_id = subject.organization_id
    to = staff_subject(organization_id) if shared else deliver_subject(organization_id, subject.id)
    tx.after_commit(lambda: publish_frame(platform.bus, to, ChangedFrame(topic=topic)))
