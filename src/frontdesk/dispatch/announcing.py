"""One line to everybody who waits for a team."""

from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.conversations import ConversationState, Draft, EntryKind, Text, append_in, get_in
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.dispatch.ownership import SYSTEM
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.store import queue
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import teams_watched_by

MAX_ANNOUNCEMENT: Final = 500
MOST: Final = 10_000
BATCH: Final = 50


async def announce(platform: Platform, subject: Subject, team_id: int, text: str) -> int:
    """Tell all who wait for this team; returns how many were told. Who comes later is not.

    For whoever supervises and follows the team's queue. It is in the audit log before the first is told, and in each
    conversation as a message of nobody's.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_SUPERVISE)
    organization_id = subject.organization_id
    words = clean(text, field="announcement", limit=MAX_ANNOUNCEMENT, required=True)

    async def begin(tx: Transaction) -> list[int]:
        team = next((one for one in await teams_watched_by(tx, subject) if one.id == team_id), None)
        if team is None:
            raise not_found("team")
        items = await queue.in_order(tx, organization_id, team_id, limit=MOST)
        facts = {"waiting": len(items)}
        await record_in(
            platform, tx, subject, Action.QUEUE_ANNOUNCED, Target("team", team.id, team.name), **facts
        )
        return [item.conversation_id for item in items]

    waiting, told = await platform.database.write(organization_id, begin), 0
    for first in range(0, len(waiting), BATCH):

        async def tell(tx: Transaction, first: int = first) -> int:
            count = 0
            for conversation_id in waiting[first : first + BATCH]:
                conversation = await get_in(tx, organization_id, conversation_id)
                if conversation.state is ConversationState.WAITING and conversation.team_id == team_id:
                    draft = Draft(EntryKind.MESSAGE, SYSTEM, Text(words))
                    await append_in(platform, tx, organization_id, conversation_id, [draft])
                    count += 1
            return count

        told += await platform.database.write(organization_id, tell)
    return told
