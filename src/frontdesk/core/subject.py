"""Who is acting. A subject comes from a verified token (or from the product itself), never from input."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class SubjectKind(StrEnum):
    VISITOR = "visitor"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Role(StrEnum):
    """The roles that every organization has. A role of its own goes by its id in the same place, as text."""

    ADMINISTRATOR = "administrator"
    LEADER = "leader"
    AGENT = "agent"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody acts from, for the audit log. Empty for the product itself and where it is not known."""

    address: str = ""
    user_agent: str = ""


NOWHERE: Final = Origin()


@dataclass(frozen=True, slots=True)
class Subject:
    """A verified actor of one organization.

    `id` is the contact's id for a visitor, the agent's id for agents and bots, 0 for the system. `role` is a `Role` or
    the id of one of the organization's own, as text; `permissions` is what it grants now; use cases ask `may`.
    `session_id` is 0 where there is no session (bots, system). `scope` narrows what an application may; empty: nothing
    does.
    """

    organization_id: int
    kind: SubjectKind
    id: int
    session_id: int = 0
    role: str | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)
    channel_id: int = 0
    scope: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)

    def may(self, permission: str) -> bool:
        return self.kind is SubjectKind.SYSTEM or permission in self.permissions

    @property
    def is_staff(self) -> bool:
        return self.kind is not SubjectKind.VISITOR


def system_subject(organization_id: int) -> Subject:
    """The product itself, acting for one organization (timers, dispatch, migration)."""
    return Subject(organization_id=organization_id, kind=SubjectKind.SYSTEM, id=0)
