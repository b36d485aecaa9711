"""A visitor waits too long for the agent's word: the agent and the leaders of the team are told, and told when it is over."""

from msgspec import structs

from frontdesk.conversations import AlarmFrame, Conversation, deliver_subject, publish_frame, team_subject
from frontdesk.dispatch.store import watches
from frontdesk.dispatch.store.watches import Watch
from frontdesk.platform import Platform, Transaction


def frame_of(conversation: Conversation, watch: Watch) -> AlarmFrame:
    agent_id = conversation.human_agent_id
    return AlarmFrame(
        str(conversation.id),
        None if agent_id is None else str(agent_id),
        None if watch.alarmed_at is None else watch.unanswered_since,
    )


async def end_alarm_in(platform: Platform, tx: Transaction, before: Conversation) -> None:
    """The conversation goes to somebody else, or ends: nobody is waited for any more."""
    watch = await watches.find(tx, before.organization_id, before.id)
    if watch is not None and watch.alarmed_at is not None:
        alarm(platform, tx, before, structs.replace(watch, alarmed_at=None))


def alarm(platform: Platform, tx: Transaction, conversation: Conversation, watch: Watch) -> None:
    """Tell, once committed, that somebody waits for the agent, or that the agent has spoken."""
    organization_id, frame = conversation.organization_id, frame_of(conversation, watch)
    subjects: list[str] = []
    if conversation.human_agent_id is not None:
        subjects.append(deliver_subject(organization_id, conversation.human_agent_id))
    if conversation.team_id is not None:
        subjects.append(team_subject(organization_id, conversation.team_id))
    for subject in subjects:
        tx.after_commit(lambda subject=subject: publish_frame(platform.bus, subject, frame))
