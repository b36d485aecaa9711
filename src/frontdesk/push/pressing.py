"""Who is told what presses: the agent who has the conversation, and whoever may supervise in its team."""

from typing import Final

from frontdesk.auth import Permission, find_account, grants_in
from frontdesk.conversations import Conversation
from frontdesk.core.subject import SubjectKind
from frontdesk.dispatch import Urgency, Urgent, is_urgent_in
from frontdesk.platform import Reader
from frontdesk.push.store import subscriptions
from frontdesk.push.types import HOUR, Delivery, Kind, News
from frontdesk.staff import teams_of

KINDS: Final = {Urgent.SILENT: Kind.SILENT, Urgent.WARNED: Kind.WARNED, Urgent.BREACHED: Kind.BREACHED}
_WHAT: Final = {kind: what for what, kind in KINDS.items()}


async def news_of_urgency(reader: Reader, urgency: Urgency) -> list[News]:
    """For each agent with a device whom it concerns."""
    organization_id, found = urgency.organization_id, list[News]()
    for agent_id in await subscriptions.agents(reader, organization_id):
        if await _concerns(reader, organization_id, agent_id, urgency.agent_id, urgency.team_id):
            news = News(
                organization_id=organization_id,
                principal_kind=SubjectKind.AGENT,
                principal_id=agent_id,
                kind=KINDS[urgency.what],
                event=f"urgent.{urgency.id}.{agent_id}",
                conversation_id=urgency.conversation_id,
                seq=0,
                ends_at=urgency.at + HOUR,
            )
            found.append(news)
    return found


async def still_presses(reader: Reader, delivery: Delivery, conversation: Conversation) -> bool:
    """Whether it is urgent yet, and still concerns who is to be told."""
    organization_id = delivery.organization_id
    if not await is_urgent_in(reader, organization_id, conversation.id, _WHAT[delivery.kind]):
        return False
    owner, team_id = conversation.human_agent_id, conversation.team_id
    return await _concerns(reader, organization_id, delivery.principal_id, owner, team_id)


async def _concerns(
    reader: Reader, organization_id: int, agent_id: int, owner: int | None, team_id: int | None
) -> bool:
    if agent_id == owner:
        return True
    account = await find_account(reader, organization_id, agent_id)
    if account is None or team_id is None:
        return False
    grants = await grants_in(reader, organization_id, account.role)
    if Permission.CONVERSATION_SUPERVISE not in grants:
        return False
    everywhere = Permission.CONVERSATION_READ_ALL in grants
    return everywhere or any(team.id == team_id for team in await teams_of(reader, organization_id, agent_id))
