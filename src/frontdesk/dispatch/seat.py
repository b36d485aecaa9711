"""An agent's places, and whether there is one for a conversation."""

from collections.abc import Mapping

from msgspec import Struct

from frontdesk.core.clock import Millis


class Seat(Struct, frozen=True):
    """An agent's places: load + reserved <= ceiling, always; ceiling = capacity except while a lowered one, or one
    place too many that a leader gave, drains. `taken` and `limits` are by kind of conversation.
    """

    agent_id: int
    capacity: int
    load: int
    reserved: int
    ceiling: int
    last_assigned_at: Millis | None
    reassign_at: Millis | None
    freed_at: Millis | None = None
    wraps_until: Millis | None = None
    missed: int = 0
    taken: Mapping[str, int] = {}
    limits: Mapping[str, int] = {}

    def has_places(self, weight: int) -> bool:
        """Whether so many are free."""
        return self.load + self.reserved + weight <= self.capacity

    def may_take(self, kind: str, weight: int) -> bool:
        """Whether so many are free for a conversation of this kind."""
        most = self.limits.get(kind, self.capacity)
        return self.has_places(weight) and self.taken.get(kind, 0) + weight <= most
