"""What every subject may do now, in memory: no call and no frame asks the database for it.

A token names an account and the role it had when the token was made. What was changed since is here: every role that an
organization made, and every account whose role was changed within the life of a token. News of changes comes by the bus,
each with a version, so that late news harms nothing; what the bus may have lost is read from the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from frontdesk.auth import store_roles as store
from frontdesk.auth.permissions import PERMISSIONS, grants_of, within
from frontdesk.auth.sessions import OVERLAP
from frontdesk.auth.types import AccountRoleChanged, CustomRole, RoleChanged
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Topic

ROLE_CHANGED: Final = Topic("event.auth.role-changed", RoleChanged)
ACCOUNT_ROLE_CHANGED: Final = Topic("event.auth.account-role-changed", AccountRoleChanged)
_SLACK: Final[Millis] = 120_000  # a token may be made a moment after the change, from what was read before it
_NOTHING: Final = (0, frozenset[str]())

# Called with an organization when what its people may do has changed, and with an account when it is only that one.
OnChange = Callable[[int, int | None], None]


class Grants:
    """What roles grant and who has which; one a process."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._roles: dict[tuple[int, str], tuple[int, frozenset[str]]] = {}
        self._accounts: dict[int, tuple[int, str, Millis]] = {}  # version, role, when to forget it
        self._listeners: tuple[OnChange, ...] = ()
        self._memory = 1000 * platform.config.tokens.access_ttl + _SLACK
        self._prune_at = 1024
        self._read_at = platform.clock.now()
        self._stops = (
            ROLE_CHANGED.subscribe(platform.bus, self._role_changed),
            ACCOUNT_ROLE_CHANGED.subscribe(platform.bus, self._account_changed),
        )

    async def load(self) -> None:
        """Return when every change is known that was committed before the call."""
        await self._platform.bus.subscribed()
        before = set(self._roles)
        known = await self._read(0, self._platform.clock.now() - self._memory)
        for gone in before - known:  # what was heard of during the reading may be newer than what was read
            del self._roles[gone]

    async def catch_up(self) -> None:
        """Read what was changed since the last look, whatever the bus has told. A role that was removed has no holder."""
        since = self._read_at - OVERLAP
        await self._read(since, since)

    async def _read(self, roles_since: Millis, accounts_since: Millis) -> set[tuple[int, str]]:
        now = self._platform.clock.now()

        async def read(reader: Reader) -> tuple[list[CustomRole], Sequence[AccountRoleChanged]]:
            roles = await store.every_role(reader, since=roles_since)
            return roles, await store.changed_since(reader, accounts_since)

        roles, accounts = await self._platform.database.read(EVERY_ORGANIZATION, read)
        for role in roles:
            self._role_changed(event_of(role))
        for account in accounts:
            self._account_changed(account)
        self._read_at = now
        return {(role.organization_id, str(role.id)) for role in roles}

    def stop(self) -> None:
        for stop in self._stops:
            stop()

    def on_change(self, listener: OnChange) -> Callable[[], None]:
        """Call it after each change is known here; returns how to stop."""
        self._listeners = (*self._listeners, listener)

        def forget() -> None:
            self._listeners = tuple(each for each in self._listeners if each is not listener)

        return forget

    def now(self, subject: Subject) -> Subject:
        """The subject with its role and permissions of this moment. A role that is gone grants nothing.

        An application gets no more of it than its scopes say.
        """
        if subject.kind is not SubjectKind.AGENT or subject.role is None:
            return subject
        changed = self._accounts.get(subject.id)
        role = subject.role if changed is None else changed[1]
        return replace(
            subject, role=role, permissions=within(self.of_role(subject.organization_id, role), subject.scope)
        )

    def of_role(self, organization_id: int, role: str) -> frozenset[str]:
        if role in PERMISSIONS:
            return PERMISSIONS[role]
        return self._roles.get((organization_id, role), _NOTHING)[1]

    def _role_changed(self, event: RoleChanged) -> None:
        key, former = (
            (event.organization_id, event.role),
            self._roles.get((event.organization_id, event.role)),
        )
        if former is None or event.version > former[0]:
            self._roles[key] = (event.version, frozenset(event.grants))
            self._tell(event.organization_id, None)

    def _account_changed(self, event: AccountRoleChanged) -> None:
        now = self._platform.clock.now()
        former = self._accounts.get(event.account_id)
        if former is not None and event.version < former[0]:
            return
        self._accounts[event.account_id] = (event.version, event.role, now + self._memory)
        if len(self._accounts) >= self._prune_at:
            self._accounts = {one: kept for one, kept in self._accounts.items() if kept[2] > now}
            self._prune_at = max(1024, 2 * len(self._accounts))
        if former is None or event.version > former[0]:
            self._tell(event.organization_id, event.account_id)

    def _tell(self, organization_id: int, account_id: int | None) -> None:
        for listener in self._listeners:
            listener(organization_id, account_id)


def event_of(role: CustomRole) -> RoleChanged:
    """What a role grants as it is stored, as news."""
    grants = tuple(sorted(grants_of(role.permissions, role.scope)))
    return RoleChanged(role.organization_id, str(role.id), grants, role.version)
