"""What a macro is made of: the things that an agent does to a conversation, one after another.

Every class here is the wire format, and what is kept of a macro.
"""

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Meta, Struct, structs

from frontdesk.conversations import MAX_TEXT
from frontdesk.core.errors import invalid
from frontdesk.core.ids import parse_id
from frontdesk.core.text import clean, clean_line

MAX_STEPS: Final = 10
_MAX_CATEGORY: Final = 200
_MAX_REMARK: Final = 1_000
_Id = Annotated[str, Meta(max_length=20)]


class SendReply(Struct, frozen=True, tag="reply", tag_field="do"):
    """Send a saved reply: its files, its text with the places filled in, its card."""

    reply_id: _Id


class LeaveNote(Struct, frozen=True, tag="note", tag_field="do"):
    text: str


class AddTag(Struct, frozen=True, tag="tag", tag_field="do"):
    """Mark the conversation with a tag."""

    tag_id: _Id


class RemoveTag(Struct, frozen=True, tag="untag", tag_field="do"):
    """Take a tag off the conversation."""

    tag_id: _Id


class Flag(Struct, frozen=True, tag="flag", tag_field="do"):
    """Say for oneself that the conversation matters, or does not any more."""

    important: bool


class SetVip(Struct, frozen=True, tag="vip", tag_field="do"):
    """Say how important the customer is."""

    level: Annotated[int, Meta(ge=0, le=5)]


class Snooze(Struct, frozen=True, tag="snooze", tag_field="do"):
    """Put the conversation aside for so long."""

    for_s: Annotated[int, Meta(ge=60, le=366 * 86_400)]


class Wake(Struct, frozen=True, tag="wake", tag_field="do"):
    """Take the conversation up again that was put aside."""


class InviteRating(Struct, frozen=True, tag="invite_rating", tag_field="do"):
    pass


class WrapUp(Struct, frozen=True, tag="wrap_up", tag_field="do"):
    category: str = ""
    remark: str = ""
    solved: bool | None = None


class Transfer(Struct, frozen=True, tag="transfer", tag_field="do"):
    """Hand the conversation to a team, to an agent or to a department, one of the three. Only as the last step."""

    team_id: _Id | None = None
    agent_id: _Id | None = None
    department_id: _Id | None = None


class Close(Struct, frozen=True, tag="close", tag_field="do"):
    """End the conversation. Only as the last step."""


Step = (
    SendReply
    | LeaveNote
    | AddTag
    | RemoveTag
    | Flag
    | SetVip
    | InviteRating
    | WrapUp
    | Snooze
    | Wake
    | Transfer
    | Close
)
_LAST: Final = (Transfer, Close)


def checked(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with their texts cleaned. Raises an `invalid` error for none, for too many, for what is no id, and where
    something comes after the conversation was closed or handed on.
    """
    if not 1 <= len(steps) <= MAX_STEPS:
        raise invalid("desk.steps", f"There must be 1 to {MAX_STEPS} steps.", details={"field": "steps"})
    if any(isinstance(step, _LAST) for step in steps[:-1]):
        raise invalid(
            "desk.steps-after-end",
            "Nothing can follow after the conversation was closed or handed on.",
            hint="Move that step to the end.",
            details={"field": "steps"},
        )
    return tuple(_cleaned(step) for step in steps)


def _cleaned(step: Step) -> Step:
    match step:
        case LeaveNote():
            return LeaveNote(clean(step.text, field="note", limit=MAX_TEXT, required=True))
        case WrapUp():
            return WrapUp(
                clean_line(step.category, field="category", limit=_MAX_CATEGORY),
                clean(step.remark, field="remark", limit=_MAX_REMARK),
                step.solved,
            )
        case Transfer() if [step.team_id, step.agent_id, step.department_id].count(None) != 2:
            raise invalid(
                "desk.steps",
                "Name a team, an agent or a department to hand it to, one of the three.",
                details={"field": "steps"},
            )
        case SendReply() | AddTag() | RemoveTag() | Transfer():
            for name, value in structs.asdict(step).items():
                if value is not None and parse_id(value) is None:
                    raise invalid("desk.steps", f"{name} is not an id.", details={"field": "steps"})
            return step
        case Flag() | SetVip() | InviteRating() | Snooze() | Wake() | Close():
            return step
