"""Roles that an organization composes itself: their making, changing, removing, and who has which."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from msgspec import UNSET, Struct, UnsetType

from frontdesk.audit import Action, Facts, Target, record_in
from frontdesk.auth import store_roles as store
from frontdesk.auth.granting import ACCOUNT_ROLE_CHANGED, ROLE_CHANGED, event_of
from frontdesk.auth.permissions import BUILT_IN, GRANTABLE, PERMISSIONS, Permission, grants_of, require
from frontdesk.auth.types import (
    MAX_ROLE_NAME,
    MAX_ROLES,
    AccountRoleChanged,
    CustomRole,
    RoleChanged,
    Scope,
)
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role as people see it. A built-in one has no name of its own: each language has one for it."""

    key: str
    name: str
    built_in: bool
    permissions: frozenset[str]
    scope: Scope
    holders: int


class NewRole(Struct, frozen=True, kw_only=True):
    name: str
    permissions: frozenset[str]
    scope: Scope = Scope.OWN


class RoleChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    permissions: frozenset[str] | UnsetType = UNSET
    scope: Scope | UnsetType = UNSET


async def list_roles(platform: Platform, subject: Subject) -> list[RoleFacts]:
    """The built-in roles, then the organization's own by name, each with the number of accounts that have it."""
    require(subject, Permission.STAFF_READ)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> tuple[list[CustomRole], dict[str, int]]:
        return await store.roles(reader, organization_id), await store.holders(reader, organization_id)

    own, holders = await platform.database.read(organization_id, read)
    built_in = [
        RoleFacts(
            key=role.value,
            name="",
            built_in=True,
            permissions=frozenset(permissions),
            scope=scope,
            holders=holders.get(role.value, 0),
        )
        for role, (permissions, scope) in BUILT_IN.items()
    ]
    return built_in + [_facts(role, holders.get(str(role.id), 0)) for role in own]


async def create_role(platform: Platform, subject: Subject, new: NewRole) -> RoleFacts:
    """Add a role. Raises `forbidden` for what the subject may not do itself, `conflict` when the name is taken."""
    require(subject, Permission.ROLE_MANAGE)
    name = clean_line(new.name, field="name", limit=MAX_ROLE_NAME, required=True)
    organization_id = subject.organization_id
    role = CustomRole(
        platform.ids.new(), organization_id, name, _known(new.permissions), new.scope, version=1
    )
    _may_give(subject, grants_of(role.permissions, role.scope))

    async def work(tx: Transaction) -> RoleFacts:
        if len(await store.roles(tx, organization_id)) >= MAX_ROLES:
            raise invalid("auth.too-many-roles", f"An organization has at most {MAX_ROLES} roles of its own.")
        await _keep_in(platform, tx, subject, role)
        await record_in(platform, tx, subject, Action.ROLE_CREATED, _target(role), **_told(role))
        return _facts(role, 0)

    return await platform.database.write(organization_id, work)


async def change_role(platform: Platform, subject: Subject, role_key: str, changes: RoleChanges) -> RoleFacts:
    """Change a role of the organization's own. It counts for the next call of everybody who has it.

    Raises `forbidden` for a role that may do more than the subject, before or after.
    """
    require(subject, Permission.ROLE_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> RoleFacts:
        role = await _own_in(tx, organization_id, role_key)
        _may_give(subject, grants_of(role.permissions, role.scope))
        if changes.name is not UNSET:
            name = clean_line(changes.name, field="name", limit=MAX_ROLE_NAME, required=True)
            role = replace(role, name=name)
        if changes.permissions is not UNSET:
            role = replace(role, permissions=_known(changes.permissions))
        if changes.scope is not UNSET:
            role = replace(role, scope=changes.scope)
        _may_give(subject, grants_of(role.permissions, role.scope))
        role = replace(role, version=role.version + 1)
        await _keep_in(platform, tx, subject, role)
        await record_in(platform, tx, subject, Action.ROLE_CHANGED, _target(role), **_told(role))
        return _facts(role, (await store.holders(tx, organization_id)).get(role_key, 0))

    return await platform.database.write(organization_id, work)


async def delete_role(platform: Platform, subject: Subject, role_key: str) -> None:
    """Remove a role of the organization's own. Raises `conflict` while somebody has it."""
    require(subject, Permission.ROLE_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        role = await _own_in(tx, organization_id, role_key)
        if (await store.holders(tx, organization_id)).get(role_key, 0):
            raise conflict(
                "auth.role-in-use",
                f"Somebody still has the role “{role.name}”.",
                hint="Give them another role first.",
            )
        await store.delete(tx, organization_id, role.id)
        await record_in(platform, tx, subject, Action.ROLE_REMOVED, _target(role))
        event = RoleChanged(organization_id, role_key, (), role.version + 1)
        tx.after_commit(lambda: ROLE_CHANGED.publish(platform.bus, event))

    await platform.database.write(organization_id, work)


async def may_grant_in(reader: Reader, subject: Subject, role: str) -> None:
    """Raise unless the subject may make, change or take over an account of this role: nobody does so to an account that
    may do more than they may themselves. `not_found` for a role that is not the organization's.
    """
    _may_give(subject, await grants_in(reader, subject.organization_id, role))


async def grants_in(reader: Reader, organization_id: int, role: str) -> frozenset[str]:
    """What a role grants as it is stored. Raises `not_found` for one that is not the organization's."""
    if role in PERMISSIONS:
        return PERMISSIONS[role]
    own = await _own_in(reader, organization_id, role)
    return grants_of(own.permissions, own.scope)


async def set_role_in(
    platform: Platform, tx: Transaction, organization_id: int, account_id: int, role: str
) -> None:
    """Give the account a role that the caller has checked. It counts for the account's next call."""
    version = await store.set_role(tx, organization_id, account_id, role, now=platform.clock.now())
    if version is None:
        raise not_found("account")
    event = AccountRoleChanged(organization_id, account_id, role, version)
    tx.after_commit(lambda: ACCOUNT_ROLE_CHANGED.publish(platform.bus, event))


async def _keep_in(platform: Platform, tx: Transaction, subject: Subject, role: CustomRole) -> None:
    if await store.name_taken(tx, role.organization_id, role.name, besides=role.id):
        raise conflict(
            "auth.role-exists",
            f"There is a role called “{role.name}” already.",
            hint="Choose another name.",
        )
    await store.put(tx, role, changed_by=subject.id, now=platform.clock.now())
    event = event_of(role)
    tx.after_commit(lambda: ROLE_CHANGED.publish(platform.bus, event))


async def _own_in(reader: Reader, organization_id: int, role_key: str) -> CustomRole:
    if role_key in PERMISSIONS:
        raise conflict(
            "auth.role-built-in",
            "This role is the same in every organization.",
            hint="Make a role of your own and give it to people instead.",
        )
    role_id = parse_id(role_key)
    role = None if role_id is None else await store.role(reader, organization_id, role_id)
    if role is None:
        raise not_found("role")
    return role


def _known(permissions: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(permissions)
    if not chosen <= GRANTABLE:
        raise invalid(
            "auth.permission-unknown",
            "One of these is no permission that can be given.",
            hint="How far a role reaches is told by its scope.",
            details={"field": "permissions"},
        )
    return chosen


def _may_give(subject: Subject, grants: frozenset[str]) -> None:
    if subject.kind is not SubjectKind.SYSTEM and not grants <= subject.permissions:
        raise forbidden(
            "auth.beyond-own",
            "This may do more than you may yourself.",
            hint="Ask an administrator of your organization.",
        )


def _facts(role: CustomRole, holders: int) -> RoleFacts:
    return RoleFacts(
        key=str(role.id),
        name=role.name,
        built_in=False,
        permissions=role.permissions,
        scope=role.scope,
        holders=holders,
    )


def _target(role: CustomRole) -> Target:
    return Target("role", role.id, role.name)


def _told(role: CustomRole) -> Facts:
    return {"scope": role.scope.value, "permissions": sorted(role.permissions)}
