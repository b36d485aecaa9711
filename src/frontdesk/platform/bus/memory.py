"""The bus within one process: a dictionary of handlers."""

from collections import deque
from collections.abc import Callable

import structlog

from frontdesk.core.ids import new_code
from frontdesk.platform.bus import Handler, check_subject

logger = structlog.get_logger("frontdesk.bus")


class MemoryBus:
    """Delivers before `publish` returns, except to messages published by handlers: those wait their turn in order."""

    def __init__(self) -> None:
        self._handlers: dict[str, dict[object, Handler]] = {}
        self._waiting: deque[tuple[str, bytes, str]] = deque()
        self._delivering = False
        self.island = new_code()

    @property
    def away(self) -> bool:
        return False

    def publish(self, subject: str, payload: bytes, *, origin: str = "") -> None:
        check_subject(subject)
        self._waiting.append((subject, payload, origin))
        if self._delivering:
            return
        self._delivering = True
        try:
            while self._waiting:
                self._deliver(*self._waiting.popleft())
        finally:
            self._delivering = False

    def subscribe(self, subject: str, handler: Handler) -> Callable[[], None]:
        check_subject(subject)
        subscription = object()
        self._handlers.setdefault(subject, {})[subscription] = handler

        def unsubscribe() -> None:
            left = self._handlers.get(subject, {})
            left.pop(subscription, None)
            if not left:
                self._handlers.pop(subject, None)

        return unsubscribe

    async def subscribed(self) -> None:
        """Subscriptions are in force when they are made."""

    def on_loss(self, handler: Callable[[], None]) -> Callable[[], None]:
        """Nothing is lost here."""
        del handler
        return lambda: None

    def tell_loss(self) -> None:
        """Nothing is lost here."""

    @property
    def subjects(self) -> frozenset[str]:
        """What anybody listens to."""
        return frozenset(self._handlers)

    def has(self, subject: str) -> bool:
        """Whether anybody listens to this subject."""
        return subject in self._handlers

    def _deliver(self, subject: str, payload: bytes, origin: str) -> None:
        handlers = self._handlers.get(subject, {})
        for subscription in tuple(handlers):
            handler = handlers.get(subscription)
            if handler is None:
                continue  # stopped by a handler before it
            try:
                handler(payload, origin)
            except Exception:
                logger.exception("bus.handler.failed", subject=subject)
