"""What dispatch's routes take and answer. Ids are strings here."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from frontdesk.auth import Permission
from frontdesk.conversations import Conversation, Snapshot, WrappedUp, snapshot_of
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch.reach import Absence
from frontdesk.dispatch.types import Candidate, Excluded, Outcome, Overflow, QueuePosition, StoredDecision
from frontdesk.staff import AgentView


class ConversationAnswer(Struct, frozen=True):
    conversation: Snapshot


class HumanAnswer(Struct, frozen=True):
    """`offline`: nobody can be reached now, and `absence` says why; show the leave-message form."""

    conversation: Snapshot
    queue: QueuePosition | None
    offline: bool
    absence: Absence | None = None


class CloseRequest(Struct, frozen=True):
    wrap_up: WrappedUp | None = None


class TransferRequest(Struct, frozen=True):
    """`agent_id` alone; or `team_id`, `department_id`, or both. A department's people get it by the policy of the team that
    is named, else of its own team.
    """

    agent_id: str | None = None
    team_id: str | None = None
    department_id: str | None = None
    note: Annotated[str, Meta(max_length=4000)] = ""


class InviteRequest(Struct, frozen=True):
    """`note`: what the colleague is told."""

    agent_id: str
    note: Annotated[str, Meta(max_length=4000)] = ""


class DeclineRequest(Struct, frozen=True):
    """`reason` is told to a colleague who asked; whoever is offered what waits needs none."""

    reason: Annotated[str, Meta(max_length=500)] = ""


class SnoozeRequest(Struct, frozen=True):
    """`until`: in milliseconds since 1970, UTC."""

    until: Annotated[int, Meta(ge=0, le=1 << 53)]


class NoteRequest(Struct, frozen=True):
    """`mentions`: the ids of colleagues who are named in it."""

    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    mentions: Annotated[tuple[str, ...], Meta(max_length=10)] = ()


class WhisperRequest(Struct, frozen=True):
    text: Annotated[str, Meta(min_length=1, max_length=4000)]


class AssignRequest(Struct, frozen=True):
    """`force`: also when all places of this agent are taken."""

    agent_id: str
    force: bool = False


class CandidateView(Struct, frozen=True):
    agent_id: str
    name: str
    score: float | None
    excluded: Excluded | None


class DecisionView(Struct, frozen=True):
    """`version`: of the team's rules; 0 are the defaults. `needs`: the skills asked for at that moment, with levels.

    `asked`: who was asked together with others. `overflow`: why it could not wait for this team, and where it went.
    """

    id: str
    at: Millis
    team_id: str | None
    policy: str
    outcome: Outcome
    chosen: str | None
    candidates: Sequence[CandidateView]
    version: int
    needs: dict[str, int]
    asked: Sequence[str]
    overflow: Overflow | None = None


class QueuedView(Struct, frozen=True):
    """When and why it came to wait for a person; `reason` as in the entry `queued`."""

    at: Millis
    team_id: str
    reason: str


class Decisions(Struct, frozen=True):
    items: Sequence[DecisionView]
    handovers: Sequence[QueuedView] = ()


class AgentOnDuty(AgentView, frozen=True):
    """An agent with the places that its active conversations take."""

    load: int


class Agents(Struct, frozen=True):
    items: Sequence[AgentOnDuty]


class OrganizationView(Struct, frozen=True):
    id: str
    slug: str
    name: str


class Me(Struct, frozen=True):
    agent: AgentOnDuty
    organization: OrganizationView
    permissions: Sequence[Permission]


def answer(subject: Subject, conversation: Conversation) -> ConversationAnswer:
    """The header as this subject sees it."""
    return ConversationAnswer(snapshot_of(conversation, for_visitor=subject.kind is SubjectKind.VISITOR))


def decision_view(decision: StoredDecision, names: dict[int, str]) -> DecisionView:
    return DecisionView(
        id=str(decision.id),
        at=decision.at,
        team_id=str(decision.team_id) if decision.team_id else None,
        policy=decision.policy,
        outcome=decision.outcome,
        chosen=None if decision.chosen is None else str(decision.chosen),
        candidates=candidate_views(decision.candidates, names),
        version=decision.version,
        needs=dict(decision.needs),
        asked=[str(one) for one in decision.asked],
        overflow=decision.overflow,
    )


def candidate_views(candidates: Sequence[Candidate], names: dict[int, str]) -> list[CandidateView]:
    """With the names of those who are known."""
    return [
        CandidateView(str(one.agent_id), names.get(one.agent_id, ""), one.score, one.excluded)
        for one in candidates
    ]
