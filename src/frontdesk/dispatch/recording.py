"""Every decision is kept, with who was considered and why the others were not."""

from collections.abc import Sequence

from frontdesk.conversations import Conversation
from frontdesk.dispatch.store import decisions
from frontdesk.dispatch.types import Candidate, Decision, Outcome, Overflow
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
    await record_all(platform, tx, organization_id, team_id, [(decision, outcome)])


async def record_all(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    team_id: int,
    decided: Sequence[tuple[Decision, Outcome]],
) -> None:
    """Store the decisions of a walk, in their order, at once."""
    numbered = [(platform.ids.new(), decision, outcome) for decision, outcome in decided]
    if numbered:
        await decisions.insert_all(tx, organization_id, team_id, numbered, at=platform.clock.now())


async def record_overflow(
    platform: Platform, tx: Transaction, conversation: Conversation, team_id: int, overflow: Overflow
) -> None:
    """Store that a conversation could not wait for this team (any longer), and where it went."""
    await decisions.insert_overflow(
        tx,
        conversation.organization_id,
        conversation.id,
        identity=platform.ids.new(),
        at=platform.clock.now(),
        team_id=team_id,
        overflow=overflow,
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
