"""The people and bots who answer: agents, departments, teams, and who is there right now.

Owns: agent, department, team, team_member, agent_presence, agent_socket, agent_state, node.
Tells: AGENT_CHANGED (status, capacity, account, membership), STAFF_CHANGED (a list changed); to the outbox
`agent.status_changed`.
An agent's id is its account's id; user name, role and whether it is enabled are auth's and read from there.

Invariants:
- A status other than offline holds only while one of the agent's sockets lives in a node whose heart beats, or its
  loss is younger than the grace; a disabled agent is offline at once. Bots are online while enabled.
- Every organization keeps an enabled administrator.
- A removed team keeps its name for history, and has no members.
"""

from frontdesk.staff.agents import (
    create_agent,
    create_agent_in,
    follow_role_in,
    get_agent,
    list_agents,
    reset_password,
    update_agent,
    update_me,
)
from frontdesk.staff.departments import (
    create_department,
    delete_department,
    list_departments,
    rename_department,
)
from frontdesk.staff.events import AGENT_CHANGED, STAFF_CHANGED
from frontdesk.staff.hours import Holiday, Hours, Interval, open_at, open_between, open_until, opens_next
from frontdesk.staff.lookup import (
    agent_view,
    avatar_of,
    card,
    cards,
    colleagues_of,
    find_team,
    hours_of,
    is_anybody,
    load,
    load_all,
    members_of_departments,
    team_members,
    teams_of,
    teams_watched_by,
    wants_wrap_up,
)
from frontdesk.staff.presence import (
    connected,
    disconnected,
    find_presence,
    put_in_sight,
    rest_in,
    set_status,
    sweep_presence,
    watching_in,
)
from frontdesk.staff.states import online_spells_in, watched_by, watches_over
from frontdesk.staff.teams import (
    create_team,
    delete_team,
    delete_team_in,
    list_teams,
    require_reach,
    set_members,
    update_team,
)
from frontdesk.staff.types import (
    DEFAULT_CAPACITY,
    UNLIMITED,
    Agent,
    AgentCard,
    AgentChanged,
    AgentChanges,
    AgentKind,
    AgentView,
    Department,
    Member,
    NewAgent,
    Policy,
    Presence,
    StaffChanged,
    Status,
    Team,
    TeamChanges,
    Weight,
)

__all__ = [
    "AGENT_CHANGED",
    "DEFAULT_CAPACITY",
    "STAFF_CHANGED",
    "UNLIMITED",
    "Agent",
    "AgentCard",
    "AgentChanged",
    "AgentChanges",
    "AgentKind",
    "AgentView",
    "Department",
    "Holiday",
    "Hours",
    "Interval",
    "Member",
    "NewAgent",
    "Policy",
    "Presence",
    "StaffChanged",
    "Status",
    "Team",
    "TeamChanges",
    "Weight",
    "agent_view",
    "avatar_of",
    "card",
    "cards",
    "colleagues_of",
    "connected",
    "create_agent",
    "create_agent_in",
    "create_department",
    "create_team",
    "delete_department",
    "delete_team",
    "delete_team_in",
    "disconnected",
    "find_presence",
    "find_team",
    "follow_role_in",
    "get_agent",
    "hours_of",
    "is_anybody",
    "list_agents",
    "list_departments",
    "list_teams",
    "load",
    "load_all",
    "members_of_departments",
    "online_spells_in",
    "open_at",
    "open_between",
    "open_until",
    "opens_next",
    "put_in_sight",
    "rename_department",
    "require_reach",
    "reset_password",
    "rest_in",
    "set_members",
    "set_status",
    "sweep_presence",
    "team_members",
    "teams_of",
    "teams_watched_by",
    "update_agent",
    "update_me",
    "update_team",
    "wants_wrap_up",
    "watched_by",
    "watches_over",
    "watching_in",
]
