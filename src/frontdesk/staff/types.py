"""Agents, departments, teams and presence as values, commands and events.

Values have int ids; classes named `...View` are the wire's, with string ids.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Role
from frontdesk.staff.hours import Hours

MAX_NAME: Final = 50
MAX_REASON: Final = 100
MAX_CAPACITY: Final = 200
DEFAULT_CAPACITY: Final = 8
UNLIMITED: Final = 1_000_000  # a bot's capacity
MAX_WEIGHT: Final = 100
DEFAULT_WEIGHT: Final = 10
MAX_OFFER_TIMEOUT: Final = 3_600
MAX_MEMBERS: Final = 1_000
MAX_SKILLS: Final = 30
MAX_SKILL: Final = 40
MAX_LEVEL: Final = 5


class AgentKind(StrEnum):
    HUMAN = "human"
    BOT = "bot"


class Status(StrEnum):
    """What an agent is now. Every change is a row of the ledger (`states.py`), with who and why.

            chosen by the agent, or by who watches over it
            ┌────────┬────────┐
            ▼        ▼        ▼
         ONLINE ←→ BUSY ←→ AWAY (with the reason of the break)
            │        │        │
            └────────┼────────┘
                     │ no connection for longer than the grace, disabled, or chosen
                     ▼
                  OFFLINE ── a connection: what was chosen last holds again

    Online: new conversations come. Busy and away: none come, one's own go on. Offline: they go back to the queue.
    """

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"


class Policy(StrEnum):
    """How a team's next conversation finds its agent."""

    WEIGHTED = "weighted"
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"
    LONGEST_IDLE = "longest_idle"
    BROADCAST = "broadcast"
    MANUAL = "manual"


class AgentCard(Struct, frozen=True):
    """How an agent looks to visitors."""

    id: str
    name: str
    avatar_url: str | None
    kind: AgentKind


class Agent(Struct, frozen=True):
    """An agent with what holds now. `nickname` is what visitors see; a bot's capacity is `UNLIMITED`.

    `limits`: how many of the places conversations of a kind may take at once.
    """

    id: int
    organization_id: int
    username: str
    name: str
    nickname: str
    avatar_media_id: int | None
    kind: AgentKind
    role: str
    department_id: int | None
    capacity: int
    enabled: bool
    status: Status
    status_since: Millis
    team_ids: tuple[int, ...]
    skills: Mapping[str, int] = {}
    reason: str = ""
    email: str = ""
    limits: Mapping[str, int] = {}


class AgentView(Struct, frozen=True):
    """An agent on the wire, without its load: that is dispatch's to add."""

    id: str
    username: str
    name: str
    nickname: str
    avatar_url: str | None
    kind: AgentKind
    role: str
    department_id: str | None
    status: Status
    status_since: Millis
    capacity: int
    enabled: bool
    team_ids: tuple[str, ...]
    skills: Mapping[str, int]
    reason: str
    email: str
    limits: Mapping[str, int]


class Presence(Struct, frozen=True):
    """`wanted` is the agent's choice, `status` what holds; `lost_at` is set while no socket lives."""

    agent_id: int
    wanted: Status
    status: Status
    status_since: Millis
    reason: str
    lost_at: Millis | None


class StateChange(Struct, frozen=True):
    """One row of the ledger. `by_id` 0: nobody chose it."""

    id: int
    at: Millis
    before: Status
    after: Status
    reason: str
    by_id: int


class Department(Struct, frozen=True):
    id: int
    name: str


class Team(Struct, frozen=True):
    """`offer_timeout` in seconds: a conversation is offered and may be declined; None: it is assigned outright.

    `hours`: when visitors can reach it; None: always. `wrap_up_required`: agents close none without a wrap-up.
    """

    id: int
    name: str
    policy: Policy
    offer_timeout: int | None
    hours: Hours | None = None
    wrap_up_required: bool = False


class Member(Struct, frozen=True):
    """An agent in a team, with what dispatch weighs. A disabled agent's status is `offline`."""

    agent_id: int
    weight: int
    name: str
    capacity: int
    status: Status
    status_since: Millis
    skills: Mapping[str, int] = {}
    limits: Mapping[str, int] = {}


class Weight(Struct, frozen=True):
    agent_id: int
    weight: int = DEFAULT_WEIGHT


# ---- commands ------------------------------------------------------------------------------------------------------


class NewAgent(Struct, frozen=True, kw_only=True):
    """A human needs a password; a bot has none, and none to sign in with."""

    username: str
    name: str
    nickname: str = ""
    kind: AgentKind = AgentKind.HUMAN
    password: str | None = None
    role: str = Role.AGENT
    department_id: int | None = None
    capacity: int = DEFAULT_CAPACITY
    email: str = ""


class AgentChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    nickname: str | UnsetType = UNSET
    avatar_media_id: int | UnsetType | None = UNSET
    role: str | UnsetType = UNSET
    department_id: int | UnsetType | None = UNSET
    capacity: int | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    skills: Mapping[str, int] | UnsetType = UNSET
    limits: Mapping[ChannelKind, int] | UnsetType = UNSET
    email: str | UnsetType = UNSET


class TeamChanges(Struct, frozen=True, kw_only=True):
    name: str | UnsetType = UNSET
    policy: Policy | UnsetType = UNSET
    offer_timeout: int | UnsetType | None = UNSET
    hours: Hours | UnsetType | None = UNSET
    wrap_up_required: bool | UnsetType = UNSET


# ---- events --------------------------------------------------------------------------------------------------------


class AgentChanged(Struct, frozen=True):
    """An agent's status, capacity, name, account or team membership changed; the fields say what holds now."""

    organization_id: int
    agent_id: int
    status: Status
    capacity: int
    enabled: bool


class AgentStatusChanged(Struct, frozen=True):
    """What is told outside of an agent's new status: the data of `agent.status_changed`."""

    agent_id: str
    status: Status
    before: Status
    reason: str


class StaffChanged(Struct, frozen=True):
    """A list changed. `topic` is the wire's: `agents`, `departments` or `teams`."""

    organization_id: int
    topic: str
