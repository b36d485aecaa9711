"""Saved filters: lists of conversations that have a name."""

from enum import StrEnum
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

MAX_FILTERS: Final = 50  # of one agent
MAX_FILTER_NAME: Final = 40
_Id = Annotated[str, Meta(max_length=20)]


class Shown(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Criteria(Struct, frozen=True):
    """Which conversations are listed, of those that whoever looks may list; what is None keeps all."""

    shown: Shown = Shown.OPEN
    team_id: _Id | None = None
    agent_id: _Id | None = None
    channel_id: _Id | None = None
    tag_id: _Id | None = None


class Filter(Struct, frozen=True):
    """`agent_id` made it. With a `team_id` it is there for everybody of that team."""

    id: int
    agent_id: int
    team_id: int | None
    name: str
    criteria: Criteria


class NewFilter(Struct, frozen=True, kw_only=True):
    """`team_id` shares it with a team that one is in; None keeps it to oneself."""

    name: str
    criteria: Criteria
    team_id: _Id | None = None


class FilterChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    criteria: Criteria | UnsetType = UNSET
    team_id: _Id | UnsetType | None = UNSET


class FilterView(Struct, frozen=True):
    """A saved filter on the wire. `own`: the asking agent made it, and may change it."""

    id: str
    name: str
    team_id: str | None
    own: bool
    criteria: Criteria
