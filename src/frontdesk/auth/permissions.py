"""What there is to permit, and what the roles that every organization has may do. Use cases ask `require`.

The built-in roles are written here and nowhere else, so that a new version's permissions reach them without a migration;
what an organization composes itself is data (`roles.py`). Whatever is not granted is refused.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from frontdesk.auth.types import Scope
from frontdesk.core.errors import forbidden
from frontdesk.core.subject import Role, Subject

EVERYTHING: Final = "api"  # the scope of whatever the person may


class Permission(StrEnum):
    CONVERSATION_READ_OWN = "conversation.read_own"
    CONVERSATION_WRITE_OWN = "conversation.write_own"
    CONVERSATION_READ_TEAM = "conversation.read_team"
    CONVERSATION_READ_DEPARTMENT = "conversation.read_department"
    CONVERSATION_READ_ALL = "conversation.read_all"
    CONVERSATION_TAKE = "conversation.take"
    CONVERSATION_TRANSFER = "conversation.transfer"
    CONVERSATION_CLOSE_ANY = "conversation.close_any"
    CONVERSATION_SUPERVISE = "conversation.supervise"
    CONTACT_READ = "contact.read"
    CONTACT_EDIT = "contact.edit"
    CONTACT_MERGE = "contact.merge"
    CONTACT_BLOCK = "contact.block"
    CONTACT_EXPORT = "contact.export"
    CONTACT_ERASE = "contact.erase"
    TAG_MANAGE = "tag.manage"
    STAFF_READ = "staff.read"
    STAFF_MANAGE = "staff.manage"
    ROLE_MANAGE = "role.manage"
    TEAM_MANAGE = "team.manage"
    SETTINGS_MANAGE = "settings.manage"
    KNOWLEDGE_MANAGE = "knowledge.manage"
    CHANNEL_MANAGE = "channel.manage"
    WEBHOOK_MANAGE = "webhook.manage"
    CLIENT_MANAGE = "client.manage"
    SSO_MANAGE = "sso.manage"
    QUICK_REPLY_USE = "quick_reply.use"
    QUICK_REPLY_MANAGE = "quick_reply.manage"
    LEAVE_MESSAGE_HANDLE = "leave_message.handle"
    TICKET_HANDLE = "ticket.handle"
    SEARCH_USE = "search.use"
    QUALITY_SCORE = "quality.score"
    QUALITY_MANAGE = "quality.manage"
    AUDIT_READ = "audit.read"


MEANING: Final[Mapping[Permission, str]] = {
    Permission.CONVERSATION_READ_OWN: "Read the conversations that one has or had",
    Permission.CONVERSATION_WRITE_OWN: "Answer in one's own conversations, note, wrap up, close",
    Permission.CONVERSATION_READ_TEAM: "Reach the conversations of one's teams",
    Permission.CONVERSATION_READ_DEPARTMENT: "Reach the conversations of the colleagues of one's department",
    Permission.CONVERSATION_READ_ALL: "Reach every conversation, and every team",
    Permission.CONVERSATION_TAKE: "Pick a waiting conversation by hand",
    Permission.CONVERSATION_TRANSFER: "Hand a conversation to a colleague or a team",
    Permission.CONVERSATION_CLOSE_ANY: "Close, wrap up and hand over the conversations of others that one reaches",
    Permission.CONVERSATION_SUPERVISE: "Whisper in, join, take over and hand out the conversations of others that one reaches",
    Permission.CONTACT_READ: "See contacts",
    Permission.CONTACT_EDIT: "Change contacts",
    Permission.CONTACT_MERGE: "Make one contact of two, for good",
    Permission.CONTACT_BLOCK: "Keep contacts and networks out, and let them in again",
    Permission.CONTACT_EXPORT: "Export everything that is kept about a contact",
    Permission.CONTACT_ERASE: "Erase contacts, and say how long conversations are kept",
    Permission.TAG_MANAGE: "Make and change the tags of contacts and conversations",
    Permission.STAFF_READ: "See agents, teams, departments and roles",
    Permission.CLIENT_MANAGE: "Register applications and services, and give them secrets",
    Permission.SSO_MANAGE: "Say which identity providers let people in, and as what",
    Permission.STAFF_MANAGE: "Add and change agents and departments, give roles and passwords",
    Permission.ROLE_MANAGE: "Compose roles",
    Permission.TEAM_MANAGE: "Change the teams that one is in; all of them with the reach of the organization",
    Permission.SETTINGS_MANAGE: "Change the settings, the wrap-up categories, the fields of contacts and the panels",
    Permission.KNOWLEDGE_MANAGE: "See and change the knowledge bases and the bots",
    Permission.CHANNEL_MANAGE: "See, add and change channels",
    Permission.WEBHOOK_MANAGE: "See, add and change webhooks and their secrets",
    Permission.QUICK_REPLY_USE: "Use quick replies and keep one's own",
    Permission.QUICK_REPLY_MANAGE: "Change everybody's quick replies",
    Permission.LEAVE_MESSAGE_HANDLE: "Read and handle leave-messages",
    Permission.TICKET_HANDLE: "Make tickets, and work on one's own and on those that one reaches",
    Permission.QUALITY_SCORE: "Score how colleagues whom one watches over handled conversations, and read their reviews",
    Permission.QUALITY_MANAGE: "Change the scorecard that conversations are reviewed by",
    Permission.AUDIT_READ: "Read, export and check the audit log",
    Permission.SEARCH_USE: "Search in the conversations that one reaches",
}
"""What each lets somebody do, in a sentence."""

# A role's reach is one choice of four, kept beside its permissions and turned into these.
REACH: Final[Mapping[Scope, frozenset[Permission]]] = {
    Scope.OWN: frozenset(),
    Scope.TEAMS: frozenset({Permission.CONVERSATION_READ_TEAM}),
    Scope.DEPARTMENT: frozenset({Permission.CONVERSATION_READ_TEAM, Permission.CONVERSATION_READ_DEPARTMENT}),
    Scope.ORGANIZATION: frozenset(
        {
            Permission.CONVERSATION_READ_TEAM,
            Permission.CONVERSATION_READ_DEPARTMENT,
            Permission.CONVERSATION_READ_ALL,
        }
    ),
}
# What a role can be composed of; reach comes by its scope alone.
GRANTABLE: Final = frozenset(Permission) - REACH[Scope.ORGANIZATION]

_AGENT: Final = frozenset(
    {
        Permission.CONVERSATION_READ_OWN,
        Permission.CONVERSATION_WRITE_OWN,
        Permission.CONVERSATION_TAKE,
        Permission.CONVERSATION_TRANSFER,
        Permission.CONTACT_READ,
        Permission.CONTACT_EDIT,
        Permission.STAFF_READ,
        Permission.QUICK_REPLY_USE,
        Permission.LEAVE_MESSAGE_HANDLE,
        Permission.TICKET_HANDLE,
        Permission.SEARCH_USE,
    }
)
_LEADER: Final = _AGENT | {
    Permission.CONVERSATION_CLOSE_ANY,
    Permission.CONVERSATION_SUPERVISE,
    Permission.CONTACT_MERGE,
    Permission.CONTACT_BLOCK,
    Permission.TEAM_MANAGE,
    Permission.KNOWLEDGE_MANAGE,
    Permission.QUICK_REPLY_MANAGE,
    Permission.TAG_MANAGE,
    Permission.QUALITY_SCORE,
}
_INSPECTOR: Final = frozenset(
    {
        Permission.CONVERSATION_READ_OWN,
        Permission.CONTACT_READ,
        Permission.STAFF_READ,
        Permission.SEARCH_USE,
        Permission.QUALITY_SCORE,
    }
)

# By role: what it is composed of, and how far it reaches.
BUILT_IN: Final[Mapping[Role, tuple[frozenset[Permission], Scope]]] = {
    Role.ADMINISTRATOR: (GRANTABLE, Scope.ORGANIZATION),
    Role.LEADER: (_LEADER, Scope.DEPARTMENT),
    Role.AGENT: (_AGENT, Scope.TEAMS),
    Role.INSPECTOR: (_INSPECTOR, Scope.ORGANIZATION),
    Role.AUDITOR: (frozenset({Permission.AUDIT_READ, Permission.STAFF_READ}), Scope.OWN),
}


def grants_of(permissions: Iterable[str], scope: Scope) -> frozenset[str]:
    """Everything that a role of these permissions and this reach lets its holders do."""
    return frozenset(permissions) | REACH[scope]


PERMISSIONS: Final[Mapping[str, frozenset[str]]] = {
    role: grants_of(permissions, scope) for role, (permissions, scope) in BUILT_IN.items()
}


def require(subject: Subject, permission: Permission) -> None:
    """Raises a `forbidden` error that names the permission when the subject lacks it."""
    if not subject.may(permission):
        raise forbidden(
            "auth.permission",
            f"This needs the permission {permission.value}.",
            hint="Ask an administrator of your organization.",
        )


def require_in_person(subject: Subject) -> None:
    """For what needs no permission, being one's own. Raises `forbidden` to an application that may not do whatever its
    person may.
    """
    scopes = subject.scope.split()
    if scopes and EVERYTHING not in scopes:
        raise forbidden(
            "auth.scope",
            f"This needs the scope {EVERYTHING}.",
            hint="Register the application with it, and let people in anew.",
        )


def within(permissions: frozenset[str], scope: str) -> frozenset[str]:
    """Those of the permissions that a scope lets an application use; a permission's scope has its name."""
    scopes = frozenset(scope.split())
    return permissions if not scopes or EVERYTHING in scopes else permissions & scopes
