"""Decisions, kept with their candidates."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Candidate, Decision, Outcome, Overflow, StoredDecision
from frontdesk.platform import Reader, Transaction

_encode: Final = msgspec.json.Encoder().encode
_candidates: Final = msgspec.json.Decoder(tuple[Candidate, ...])
_needs: Final = msgspec.json.Decoder(dict[str, int])
_overflow: Final = msgspec.json.Decoder(Overflow)
_asked: Final = msgspec.json.Decoder(tuple[int, ...])


async def insert_all(
    transaction: Transaction,
    organization_id: int,
    team_id: int,
    decided: Sequence[tuple[int, Decision, Outcome]],
    *,
    at: Millis,
) -> None:
    """Each with an id of its own."""
    await transaction.execute_each(
        """insert into decision (id, organization_id, conversation_id, at, team_id, policy, outcome, chosen_agent_id,
        candidates, version, needs, asked) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
        [
            (
                identity,
                organization_id,
                decision.conversation_id,
                at,
                team_id,
                decision.policy,
                outcome,
                decision.chosen,
                _encode(decision.candidates).decode(),
                decision.version,
                _encode(decision.needs).decode(),
                _encode(decision.asked).decode(),
            )
            for identity, decision, outcome in decided
        ],
    )


async def insert_overflow(
    transaction: Transaction,
    organization_id: int,
    conversation_id: int,
    *,
    identity: int,
    at: Millis,
    team_id: int,
    overflow: Overflow,
) -> None:
    await transaction.execute(
        """insert into decision (id, organization_id, conversation_id, at, team_id, policy, outcome, candidates, overflow)
        values ($1, $2, $3, $4, $5, 'overflow', 'overflow', '[]', $6)""",
        identity,
        organization_id,
        conversation_id,
        at,
        team_id,
        _encode(overflow).decode(),
    )


async def of_conversation(reader: Reader, organization_id: int, conversation_id: int) -> list[StoredDecision]:
    rows = await reader.fetch(
        """select id, at, team_id, policy, outcome, chosen_agent_id, candidates, version, needs, asked,
        overflow from decision
        where organization_id = $1 and conversation_id = $2 order by id""",
        organization_id,
        conversation_id,
    )
    return [
        StoredDecision(
            identity,
            at,
            team_id,
            policy,
            Outcome(outcome),
            chosen,
            _candidates.decode(candidates),
            version,
            _needs.decode(needs),
            _asked.decode(asked),
            None if overflow is None else _overflow.decode(overflow),
        )
        for identity, at, team_id, policy, outcome, chosen, candidates, version, needs, asked, overflow in rows
    ]
