"""What dispatch decides on and what it decides. Frozen values; ids are integers here and strings on the wire."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.dispatch.estimates import Estimates


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
    NOT_OF_DEPARTMENT = "not_of_department"
    OFFLINE = "offline"
    AWAY = "away"
    BUSY = "busy"
    WRAPPING_UP = "wrapping_up"
    DECLINED = "declined"
    SKILL = "skill"
    FULL = "full"
    KIND_FULL = "kind_full"
    SAVED = "saved"
    HELD = "held"


class Outcome(StrEnum):
    """How a decision ended. `asked`: several at once, the first to accept has it.

    `nobody` (none could have it) and `pick` (it waits to be picked by hand) are stored once for each wait. `overflow`: it
    could not wait there (any longer), and went on.
    """

    ASSIGNED = "assigned"
    OFFERED = "offered"
    ASKED = "asked"
    NOBODY = "nobody"
    PICK = "pick"
    OVERFLOW = "overflow"


class OfferEnd(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Agent(Struct, frozen=True):
    """A possible owner. `load` is what active conversations and open offers weigh; `turn` is the weighted policy's memory.

    `saved`: its free places are kept for somebody who needs more of them. `free_since`: when it was last given a conversation, lost one, or came on duty. `skills`: levels from 1 up.
    `department_id` is known where somebody waits for that department. `limits`: the most places for a kind of conversation;
    `taken` by kind, and `saved_kinds` of which free places are kept, count where there are limits.
    """

    id: int
    status: str
    load: int
    capacity: int
    weight: int = 1
    turn: int = 0
    last_assigned_at: Millis | None = None
    in_team: bool = True
    free_since: Millis | None = None
    skills: Mapping[str, int] = {}
    saved: bool = False
    department_id: int | None = None
    limits: Mapping[str, int] = {}
    taken: Mapping[str, int] = {}
    saved_kinds: frozenset[str] = frozenset()


class Facts(Struct, frozen=True, omit_defaults=True):
    """What is known of who waits, for rules to look at."""

    language: str = ""
    channel: str = ""
    page: str = ""
    referrer: str = ""
    vip: int = 0


class Waiting(Struct, frozen=True):
    """A conversation to place; `enqueued_at` is when this wait began.

    `returning_to` is the human who served this contact recently, `owner` the one whom the contact belongs to, and
    `requested` the one who was asked for by name. `needs` are skills with the least level of each; rules may add to them.
    `weight`: how many places it takes. `department_id`: whose people alone may have it, of the team or not.
    """

    conversation_id: int
    priority: int = 0
    enqueued_at: Millis = 0
    declined: frozenset[int] = frozenset()
    returning_to: int | None = None
    owner: int | None = None
    requested: int | None = None
    facts: Facts = Facts()
    needs: Mapping[str, int] = {}
    weight: int = 1
    department_id: int | None = None
    kind: str = ChannelKind.SITE


class Comparison(StrEnum):
    """How a condition compares, without regard to case."""

    IS = "is"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    AT_LEAST = "at_least"


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """`attribute`: language, channel, page, referrer, vip, or `parameter.<name>` of the page's address."""

    attribute: Annotated[
        str, Meta(pattern=r"^(language|channel|page|referrer|vip|parameter\.[A-Za-z0-9_-]{1,40})$")
    ]
    test: Comparison
    value: Annotated[str, Meta(min_length=1, max_length=200)]


Skill = Annotated[str, Meta(min_length=1, max_length=40)]
Level = Annotated[int, Meta(ge=1, le=5)]


class AttributeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """When every condition holds: these skills are needed, and so many seconds of head start are given in the queue."""

    when: Annotated[tuple[Condition, ...], Meta(min_length=1, max_length=10)]
    needs: Annotated[dict[Skill, Level], Meta(max_length=10)] = {}
    head_start_s: Annotated[int, Meta(ge=0, le=1800)] = 0


class Relaxation(Struct, frozen=True, forbid_unknown_fields=True):
    """After so many seconds of waiting every needed level is lower by so much; a level below 1 is no need any more."""

    after_s: Annotated[int, Meta(ge=1, le=86_400)]
    lower_by: Annotated[int, Meta(ge=1, le=5)]


class Onward(StrEnum):
    """Where somebody goes who cannot wait: to another team, to the bot again, or to a message that is left."""

    TEAM = "team"
    BOT = "bot"
    LEAVE_MESSAGE = "leave_message"


class OverflowStep(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`team_id` belongs to `team` alone."""

    to: Onward
    team_id: Annotated[str, Meta(pattern="^[0-9]{1,19}$", max_length=19)] | None = None


class Cause(StrEnum):
    """Why somebody could not wait: as many waited as may, for as long as may be, or the team has gone home."""

    FULL = "full"
    LATE = "late"
    CLOSED = "closed"


class Passed(Struct, frozen=True, omit_defaults=True):
    """A step that was looked at. `kept`: why it was not taken (closed, nobody, full, removed, no_bot); empty: it was."""

    to: Onward
    team_id: str | None = None
    kept: str = ""


class Overflow(Struct, frozen=True):
    cause: Cause
    steps: tuple[Passed, ...]


class Rules(Struct, frozen=True):
    """How a team routes. The waits are how long a place with that one person is waited for.

    `explore`: the share of choices that is left to chance. `estimates`: what the learned policy goes by.
    """

    policy: str
    version: int = 0
    requested_wait_s: int = 0
    owner_wait_s: int = 0
    returning_wait_s: int = 0
    attributes: Sequence[AttributeRule] = ()
    relaxations: Sequence[Relaxation] = ()
    explore: float = 0.0
    estimates: Estimates | None = None


class Candidate(Struct, frozen=True, omit_defaults=True):
    """One agent: a score (higher is better) or why it was left out; its chance and free share where chance had a part."""

    agent_id: int
    score: float | None
    excluded: Excluded | None
    chance: float | None = None
    free: float | None = None


class Choice(Struct, frozen=True):
    """What a policy answers: a score for every eligible agent, the best of them, and turns to remember.

    Without `chosen` nobody is given the conversation; `asked` are those who may all accept it, the first of whom has it.
    """

    chosen: int | None
    scores: Mapping[int, float]
    turns: Mapping[int, int] = {}
    asked: Sequence[int] = ()


class Decision(Struct, frozen=True):
    """Who gets a conversation and why. `chosen` is None when nobody is eligible, or the team's agents choose themselves.

    `needs`: the skills that were asked for at that moment. `again_at`: when time alone may change the answer.
    """

    conversation_id: int
    policy: str
    chosen: int | None
    candidates: Sequence[Candidate]
    turns: Mapping[int, int] = {}
    asked: Sequence[int] = ()
    version: int = 0
    needs: Mapping[str, int] = {}
    again_at: Millis | None = None


class QueueItem(Struct, frozen=True):
    """A waiting conversation. Order within a team: `enqueued_at`, then id.

    `enqueued_at` is the arrival (of one that was brought back: when the conversation was opened) less the head start.
    `wake_at`: when time alone may find it an agent. `callback`: the visitor has gone and keeps the place.
    `department_id`: whose people alone may have it, while there is that department.
    """

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
    head_start_s: int = 0
    facts: Facts = Facts()
    requested: int | None = None
    wake_at: Millis | None = None
    callback: bool = False
    weight: int = 1
    department_id: int | None = None
    kind: str = ChannelKind.SITE


class QueuePosition(Struct, frozen=True):
    """Where a visitor stands: 1 is next. `estimate` is in seconds, None when the team has no recent pace to go by.

    Four of five waits lie between `soonest` and `latest`. `callback`: the place is kept while the visitor is gone.
    """

    position: int
    ahead: int
    estimate: int | None
    soonest: int | None = None
    latest: int | None = None
    callback: bool = False


class StoredDecision(Struct, frozen=True):
    id: int
    at: Millis
    team_id: int
    policy: str
    outcome: Outcome
    chosen: int | None
    candidates: Sequence[Candidate]
    version: int = 0
    needs: Mapping[str, int] = {}
    asked: Sequence[int] = ()
    overflow: Overflow | None = None


class Care(Struct, frozen=True):
    """Whose customer a contact is, and how important: VIP levels go from 0 (like everybody) to 5."""

    owner_id: int | None = None
    vip: int = 0


WaitSeconds = Annotated[int, Meta(ge=0, le=3600)]


class Routing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a team may set about who gets what. The policy itself is the team's."""

    requested_wait_s: Annotated[
        WaitSeconds, Meta(description="Seconds in which only the agent who was asked for may have it.")
    ] = 60
    owner_wait_s: Annotated[
        WaitSeconds, Meta(description="Seconds in which only the contact's own agent may have it.")
    ] = 0
    returning_wait_s: Annotated[
        WaitSeconds, Meta(description="Seconds in which only the agent who served last may have it.")
    ] = 0
    vip_head_start_s: Annotated[
        int, Meta(ge=0, le=360, description="Seconds of head start in the queue for each VIP level.")
    ] = 60
    attributes: Annotated[
        tuple[AttributeRule, ...], Meta(max_length=50, description="What visitors' attributes ask for.")
    ] = ()
    relaxations: Annotated[
        tuple[Relaxation, ...], Meta(max_length=10, description="How a long wait asks for less.")
    ] = ()
    max_waiting: Annotated[
        Annotated[int, Meta(ge=0, le=10_000)] | None,
        Meta(description="How many may wait. 0: any number. Null: as the organization's settings say."),
    ] = None
    max_wait_s: Annotated[
        Annotated[int, Meta(ge=0, le=86_400)] | None,
        Meta(description="Seconds of waiting until it ends. 0: no end. Null: as the settings say."),
    ] = None
    when_full: Annotated[
        tuple[OverflowStep, ...], Meta(max_length=5, description="Where one goes who comes when it is full.")
    ] = ()
    when_late: Annotated[
        tuple[OverflowStep, ...], Meta(max_length=5, description="Where one goes whose wait has ended.")
    ] = ()
    explore_percent: Annotated[
        int, Meta(ge=0, le=20, description="Of a hundred choices, so many by chance.")
    ] = 0
    learned: Annotated[bool, Meta(description="What was learned chooses, while it has earned it.")] = False


class Place(Struct, frozen=True):
    """Where in the queue: `since` None is now. `requested`: the agent who was asked for; `department_id`: whose people may
    have it.

    `head_start_s` is the least head start, whatever the rules give. `facts`: what is known of who waits, and
    `routing`: the rules of the team it goes to, if they were just read.
    """

    priority: int = 0
    since: Millis | None = None
    requested: int | None = None
    head_start_s: int = 0
    callback: bool = False
    facts: Facts | None = None
    routing: Routing | None = None
    department_id: int | None = None


class StoredRouting(Struct, frozen=True):
    """Version 0 is what holds before anybody has changed anything."""

    team_id: int
    version: int
    routing: Routing
    changed_at: Millis = 0
    changed_by: int = 0
