"""What each role may do. Use cases ask `require`; a role's permissions change here and nowhere else."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from frontdesk.core.errors import forbidden
from frontdesk.core.subject import Role, Subject


class Permission(StrEnum):
    CONVERSATION_READ_OWN = "conversation.read_own"
    CONVERSATION_WRITE_OWN = "conversation.write_own"
    CONVERSATION_READ_TEAM = "conversation.read_team"
    CONVERSATION_READ_ALL = "conversation.read_all"
    CONVERSATION_TAKE = "conversation.take"
    CONVERSATION_TRANSFER = "conversation.transfer"
    CONVERSATION_CLOSE_ANY = "conversation.close_any"
    CONTACT_READ = "contact.read"
    CONTACT_EDIT = "contact.edit"
    STAFF_READ = "staff.read"
    STAFF_MANAGE = "staff.manage"
    TEAM_MANAGE = "team.manage"
    SETTINGS_MANAGE = "settings.manage"
    KNOWLEDGE_MANAGE = "knowledge.manage"
    CHANNEL_MANAGE = "channel.manage"
    WEBHOOK_MANAGE = "webhook.manage"
    QUICK_REPLY_USE = "quick_reply.use"
    QUICK_REPLY_MANAGE = "quick_reply.manage"
    LEAVE_MESSAGE_HANDLE = "leave_message.handle"
    SEARCH_USE = "search.use"


_AGENT: Final = frozenset(
    {
        Permission.CONVERSATION_READ_OWN,
        Permission.CONVERSATION_WRITE_OWN,
        Permission.CONVERSATION_READ_TEAM,
        Permission.CONVERSATION_TAKE,
        Permission.CONVERSATION_TRANSFER,
        Permission.CONTACT_READ,
        Permission.CONTACT_EDIT,
        Permission.STAFF_READ,
        Permission.QUICK_REPLY_USE,
        Permission.LEAVE_MESSAGE_HANDLE,
        Permission.SEARCH_USE,
    }
)
_LEADER: Final = _AGENT | {
    Permission.CONVERSATION_READ_ALL,
    Permission.CONVERSATION_CLOSE_ANY,
    Permission.TEAM_MANAGE,
    Permission.KNOWLEDGE_MANAGE,
    Permission.QUICK_REPLY_MANAGE,
}
_INSPECTOR: Final = frozenset(
    {
        Permission.CONVERSATION_READ_OWN,
        Permission.CONVERSATION_READ_TEAM,
        Permission.CONVERSATION_READ_ALL,
        Permission.CONTACT_READ,
        Permission.STAFF_READ,
        Permission.SEARCH_USE,
    }
)

PERMISSIONS: Final[Mapping[Role, frozenset[str]]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.LEADER: frozenset(_LEADER),
    Role.AGENT: frozenset(_AGENT),
    Role.INSPECTOR: frozenset(_INSPECTOR),
}


def require(subject: Subject, permission: Permission) -> None:
    """Raises a `forbidden` error that names the permission when the subject lacks it."""
    if not subject.may(permission):
        raise forbidden(
            "auth.permission",
            f"This needs the permission {permission.value}.",
            hint="Ask an administrator of your organization.",
        )
