"""HTTP for roles. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.auth import roles
from frontdesk.auth.permissions import Permission
from frontdesk.auth.roles import NewRole, RoleChanges, RoleFacts
from frontdesk.auth.types import Scope
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform


class RoleView(Struct, frozen=True):
    """`id` is what an agent's `role` says. A built-in role has no name: each language has one for it."""

    id: str
    name: str
    built_in: bool
    permissions: list[Permission]
    scope: Scope
    agents: int


class RoleAnswer(Struct, frozen=True):
    role: RoleView


class RolesAnswer(Struct, frozen=True):
    items: list[RoleView]


@get("/roles", summary="The built-in roles, then the organization's own")
async def list_roles(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> RolesAnswer:
    return RolesAnswer([_view(role) for role in await roles.list_roles(platform, subject)])


@post("/roles", summary="Add a role")
async def create_role(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewRole]
) -> RoleAnswer:
    return RoleAnswer(_view(await roles.create_role(platform, subject, data)))


@patch("/roles/{role_id:str}", summary="Change a role of the organization's own")
async def change_role(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    role_id: FromPath[str],
    data: JSONBody[RoleChanges],
) -> RoleAnswer:
    return RoleAnswer(_view(await roles.change_role(platform, subject, role_id, data)))


@delete("/roles/{role_id:str}", summary="Remove a role that nobody has")
async def delete_role(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], role_id: FromPath[str]
) -> None:
    await roles.delete_role(platform, subject, role_id)


def _view(role: RoleFacts) -> RoleView:
    permissions = [Permission(name) for name in sorted(role.permissions)]
    return RoleView(role.key, role.name, role.built_in, permissions, role.scope, role.holders)


ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=[list_roles, create_role, change_role, delete_role], tags=["roles"])
]
