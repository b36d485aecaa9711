"""What dispatch decides on and what it decides. Frozen values; ids are integers here and strings on the wire."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from frontdesk.core.clock import Millis


class ItemState(StrEnum):
    """Where a waiting conversation stands.

        queued → WAITING ──── assigned, left, closed ────→ (gone)
                  │   ▲                                      ▲
           offered│   │declined, expired, withdrawn          │accepted
                  ▼   │                                      │
                 OFFERED ────────────────────────────────────┘

    An offer ends in exactly one way, and keeps the item's place in the queue while it lasts.
    """

    WAITING = "waiting"
    OFFERED = "offered"


class Excluded(StrEnum):
    """Why an agent was not considered."""

    NOT_IN_TEAM = "not_in_team"
    OFFLINE = "offline"
    AWAY = "away"
    BUSY = "busy"
    DECLINED = "declined"
    FULL = "full"


class Outcome(StrEnum):
    """How a decision ended. `nobody` is stored once for each wait, when a visitor has to queue."""

    ASSIGNED = "assigned"
    OFFERED = "offered"
    NOBODY = "nobody"


class OfferEnd(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Agent(Struct, frozen=True):
    """A possible owner. `load` counts active conversations and open offers; `turn` is the weighted policy's memory."""

    id: int
    status: str
    load: int
    capacity: int
    weight: int = 1
    turn: int = 0
    last_assigned_at: Millis | None = None
    in_team: bool = True


class Waiting(Struct, frozen=True):
    """A conversation to place. `returning_to` is the human who served this contact recently."""

    conversation_id: int
    priority: int = 0
    enqueued_at: Millis = 0
    declined: frozenset[int] = frozenset()
    returning_to: int | None = None


class Rules(Struct, frozen=True):
    """How a team routes."""

    policy: str


class Candidate(Struct, frozen=True):
    """One agent in a decision: a score (higher is better) or the reason why it was left out."""

    agent_id: int
    score: float | None
    excluded: Excluded | None


class Choice(Struct, frozen=True):
    """What a policy answers: a score for every eligible agent, the best of them, and turns to remember."""

    chosen: int
    scores: Mapping[int, float]
    turns: Mapping[int, int] = {}


class Decision(Struct, frozen=True):
    """Who gets a conversation and why. `chosen` is None when nobody is eligible."""

    conversation_id: int
    policy: str
    chosen: int | None
    candidates: Sequence[Candidate]
    turns: Mapping[int, int] = {}


class Seat(Struct, frozen=True):
    """An agent's places: load + reserved <= ceiling, always; ceiling = capacity except while a lowered one drains."""

    agent_id: int
    capacity: int
    load: int
    reserved: int
    ceiling: int
    last_assigned_at: Millis | None
    reassign_at: Millis | None


class QueueItem(Struct, frozen=True):
    """A waiting conversation. Order within a team: priority (higher first), then `enqueued_at`, then id."""

    conversation_id: int
    organization_id: int
    contact_id: int
    team_id: int
    priority: int
    enqueued_at: Millis
    waiting_since: Millis
    state: ItemState
    offered_to: int | None
    offer_expires_at: Millis | None


class QueuePosition(Struct, frozen=True):
    """Where a visitor stands: 1 is next. `estimate` is in seconds, None when the team has no recent pace to go by."""

    position: int
    ahead: int
    estimate: int | None


class StoredDecision(Struct, frozen=True):
    id: int
    at: Millis
    team_id: int
    policy: str
    outcome: Outcome
    chosen: int | None
    candidates: Sequence[Candidate]
