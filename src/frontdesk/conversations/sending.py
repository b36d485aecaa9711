"""A message on its way into the log, and what becomes of it."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from frontdesk.conversations.entries import Entry
from frontdesk.core.errors import FrontdeskError, conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.platform.tracing import Span
from frontdesk.staff import AgentCard

NOT_YOURS: Final = "conversations.not-yours"


class Sending(Struct):
    """A message on its way into the log. `done` is called on the event loop, once, after the commit or the refusal."""

    subject: Subject
    conversation_id: int
    client_id: str
    body: bytes
    preview: str
    type: str
    origin: str
    done: Callable[[Entry | FrontdeskError], None]
    started: float = 0.0
    reopened: bool = False
    span: Span | None = None


class Appended(Struct):
    """What became of one message: the entry and whom to tell, or the refusal."""

    sending: Sending
    outcome: Entry | FrontdeskError
    contact_id: int = 0
    agent_id: int | None = None
    guests: tuple[AgentCard, ...] = ()


def unknown() -> FrontdeskError:
    """What a stranger may not see does not exist for them."""
    return not_found("conversation")


def not_yours() -> FrontdeskError:
    """For those alone who may read it."""
    return conflict(
        NOT_YOURS,
        "This conversation is not yours any more.",
        hint="Take it over or ask the agent who has it.",
    )


def closed() -> FrontdeskError:
    return conflict("conversations.closed", "This conversation is closed.", hint="Start a new conversation.")
