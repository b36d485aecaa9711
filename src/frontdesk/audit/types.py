"""Values of the audit log."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis

Fact = str | int | list[str]
Facts = dict[str, Fact]
NOBODY: Final = 0  # the actor of a sign-in that failed


class Action(StrEnum):
    SIGNED_IN = "session.signed_in"
    SIGN_IN_FAILED = "session.sign_in_failed"
    SIGNED_OUT = "session.signed_out"
    SESSION_ENDED = "session.ended"
    SESSIONS_ENDED = "session.all_ended"
    TOKEN_REUSED = "session.token_reused"  # noqa: S105 - the name of a deed
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - the name of a deed
    PASSWORD_RESET = "account.password_reset"  # noqa: S105 - the name of a deed
    SECOND_FACTOR_ENABLED = "account.second_factor_enabled"
    SECOND_FACTOR_DISABLED = "account.second_factor_disabled"
    SECOND_FACTOR_RESET = "account.second_factor_reset"
    RECOVERY_CODES_RENEWED = "account.recovery_codes_renewed"
    PASSKEY_ADDED = "account.passkey_added"
    PASSKEY_REMOVED = "account.passkey_removed"
    ORGANIZATION_CHANGED = "organization.changed"
    SIGN_IN_POLICY_CHANGED = "sign_in_policy.changed"
    AGENT_CREATED = "agent.created"
    AGENT_CHANGED = "agent.changed"
    AGENT_STATUS_SET = "agent.status_set"
    ROLE_CREATED = "role.created"
    ROLE_CHANGED = "role.changed"
    ROLE_REMOVED = "role.removed"
    DEPARTMENT_CREATED = "department.created"
    DEPARTMENT_CHANGED = "department.changed"
    DEPARTMENT_REMOVED = "department.removed"
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    TEAM_REMOVED = "team.removed"
    SETTINGS_CHANGED = "settings.changed"
    FIELD_CREATED = "field.created"
    FIELD_CHANGED = "field.changed"
    TAG_CREATED = "tag.created"
    TAG_CHANGED = "tag.changed"
    CHANNEL_CREATED = "channel.created"
    CHANNEL_CHANGED = "channel.changed"
    CHANNEL_KEY_ADDED = "channel.key_added"
    CHANNEL_KEY_REMOVED = "channel.key_removed"
    CODE_CREATED = "direct_code.created"
    CODE_REMOVED = "direct_code.removed"
    KNOWLEDGE_CREATED = "knowledge.created"
    KNOWLEDGE_CHANGED = "knowledge.changed"
    KNOWLEDGE_IMPORTED = "knowledge.imported"
    QUESTION_CREATED = "question.created"
    QUESTION_CHANGED = "question.changed"
    QUESTION_REMOVED = "question.removed"
    BOT_CHANGED = "bot.changed"
    QUICK_REPLY_CREATED = "quick_reply.created"
    QUICK_REPLY_CHANGED = "quick_reply.changed"
    QUICK_REPLY_REMOVED = "quick_reply.removed"
    APPLICATION_CREATED = "application.created"
    APPLICATION_CHANGED = "application.changed"
    APPLICATION_SECRET_RENEWED = "application.secret_renewed"  # noqa: S105 - the name of a deed
    APPLICATION_REMOVED = "application.removed"
    APPLICATION_ALLOWED = "application.allowed"
    PROVIDER_CREATED = "provider.created"
    PROVIDER_CHANGED = "provider.changed"
    PROVIDER_REMOVED = "provider.removed"
    PROVIDER_LINKED = "provider.linked"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_REMOVED = "webhook.removed"
    WEBHOOK_REPLAYED = "webhook.replayed"
    PANEL_CREATED = "panel.created"
    PANEL_CHANGED = "panel.changed"
    PANEL_SECRET_RENEWED = "panel.secret_renewed"  # noqa: S105 - the name of a deed
    PANEL_REMOVED = "panel.removed"
    CONTACTS_LISTED = "contact.list_exported"
    CONTACT_EXPORTED = "contact.exported"
    CONTACT_ASSIGNED = "contact.assigned"
    CONTACT_MERGED = "contact.merged"
    CONTACT_ERASURE_ASKED = "contact.erasure_asked"
    CONTACT_ERASED = "contact.erased"
    CONTACT_BLOCKED = "contact.blocked"
    CONTACT_UNBLOCKED = "contact.unblocked"
    RETENTION_CHANGED = "retention.changed"
    CONVERSATION_READ = "conversation.read"
    CONVERSATION_TAKEN_OVER = "conversation.taken_over"
    CONVERSATION_JOINED = "conversation.joined"
    CONVERSATION_PUT_BACK = "conversation.put_back"
    CONVERSATION_GIVEN = "conversation.given"
    CONVERSATION_CLOSED = "conversation.closed"
    SCORECARD_CHANGED = "scorecard.changed"
    REVIEW_GIVEN = "review.given"
    REVIEW_CHANGED = "review.changed"
    REVIEW_REMOVED = "review.removed"
    QUEUE_ANNOUNCED = "queue.announced"
    AUDIT_EXPORTED = "audit.exported"


@dataclass(frozen=True, slots=True)
class Target:
    """What a deed was done to. `name` is what it was called then; empty for people who are customers."""

    kind: str
    id: int
    name: str = ""


class AuditEntry(Struct, frozen=True):
    """One deed. `facts` are short: names of changed fields, what was given. `hash` covers all of it and `previous`."""

    organization_id: int
    seq: int
    at: Millis
    actor_kind: str
    actor_id: int
    session_id: int
    address: str
    user_agent: str
    action: str
    target_kind: str
    target_id: int
    target_name: str
    facts: Facts
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; what is left out keeps everything."""

    actor_id: int | None = None
    action: str = ""
    target_kind: str = ""
    target_id: int | None = None
    since: Millis = 0
    until: Millis = 1 << 62


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_at` is the first entry that does not fit what stands before it. `head` is the hash of the last good one.

    Whoever keeps `entries` and `head` elsewhere can tell later that nothing was cut off the end.
    """

    entries: int
    head: str
    broken_at: int | None
