"""What a team promises, what is being counted for a conversation, and what became of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct

from frontdesk.core.clock import Millis

_LONGEST: Final = 30 * 86_400


class Measure(StrEnum):
    """What is promised. Each is counted in the open time of the team that has the conversation.

    First reply: from the moment at which it comes to people until one of them writes. Next reply: from the first word of
    the visitor that nobody has answered, or from a return to the queue. Resolution: from the moment at which it comes to
    people until it is closed. What is reopened counts anew.
    """

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class Standing(StrEnum):
    RUNNING = "running"
    WARNED = "warned"
    BREACHED = "breached"


Seconds = Annotated[int, Meta(ge=1, le=_LONGEST)]


class ServiceLevel(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Seconds of open time. Null: nothing of the kind is promised."""

    first_reply_s: Annotated[Seconds | None, Meta(description="Until an agent's first word.")] = None
    next_reply_s: Annotated[
        Seconds | None, Meta(description="Until an agent's word, whenever the visitor has written.")
    ] = None
    resolution_s: Annotated[Seconds | None, Meta(description="Until the conversation is closed.")] = None
    warn_percent: Annotated[
        int, Meta(ge=1, le=99, description="Which part of the time has passed when it is warned.")
    ] = 80

    def of(self, measure: Measure) -> int | None:
        match measure:
            case Measure.FIRST_REPLY:
                return self.first_reply_s
            case Measure.NEXT_REPLY:
                return self.next_reply_s
            case Measure.RESOLUTION:
                return self.resolution_s

    @property
    def is_empty(self) -> bool:
        return all(self.of(measure) is None for measure in Measure)


class Promised(Struct, frozen=True):
    """A team's service level with the moment from which on it is measured."""

    level: ServiceLevel
    began_at: Millis


Promises = Mapping[int, Promised]
"""By team."""


class Count(Struct, frozen=True, omit_defaults=True):
    """One thing that is being counted. Without `due_at` it is only remembered: nothing is promised now, or not in sight."""

    measure: Measure
    since: Millis
    warns_at: Millis | None = None
    due_at: Millis | None = None
    standing: Standing = Standing.RUNNING


class Clock(Struct, frozen=True):
    """What is counted for one conversation once its log was read up to `seq`. `replied`: a person has written already."""

    conversation_id: int
    organization_id: int
    seq: int = 0
    team_id: int | None = None
    agent_id: int | None = None
    replied: bool = False
    counts: tuple[Count, ...] = ()
    look_at: Millis | None = None

    @property
    def due(self) -> tuple[Count, ...]:
        """What is promised and runs, the most urgent first."""
        return tuple(sorted((one for one in self.counts if one.due_at is not None), key=_moment))


class Ended(Struct, frozen=True):
    """A count that is over. `kept`: what it waited for has come; else it was given up (the visitor left, a bot goes on)."""

    measure: Measure
    since: Millis
    at: Millis
    team_id: int
    agent_id: int | None
    kept: bool


class Result(Struct, frozen=True):
    """What became of a promise. `took_ms` is open time."""

    conversation_id: int
    team_id: int
    agent_id: int | None
    measure: Measure
    since: Millis
    due_at: Millis
    ended_at: Millis
    took_ms: Millis
    met: bool


def _moment(count: Count) -> Millis:
    return count.due_at or 0
