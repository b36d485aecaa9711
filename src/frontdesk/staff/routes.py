"""HTTP for staff. Thin: every rule is in the use cases.

Agents are listed by the service that knows their load; what is answered here after a change is without it.
"""

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.channels import ChannelKind
from frontdesk.core.subject import Role, Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id
from frontdesk.staff import agents, departments
from frontdesk.staff import presence as presences
from frontdesk.staff.lookup import agent_view
from frontdesk.staff.state_routes import STATE_ROUTES
from frontdesk.staff.team_routes import TEAM_ROUTES
from frontdesk.staff.types import (
    DEFAULT_CAPACITY,
    AgentChanges,
    AgentKind,
    AgentView,
    Department,
    NewAgent,
    Status,
)


class AgentAnswer(Struct, frozen=True):
    agent: AgentView


class NewAgentBody(Struct, frozen=True, kw_only=True):
    username: str
    name: str
    nickname: str = ""
    kind: AgentKind = AgentKind.HUMAN
    password: str | None = None
    role: str = Role.AGENT
    department_id: str | None = None
    capacity: int = DEFAULT_CAPACITY
    email: str = ""


class AgentBody(Struct, frozen=True, kw_only=True):
    name: str | UnsetType = UNSET
    nickname: str | UnsetType = UNSET
    avatar_media_id: str | UnsetType | None = UNSET
    role: str | UnsetType = UNSET
    department_id: str | UnsetType | None = UNSET
    capacity: int | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    skills: dict[str, int] | UnsetType = UNSET
    limits: dict[ChannelKind, int] | UnsetType = UNSET
    email: str | UnsetType = UNSET


class MeBody(Struct, frozen=True, kw_only=True):
    nickname: str | UnsetType = UNSET
    avatar_media_id: str | UnsetType | None = UNSET


class PasswordBody(Struct, frozen=True):
    password: str


class StatusBody(Struct, frozen=True):
    status: Status
    reason: str = ""


class NameBody(Struct, frozen=True):
    name: str


class DepartmentView(Struct, frozen=True):
    id: str
    name: str


class DepartmentAnswer(Struct, frozen=True):
    department: DepartmentView


class DepartmentsAnswer(Struct, frozen=True):
    items: list[DepartmentView]


def _maybe_id(value: str | UnsetType | None, *, what: str) -> int | UnsetType | None:
    return UNSET if value is UNSET else optional_path_id(value, what=what)


def _department(department: Department) -> DepartmentView:
    return DepartmentView(str(department.id), department.name)


# ---- agents --------------------------------------------------------------------------------------------------------


@post("/agents", summary="Add an agent or a bot")
async def create_agent(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewAgentBody]
) -> AgentAnswer:
    new = NewAgent(
        username=data.username,
        name=data.name,
        nickname=data.nickname,
        kind=data.kind,
        password=data.password,
        role=data.role,
        department_id=optional_path_id(data.department_id, what="department"),
        capacity=data.capacity,
        email=data.email,
    )
    return AgentAnswer(agent_view(await agents.create_agent(platform, subject, new)))


@patch("/agents/{agent_id:str}", summary="Change an agent")
async def update_agent(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    agent_id: FromPath[str],
    data: JSONBody[AgentBody],
) -> AgentAnswer:
    changes = AgentChanges(
        name=data.name,
        nickname=data.nickname,
        avatar_media_id=_maybe_id(data.avatar_media_id, what="picture"),
        role=data.role,
        department_id=_maybe_id(data.department_id, what="department"),
        capacity=data.capacity,
        enabled=data.enabled,
        skills=data.skills,
        limits=data.limits,
        email=data.email,
    )
    return AgentAnswer(
        agent_view(await agents.update_agent(platform, subject, path_id(agent_id, what="agent"), changes))
    )


@post("/agents/{agent_id:str}/password", status_code=204, summary="Give an agent a new password")
async def reset_password(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    agent_id: FromPath[str],
    data: JSONBody[PasswordBody],
) -> None:
    await agents.reset_password(platform, subject, path_id(agent_id, what="agent"), data.password)


@patch("/me", summary="Change one's own nickname and picture")
async def update_me(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[MeBody]
) -> AgentAnswer:
    changes = AgentChanges(
        nickname=data.nickname, avatar_media_id=_maybe_id(data.avatar_media_id, what="picture")
    )
    return AgentAnswer(agent_view(await agents.update_me(platform, subject, changes)))


@put("/me/status", summary="Choose one's own status")
async def set_status(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[StatusBody]
) -> AgentAnswer:
    return AgentAnswer(agent_view(await presences.set_status(platform, subject, data.status, data.reason)))


# ---- departments ---------------------------------------------------------------------------------------------------


@get("/departments", summary="Departments by name")
async def list_departments(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> DepartmentsAnswer:
    found = await departments.list_departments(platform, subject)
    return DepartmentsAnswer([_department(department) for department in found])


@post("/departments", summary="Add a department")
async def create_department(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NameBody]
) -> DepartmentAnswer:
    return DepartmentAnswer(_department(await departments.create_department(platform, subject, data.name)))


@patch("/departments/{department_id:str}", summary="Rename a department")
async def rename_department(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    department_id: FromPath[str],
    data: JSONBody[NameBody],
) -> DepartmentAnswer:
    department = await departments.rename_department(
        platform, subject, path_id(department_id, what="department"), data.name
    )
    return DepartmentAnswer(_department(department))


@delete("/departments/{department_id:str}", summary="Remove a department; its agents stay, without one")
async def delete_department(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], department_id: FromPath[str]
) -> None:
    await departments.delete_department(platform, subject, path_id(department_id, what="department"))


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            create_agent,
            update_agent,
            reset_password,
            update_me,
            set_status,
            list_departments,
            create_department,
            rename_department,
            delete_department,
        ],
    ),
    STATE_ROUTES,
    TEAM_ROUTES,
]
