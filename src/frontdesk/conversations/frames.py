"""Frames that the server sends about conversations and the people in them. The wire format is `docs/protocol.md`."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct

from frontdesk.conversations.entries import Entry, Sender
from frontdesk.conversations.state import Snapshot
from frontdesk.core.clock import Millis
from frontdesk.platform import Bus
from frontdesk.staff import AgentCard, AgentKind

_encode = msgspec.json.Encoder().encode


class EntryFrame(Struct, frozen=True, tag="entry", tag_field="t"):
    """The next entry of a conversation; apply it iff entry.seq == last + 1."""

    conversation: str
    entry: Entry


class ConversationFrame(Struct, frozen=True, tag="conversation", tag_field="t"):
    """The header, whole. Replaces the one a client holds; its entries stay."""

    conversation: Snapshot


class EntriesFrame(Struct, frozen=True, tag="entries", tag_field="t"):
    """The entries a client missed, contiguous from the head it named."""

    conversation: str
    entries: Sequence[Entry]


class ResetFrame(Struct, frozen=True, tag="reset", tag_field="t"):
    """A conversation new to the client, or one it knows too old a state of: replace all with this newest page."""

    conversation: str
    snapshot: Snapshot
    entries: Sequence[Entry]


class GoneFrame(Struct, frozen=True, tag="gone", tag_field="t"):
    """The conversation left this agent's live list."""

    conversation: str


class ReceiptFrame(Struct, frozen=True, tag="receipt", tag_field="t"):
    """One side's pointers moved forward."""

    conversation: str
    side: str
    received: int
    read: int


class TypingFrame(Struct, frozen=True, tag="typing", tag_field="t"):
    """Somebody is writing; an empty text means that they stopped. Expires after 6 seconds."""

    conversation: str
    sender: Sender
    text: str


class Doing(StrEnum):
    """What a colleague does with a conversation that they take no part in, or share."""

    LOOKING = "looking"
    WRITING = "writing"
    NOTHING = "nothing"


class LookFrame(Struct, frozen=True, tag="look", tag_field="t"):
    """A colleague looks at the conversation, writes in it, or has left it. Staff who look at it too. Expires after 45 seconds."""

    conversation: str
    agent: str
    name: str
    doing: Doing


class QueueFrame(Struct, frozen=True, tag="queue", tag_field="t"):
    """Where a waiting visitor stands: position 1 is next. `estimate` is in seconds, null when unknown.

    Four of five waits lie between `soonest` and `latest`. `callback`: the place is kept while the visitor is gone.
    """

    conversation: str
    position: int
    ahead: int
    estimate: int | None
    team: str
    soonest: int | None = None
    latest: int | None = None
    callback: bool = False


class OfferFrame(Struct, frozen=True, tag="offer", tag_field="t"):
    """A conversation is offered to this agent until `expires_at`.

    `by` and `note`: a colleague asks this agent to go on with it (`reason` is transfer), or to join them (join).
    """

    conversation: Snapshot
    expires_at: Millis
    reason: str
    by: AgentCard | None = None
    note: str = ""


class OfferEndedFrame(Struct, frozen=True, tag="offer_ended", tag_field="t"):
    """`outcome`: accepted, declined, expired or withdrawn."""

    conversation: str
    outcome: str


class TransferFrame(Struct, frozen=True, tag="transfer", tag_field="t"):
    """How it stands with what this agent has asked a colleague: to go on with a conversation, or to join (`purpose`).

    `state`: asked, accepted, declined (with its `reason`), expired or withdrawn.
    """

    conversation: str
    to: AgentCard
    state: str
    expires_at: Millis
    reason: str = ""
    purpose: str = "transfer"


class AgentState(Struct, frozen=True):
    """`since`: when the status, or the reason that was given for it, became what it is. `wraps_until`: gets nothing new
    until then, for a conversation of its has just ended.
    """

    id: str
    name: str
    avatar_url: str | None
    kind: AgentKind
    status: str
    load: int
    capacity: int
    since: Millis = 0
    reason: str = ""
    wraps_until: Millis | None = None


class AgentFrame(Struct, frozen=True, tag="agent", tag_field="t"):
    """An agent's state changed. For who may see colleagues, and for the agent."""

    agent: AgentState


class AlarmFrame(Struct, frozen=True, tag="alarm", tag_field="t"):
    """A visitor has waited too long for the agent's word, `since`; null: it is over. For the agent and the team's staff."""

    conversation: str
    agent: str | None
    since: Millis | None


class Due(Struct, frozen=True):
    """`measure`: first_reply, next_reply or resolution. `standing`: running, warned or breached, as of this frame."""

    measure: str
    since: Millis
    warns_at: Millis
    due_at: Millis
    standing: str


class DueFrame(Struct, frozen=True, tag="due", tag_field="t"):
    """What the team promised for a conversation and still owes, the most urgent first; empty: nothing (any more).

    `contact`: the visitor's name. For the agent and the team's staff.
    """

    conversation: str
    contact: str
    agent: str | None
    team: str | None
    due: Sequence[Due]


class WaitingFrame(Struct, frozen=True, tag="waiting", tag_field="t"):
    """How many wait for a team, and since when the oldest. Staff of that team only.

    `by_hand`: nobody is given them; they wait until somebody of the team takes one.
    """

    team: str
    count: int
    oldest: Millis | None
    by_hand: bool = False


class ChangedFrame(Struct, frozen=True, tag="changed", tag_field="t", omit_defaults=True):
    """Something outside the log changed; fetch what you show of it again. `id` where it is one of many."""

    topic: str
    id: str | None = None


def deliver_subject(organization_id: int, principal_id: int) -> str:
    """Where a visitor's, an agent's or a bot's frames arrive."""
    return f"deliver.{organization_id}.{principal_id}"


def staff_subject(organization_id: int) -> str:
    """Where what every agent of an organization may know arrives: that something changed, not what."""
    return f"staff.{organization_id}"


def roster_subject(organization_id: int, agent_id: int | None = None) -> str:
    """Where the states of all agents arrive, for who may see colleagues; or that of one agent, for themselves."""
    return f"roster.{organization_id}" if agent_id is None else f"roster.{organization_id}.{agent_id}"


def look_subject(organization_id: int, conversation_id: int) -> str:
    """Where staff who look at a conversation hear of each other."""
    return f"look.{organization_id}.{conversation_id}"


def team_subject(organization_id: int, team_id: int) -> str:
    """Where frames for the agents of a team arrive."""
    return f"team.{organization_id}.{team_id}"


def publish_frame(bus: Bus, subject: str, frame: Struct, *, origin: str = "") -> None:
    """Encode a frame once and publish it. The connection named by `origin` does not get it."""
    bus.publish(subject, _encode(frame), origin=origin)
