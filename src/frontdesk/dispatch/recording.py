"""Every decision is kept, with who was considered and why the others were not."""

from frontdesk.conversations import Conversation
from frontdesk.dispatch.store import decisions
from frontdesk.dispatch.types import Candidate, Decision, Outcome
from frontdesk.platform import Platform, Transaction


async def record(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    team_id: int,
    decision: Decision,
    *,
    outcome: Outcome,
) -> None:
    """Store a decision of dispatch."""
    await decisions.insert(
        tx,
        organization_id,
        decision.conversation_id,
        identity=platform.ids.new(),
        at=platform.clock.now(),
        team_id=team_id,
        policy=decision.policy,
        outcome=outcome,
        chosen=decision.chosen,
        candidates=decision.candidates,
        version=decision.version,
        needs=decision.needs,
        asked=decision.asked,
    )


async def record_choice(
    platform: Platform, tx: Transaction, conversation: Conversation, policy: str, agent_id: int
) -> None:
    """Store a decision that a person took."""
    await record(
        platform,
        tx,
        conversation.organization_id,
        conversation.team_id or 0,
        Decision(conversation.id, policy, agent_id, [Candidate(agent_id, None, None)]),
        outcome=Outcome.ASSIGNED,
    )
