"""The scorecard and reviews, as they are kept and as they are shown."""

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Meta, Struct

from frontdesk.core.clock import Millis

MAX_CRITERIA: Final = 12
MAX_NAME: Final = 80
MAX_WEIGHT: Final = 10
MOST_POINTS: Final = 5
MAX_REMARK: Final = 2_000

Version = Annotated[int, Meta(ge=0, le=(1 << 31) - 1)]
Points = Annotated[int, Meta(ge=0, le=MOST_POINTS)]
Weight = Annotated[int, Meta(ge=1, le=MAX_WEIGHT)]


class Criterion(Struct, frozen=True):
    """What is looked at, and how much it counts beside the others."""

    name: str
    weight: Weight


Criteria = Annotated[Sequence[Criterion], Meta(min_length=1, max_length=MAX_CRITERIA)]


class Scorecard(Struct, frozen=True):
    """What conversations are judged by. Version 0 has no criteria: nobody has made one yet."""

    version: int
    criteria: Sequence[Criterion]


class Given(Struct, frozen=True, kw_only=True):
    """What a reviewer gives: points for each criterion of that version of the scorecard, in its order.

    `version` is that of one's own review that is changed, 0 for the first one.
    """

    scorecard: Version
    points: Annotated[Sequence[Points], Meta(min_length=1, max_length=MAX_CRITERIA)]
    remark: str = ""
    version: Version = 0


class Review(Struct, frozen=True):
    """A review as it is kept. `team_id`: whose conversation it was when it was reviewed."""

    id: int
    conversation_id: int
    agent_id: int
    reviewer_id: int
    team_id: int | None
    scorecard: int
    points: Sequence[int]
    percent: int
    remark: str
    version: int
    given_at: Millis
    changed_at: Millis


class Wanted(Struct, frozen=True):
    """Which reviews are wanted: of an agent, of a team's conversations, by a reviewer, given from `since` until before `until`.

    None keeps all.
    """

    agent_id: int | None = None
    team_id: int | None = None
    reviewer_id: int | None = None
    since: Millis = 0
    until: Millis = 1 << 62


class ScoredCriterion(Struct, frozen=True):
    name: str
    weight: int
    points: int


class ReviewView(Struct, frozen=True):
    """A review on the wire, with the criteria of the version that it was given by."""

    id: str
    conversation_id: str
    contact_name: str
    agent_id: str
    reviewer_id: str
    team_id: str | None
    scorecard: int
    criteria: Sequence[ScoredCriterion]
    percent: int
    remark: str
    version: int
    given_at: Millis
    changed_at: Millis


class Average(Struct, frozen=True):
    """An agent's results together. `percent` has one decimal; it is null where there is no review."""

    agent_id: str
    percent: float | None
    reviews: int
