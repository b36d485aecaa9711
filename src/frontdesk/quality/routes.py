"""HTTP for quality inspection. Thin: every rule is in the use cases."""

from collections.abc import Sequence

from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id
from frontdesk.quality import reading, scorecards, scoring
from frontdesk.quality.types import Average, Criteria, Given, ReviewView, Scorecard, Version, Wanted

_END = 1 << 62


class ScorecardBody(Struct, frozen=True):
    """`version` is the one that was seen, 0 where there was none."""

    version: Version
    criteria: Criteria


class ScorecardAnswer(Struct, frozen=True):
    scorecard: Scorecard


class ReviewAnswer(Struct, frozen=True):
    review: ReviewView


class ReviewsAnswer(Struct, frozen=True):
    items: Sequence[ReviewView]
    cursor: str | None


class OwnReviewsAnswer(Struct, frozen=True):
    """`average` is that of all of them, not only of this page."""

    items: Sequence[ReviewView]
    cursor: str | None
    average: Average


class AveragesAnswer(Struct, frozen=True):
    items: Sequence[Average]


class ReviewedAnswer(Struct, frozen=True):
    """`agents`: the ids of those whom one may score."""

    agents: Sequence[str]
    reviews: Sequence[ReviewView]


@get("/scorecard", summary="What conversations are judged by; version 0 where nobody has made one")
async def get_scorecard(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> ScorecardAnswer:
    return ScorecardAnswer(await scorecards.get_scorecard(platform, subject))


@put("/scorecard", summary="Change what conversations are judged by; reviews keep what they were given by")
async def put_scorecard(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[ScorecardBody]
) -> ScorecardAnswer:
    return ScorecardAnswer(await scorecards.set_scorecard(platform, subject, data.version, data.criteria))


@get(
    "/conversations/{conversation_id:str}/reviews",
    summary="Reviews of a conversation, and whom one may score in it",
)
async def reviews_of(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ReviewedAnswer:
    found = await reading.reviews_of(platform, subject, path_id(conversation_id, what="conversation"))
    return ReviewedAnswer([str(one) for one in found.agents], found.reviews)


@put(
    "/conversations/{conversation_id:str}/reviews/{agent_id:str}",
    summary="Score how an agent handled a conversation, or change the score that one has given",
)
async def put_review(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    agent_id: FromPath[str],
    data: JSONBody[Given],
) -> ReviewAnswer:
    conversation, agent = path_id(conversation_id, what="conversation"), path_id(agent_id, what="agent")
    return ReviewAnswer(await scoring.review(platform, subject, conversation, agent, data))


@delete(
    "/conversations/{conversation_id:str}/reviews/{agent_id:str}",
    summary="Take back the score that one has given",
)
async def delete_review(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    agent_id: FromPath[str],
) -> None:
    conversation, agent = path_id(conversation_id, what="review"), path_id(agent_id, what="review")
    await scoring.remove_review(platform, subject, conversation, agent)


@get("/reviews", summary="Reviews of the agents whom one watches over, newest first")
async def list_reviews(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    agent_id: FromQuery[str | None] = None,
    team_id: FromQuery[str | None] = None,
    reviewer_id: FromQuery[str | None] = None,
    since: FromQuery[int] = 0,
    until: FromQuery[int] = _END,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> ReviewsAnswer:
    wanted = _wanted(agent_id, team_id, reviewer_id, since, until)
    page = await reading.list_reviews(platform, subject, wanted, cursor=cursor, limit=limit)
    return ReviewsAnswer(page.items, page.cursor)


@get("/reviews/averages", summary="The same reviews together, agent by agent")
async def averages(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    agent_id: FromQuery[str | None] = None,
    team_id: FromQuery[str | None] = None,
    reviewer_id: FromQuery[str | None] = None,
    since: FromQuery[int] = 0,
    until: FromQuery[int] = _END,
) -> AveragesAnswer:
    wanted = _wanted(agent_id, team_id, reviewer_id, since, until)
    return AveragesAnswer(await reading.averages(platform, subject, wanted))


@get("/me/reviews", summary="Reviews of oneself, newest first, and what they come to")
async def own_reviews(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    since: FromQuery[int] = 0,
    until: FromQuery[int] = _END,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> OwnReviewsAnswer:
    wanted = Wanted(since=since, until=until)
    page, average = await reading.own_reviews(platform, subject, wanted, cursor=cursor, limit=limit)
    return OwnReviewsAnswer(page.items, page.cursor, average)


def _wanted(
    agent_id: str | None, team_id: str | None, reviewer_id: str | None, since: int, until: int
) -> Wanted:
    return Wanted(
        optional_path_id(agent_id, what="agent"),
        optional_path_id(team_id, what="team"),
        optional_path_id(reviewer_id, what="agent"),
        since,
        until,
    )


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            get_scorecard, put_scorecard, reviews_of, put_review, delete_review, list_reviews, averages, own_reviews,
        ],
    )
]  # fmt: skip
