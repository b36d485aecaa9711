"""The bus port: news between processes. It may lose; the log may not.

Guarantees: messages of one publisher on one subject arrive in order; a handler is never called twice at once, and
not any more once it was stopped; what one handler raises reaches neither the publisher nor another handler. In the
publisher's own process every handler has heard a message before `publish` returns, unless a handler published it:
then right after what is being delivered. So a process knows at once what it has changed itself.
Not promised: delivery (a subscriber that was away missed it), order across publishers or subjects, durability.
What may have been missed is told (`on_loss`), so that whoever keeps a copy of the truth can read it anew.
"""

import re
from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar

import msgspec

Event = TypeVar("Event")
Handler = Callable[[bytes, str], None]
_subject: Final = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*").fullmatch


class Bus(Protocol):
    """Publishes bytes on subjects. Every subscriber of a subject gets every message."""

    @property
    def away(self) -> bool:
        """Whether other processes are known to be out of reach now. Never of a bus within one process."""
        ...

    @property
    def island(self) -> str:
        """Names a bus within one process, differently for each. Empty for a bus between processes."""
        ...

    def publish(self, subject: str, payload: bytes, *, origin: str = "") -> None:
        """Hand a message to the bus; never waits, and never fails because of the way to other processes.

        `origin` names the connection that caused it, if any, and after a space the step of a trace that it is part of
        (`tracing.with_trace`); at most 255 bytes. A subject is words of letters, digits,
        `_` and `-`, joined by dots; any other is a mistake in our own code and raises a `ValueError`.
        """
        ...

    def subscribe(self, subject: str, handler: Handler) -> Callable[[], None]:
        """Call `handler(payload, origin)` for each message on exactly this subject; returns how to stop.

        Heard is what this process publishes from now on, and what others publish from when `subscribed` returns.
        Handlers run on the event loop, must not block, and their exceptions are logged, not passed on.
        """
        ...

    async def subscribed(self) -> None:
        """Return once every subscription made before hears what any process publishes from now on.

        Who reads the truth and then follows the news waits for this in between. While the bus is away it returns as
        well; then `on_loss` is told later.
        """
        ...

    def on_loss(self, handler: Callable[[], None]) -> Callable[[], None]:
        """Call `handler()` each time after messages of others may have been missed; returns how to stop.

        It is called when every subscription is in force again: what is read after that, and what is heard, leave no
        crack. Losses that follow each other closely are told once. Never called by a bus within one process.
        """
        ...

    def tell_loss(self) -> None:
        """Tell every process, this one too, that messages may have been missed, as `on_loss` has it.

        For who knows of a loss that no connection shows: what a process published last went down with it.
        """
        ...


def check_subject(subject: str) -> None:
    """Raise a `ValueError` unless this is a subject as the port describes it: no wildcard, nothing that ends a line."""
    if _subject(subject) is None:
        raise ValueError(f"not a subject: {subject!r}")


class Topic(Generic[Event]):
    """A subject whose messages are events of one type, written as JSON so that in-process is no kinder than remote."""

    def __init__(self, subject: str, event: type[Event]) -> None:
        self.subject = subject
        self._decoder = msgspec.json.Decoder(event)

    def publish(self, bus: Bus, event: Event) -> None:
        bus.publish(self.subject, msgspec.json.encode(event))

    def subscribe(self, bus: Bus, handler: Callable[[Event], None]) -> Callable[[], None]:
        return bus.subscribe(self.subject, lambda payload, _origin: handler(self._decoder.decode(payload)))
