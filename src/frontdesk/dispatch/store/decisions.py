"""Decisions, kept with their candidates."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Candidate, Decision, Outcome, Overflow, StoredDecision
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_encode: Final = msgspec.json.Encoder().encode
_candidates: Final = msgspec.json.Decoder(tuple[Candidate, ...])
_needs: Final = msgspec.json.Decoder(dict[str, int])
_overflow: Final = msgspec.json.Decoder(Overflow)
_COLUMNS: Final = (
    "id, at, team_id, policy, outcome, chosen_agent_id, candidates, version, needs, asked, overflow"
)
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
        candidates, version, needs, asked, explored)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
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
                any(one.chance is not None for one in decision.candidates),
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
        f"select {_COLUMNS} from decision where organization_id = $1 and conversation_id = $2 order by id",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
    )
    return [_stored(row) for row in rows]


async def explored(
    reader: Reader, organization_id: int, team_id: int, since: Millis, *, limit: int
) -> list[tuple[int, StoredDecision]]:
    """With their conversations: decisions for this team in which chance had a share; the latest, in their order."""
    rows = await reader.fetch(
        f"""select conversation_id, {_COLUMNS} from decision
        where organization_id = $1 and team_id = $2 and explored and at >= $3 order by id desc limit $4""",  # noqa: S608 - constant columns
        organization_id,
        team_id,
        since,
        limit,
    )
    return [(conversation_id, _stored(tuple(row))) for conversation_id, *row in reversed(rows)]


def _stored(row: Row) -> StoredDecision:
    identity, at, team_id, policy, outcome, chosen, candidates, version, needs, asked, overflow = row
    return StoredDecision(
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
