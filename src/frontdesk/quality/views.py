"""Reviews as they are shown: with the criteria that they were given by, and whose conversation it was."""

from collections.abc import Sequence

from frontdesk.conversations import contact_names_in
from frontdesk.platform import Reader
from frontdesk.quality import store_scorecards
from frontdesk.quality.types import Criterion, Review, ReviewView, ScoredCriterion


async def views_in(reader: Reader, organization_id: int, reviews: Sequence[Review]) -> list[ReviewView]:
    """In the same order."""
    names = await contact_names_in(reader, organization_id, {one.conversation_id for one in reviews})
    cards = await store_scorecards.of_versions(reader, organization_id, {one.scorecard for one in reviews})
    return [_view(one, names.get(one.conversation_id, ""), cards[one.scorecard]) for one in reviews]


def _view(review: Review, contact_name: str, criteria: Sequence[Criterion]) -> ReviewView:
    return ReviewView(
        id=str(review.id),
        conversation_id=str(review.conversation_id),
        contact_name=contact_name,
        agent_id=str(review.agent_id),
        reviewer_id=str(review.reviewer_id),
        team_id=None if review.team_id is None else str(review.team_id),
        scorecard=review.scorecard,
        criteria=[
            ScoredCriterion(each.name, each.weight, points)
            for each, points in zip(criteria, review.points, strict=True)
        ],
        percent=review.percent,
        remark=review.remark,
        version=review.version,
        given_at=review.given_at,
        changed_at=review.changed_at,
    )
