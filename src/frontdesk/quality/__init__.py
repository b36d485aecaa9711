"""How well conversations were handled: the organization's scorecard, and the reviews given by it.

Tables: scorecard (every version there was; the highest counts), review.
Tells: the `changed` frame with the topic `quality`, to all staff.

Invariants:
- Nobody scores themselves, and only who has or had a conversation is scored in it: once by each reviewer.
- A review keeps the version of the scorecard that it was given by; its result follows from that and its points.
- Only its author changes or removes a review. The agent concerned reads it, and whoever reviews and watches over that agent;
  no visitor ever does.
- When a conversation is erased, its reviews lose their remarks and keep their points.
"""

from frontdesk.quality.of_conversations import Remarked, forget_remarks_in, remarks_in
from frontdesk.quality.reading import Reviewed, averages, list_reviews, own_reviews, reviews_of
from frontdesk.quality.scorecards import get_scorecard, set_scorecard
from frontdesk.quality.scoring import remove_review, review
from frontdesk.quality.types import Average, Criterion, Given, ReviewView, Scorecard, ScoredCriterion, Wanted

__all__ = [
    "Average",
    "Criterion",
    "Given",
    "Remarked",
    "ReviewView",
    "Reviewed",
    "Scorecard",
    "ScoredCriterion",
    "Wanted",
    "averages",
    "forget_remarks_in",
    "get_scorecard",
    "list_reviews",
    "own_reviews",
    "remarks_in",
    "remove_review",
    "review",
    "reviews_of",
    "set_scorecard",
]
