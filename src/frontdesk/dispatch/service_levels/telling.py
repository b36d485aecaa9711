"""Who is told what is due: the agent who has it, and whoever follows its team."""

from collections.abc import Collection

from frontdesk.conversations import (
    Conversation,
    Due,
    DueFrame,
    deliver_subject,
    get_in,
    publish_frame,
    team_subject,
)
from frontdesk.core.subject import Subject
from frontdesk.dispatch.service_levels.types import Clock
from frontdesk.dispatch.store import service_levels as rows
from frontdesk.platform import Platform, Reader, Transaction


async def tell(platform: Platform, tx: Transaction, before: Clock, after: Clock) -> None:
    """Tell, once committed, what is due now; who has no more to do with it, that nothing is."""
    told, now = _listeners(before) if before.due else (), _listeners(after)
    if before.due == after.due and told == now:
        return
    if not before.due and not after.due:
        return
    conversation = await get_in(tx, after.organization_id, after.conversation_id)
    nothing = frame_of(conversation, Clock(after.conversation_id, after.organization_id))
    due = frame_of(conversation, after)
    for subject in (one for one in told if one not in now):
        tx.after_commit(lambda subject=subject: publish_frame(platform.bus, subject, nothing))
    for subject in now:
        tx.after_commit(lambda subject=subject: publish_frame(platform.bus, subject, due))


async def due_for(reader: Reader, subject: Subject, team_ids: Collection[int]) -> list[DueFrame]:
    """What is due of this agent, and of the teams that it follows."""
    organization_id = subject.organization_id
    frames: list[DueFrame] = []
    for clock in await rows.counting(reader, organization_id):
        if clock.due and (clock.agent_id == subject.id or clock.team_id in team_ids):
            conversation = await get_in(reader, organization_id, clock.conversation_id)
            frames.append(frame_of(conversation, clock))
    return frames


def frame_of(conversation: Conversation, clock: Clock) -> DueFrame:
    return DueFrame(
        str(clock.conversation_id),
        conversation.contact_name,
        None if clock.agent_id is None else str(clock.agent_id),
        None if clock.team_id is None else str(clock.team_id),
        [Due(one.measure, one.since, one.warns_at or 0, one.due_at or 0, one.standing) for one in clock.due],
    )


def _listeners(clock: Clock) -> tuple[str, ...]:
    organization_id = clock.organization_id
    agent = () if clock.agent_id is None else (deliver_subject(organization_id, clock.agent_id),)
    team = () if clock.team_id is None else (team_subject(organization_id, clock.team_id),)
    return agent + team
