"""Macros: steps that have a name, and what became of them when they were run."""

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.core.errors import FrontdeskError
from frontdesk.desk.steps import MAX_STEPS, Step

MAX_MACROS: Final = 50  # of one agent
MAX_MACRO_NAME: Final = 40
MAX_AT_ONCE: Final = 20  # conversations of one run
_Id = Annotated[str, Meta(max_length=20)]
Steps = Annotated[Sequence[Step], Meta(max_length=MAX_STEPS)]


class Macro(Struct, frozen=True):
    """`agent_id` made it. With a `team_id` it is there for everybody of that team."""

    id: int
    agent_id: int
    team_id: int | None
    name: str
    steps: Sequence[Step]


class NewMacro(Struct, frozen=True, kw_only=True):
    """`team_id` shares it with a team that one is in; None keeps it to oneself."""

    name: str
    steps: Steps
    team_id: _Id | None = None


class MacroChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    steps: Steps | UnsetType = UNSET
    team_id: _Id | UnsetType | None = UNSET


class Run(Struct, frozen=True, kw_only=True):
    """To which conversations steps are done.

    `run` is made by the client: who repeats a request with it sends no reply twice.
    """

    run: Annotated[str, Meta(min_length=1, max_length=40)]
    conversations: Annotated[Sequence[_Id], Meta(min_length=1, max_length=MAX_AT_ONCE)]


class Bulk(Run, frozen=True, kw_only=True):
    """The same with steps that nobody has given a name."""

    steps: Steps


class Taken(Struct, frozen=True):
    """What became of one step: it was done unless there is a `refusal`. `changed` is false where it was so already."""

    step: Step
    refusal: FrontdeskError | None = None
    changed: bool = False


class Ran(Struct, frozen=True):
    """What became of one conversation; the `rest`, behind the step that was refused, was not tried."""

    conversation_id: int
    taken: Sequence[Taken]
    rest: Sequence[Step] = ()


class MacroView(Struct, frozen=True):
    """A macro on the wire. `own`: the asking agent made it, and may change it."""

    id: str
    name: str
    team_id: str | None
    own: bool
    steps: Sequence[Step]
