"""Asking services, and remembering what they said."""

from collections import OrderedDict
from hashlib import sha256
from typing import Final

import msgspec
import structlog

from frontdesk.core.errors import ErrorKind, FrontdeskError, busy
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.platform import Platform
from frontdesk.platform.addresses import Guard
from frontdesk.platform.buckets import Buckets
from frontdesk.platform.posting import TIMEOUT, Answer, Poster
from frontdesk.platform.signing import headers
from frontdesk.platform.telemetry import counter
from frontdesk.translation.types import MAX_TRANSLATED, Answered, Asked, Service

KEPT: Final = 5_000
BURST: Final = 60  # a conversation that is opened with everything to be translated
_PER_SECOND: Final = 2.0
_READ: Final = 256 * 1024
_asked: Final = counter("translations_total", "Texts given to translation services", ("outcome",))
logger: Final = structlog.get_logger("frontdesk.translation")


class Translator:
    """One of each process; what was asked last is kept longest. A service's failure is not kept."""

    def __init__(self, platform: Platform, *, timeout: float = TIMEOUT) -> None:
        self._clock = platform.clock
        self._ids = platform.ids
        self._poster = Poster(Guard.of(platform.config.translation), timeout=timeout, read=_READ, kept=_READ)
        self._pace = Buckets(platform.clock, burst=BURST, per_second=_PER_SECOND)
        self._kept: OrderedDict[bytes, str] = OrderedDict()

    async def close(self) -> None:
        await self._poster.close()

    async def translate(self, subject: Subject, service: Service, text: str, to: str) -> str:
        """The text in that language. Raises a `conflict` when the service does not give it, and `busy` beyond the pace."""
        key = _key(subject.organization_id, service, text, to)
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        wait = self._pace.take(str(subject.id))
        if wait:
            raise busy("translation.too-fast", "You are translating too much at once.", retry_after=wait)
        translated = await self._ask(subject, service, Asked((text,), to))
        self._kept[key] = translated
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return translated

    async def _ask(self, subject: Subject, service: Service, asked: Asked) -> str:
        body = msgspec.json.encode(asked)
        request_id = f"tra_{self._ids.new()}"
        fields = headers(request_id, body, now=self._clock.now(), secrets=[service.secret])
        answer = await self._poster.post(service.url, fields, body)
        text, why = _read(answer)
        _asked.labels("failed" if text is None else "translated").inc()
        if text is None:
            logger.warning("translation.failed", organization_id=subject.organization_id, why=why)
            raise FrontdeskError(
                ErrorKind.CONFLICT,
                "translation.failed",
                f"The translation service did not translate this: {why}",
                hint="Try again; tell an administrator when it happens again.",
            )
        return text


def _read(answer: Answer) -> tuple[str | None, str]:
    """The one text that was asked for, else why there is none."""
    if not answer.is_success:
        return None, answer.error or f"It answered {answer.status}."
    try:
        (text,) = msgspec.json.decode(answer.text, type=Answered).texts
        return clean(text, field="translation", limit=MAX_TRANSLATED, required=True), ""
    except (msgspec.DecodeError, ValueError, FrontdeskError):
        return None, "Its answer was not of the agreed form."


def _key(organization_id: int, service: Service, text: str, to: str) -> bytes:
    """By what is translated, not by where it stands; the words themselves are not kept."""
    return sha256(msgspec.json.encode((organization_id, service.url, service.secret, to, text))).digest()
