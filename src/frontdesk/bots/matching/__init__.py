"""Finding the known question that somebody means. Pure and in memory: no database, no clock, no loop of its own."""

from frontdesk.bots.matching.index import Index, IndexBuilder
from frontdesk.bots.matching.normalise import language_of, normalise
from frontdesk.bots.matching.tuning import ANSWER_THRESHOLD, SUGGEST_THRESHOLD
from frontdesk.bots.matching.words import warm_up

__all__ = [
    "ANSWER_THRESHOLD",
    "SUGGEST_THRESHOLD",
    "Index",
    "IndexBuilder",
    "language_of",
    "normalise",
    "warm_up",
]
