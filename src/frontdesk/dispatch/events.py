"""The news that dispatch tells. Events only wake somebody up: whoever hears one reads the database."""

from typing import Final

from msgspec import Struct

from frontdesk.platform import Topic


class QueueChanged(Struct, frozen=True):
    """A team's queue or one of its offers changed. `matched`: with all that may come of it, it only looks different now."""

    organization_id: int
    team_id: int
    matched: bool = False


class SeatChanged(Struct, frozen=True):
    """An agent's load or reservations changed. `freed`: there may be room for somebody who waits."""

    organization_id: int
    agent_id: int
    freed: bool


QUEUE_CHANGED: Final = Topic[QueueChanged]("event.dispatch.queue-changed", QueueChanged)
SEAT_CHANGED: Final = Topic[SeatChanged]("event.dispatch.seat-changed", SeatChanged)
