"""The bus port: news between processes. It may lose; the log may not.

Guarantees: messages of one publisher on one subject arrive in order; a handler is never called twice at once, and
not any more once it was stopped; what one handler raises reaches neither the publisher nor another handler.
Not promised: delivery (a subscriber that was away missed it), order across publishers or subjects, durability.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import msgspec

Event = TypeVar("Event")
Handler = Callable[[bytes, str], None]


class Bus(Protocol):
    """Publishes bytes on subjects. Every subscriber of a subject gets every message."""

    def publish(self, subject: str, payload: bytes, *, origin: str = "") -> None:
        """Hand a message to the bus; returns at once. `origin` names the connection that caused it, if any."""
        ...

    def subscribe(self, subject: str, handler: Handler) -> Callable[[], None]:
        """Call `handler(payload, origin)` for each message on exactly this subject; returns how to stop.

        Handlers run on the event loop, must not block, and their exceptions are logged, not passed on.
        """
        ...


class Topic(Generic[Event]):
    """A subject whose messages are events of one type, written as JSON so that in-process is no kinder than remote."""

    def __init__(self, subject: str, event: type[Event]) -> None:
        self.subject = subject
        self._decoder = msgspec.json.Decoder(event)

    def publish(self, bus: Bus, event: Event) -> None:
        bus.publish(self.subject, msgspec.json.encode(event))

    def subscribe(self, bus: Bus, handler: Callable[[Event], None]) -> Callable[[], None]:
        return bus.subscribe(self.subject, lambda payload, _origin: handler(self._decoder.decode(payload)))
