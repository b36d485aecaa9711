"""What pages say, as this process knows it: kept for a while, and asked for at a pace."""

import asyncio
from collections import OrderedDict
from typing import Final

from frontdesk.core.errors import busy
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.addresses import Guard
from frontdesk.platform.buckets import Buckets
from frontdesk.platform.telemetry import counter
from frontdesk.previews.fetching import TIMEOUT, Fetcher, PageError
from frontdesk.previews.links import plain_address
from frontdesk.previews.page import words_of
from frontdesk.previews.types import LinkPreview, Problem

KEPT: Final = 2_000
KEPT_S: Final = 3_600.0
FAILED_KEPT_S: Final = 60.0
BURST: Final = 30
_PER_SECOND: Final = 0.5
_fetched: Final = counter("link_previews_total", "Pages fetched to preview a link", ("outcome",))


class Previewer:
    """Gives what the page of a link says. One of each process; what was asked last is kept longest."""

    def __init__(self, platform: Platform, *, timeout: float = TIMEOUT) -> None:
        self._clock = platform.clock
        self._fetcher = Fetcher(Guard.of(platform.config.previews), timeout=timeout)
        self._pace = Buckets(platform.clock, burst=BURST, per_second=_PER_SECOND)
        self._kept: OrderedDict[tuple[int, str], tuple[LinkPreview, float]] = OrderedDict()

    async def close(self) -> None:
        await self._fetcher.close()

    async def look(self, subject: Subject, link: str) -> LinkPreview:
        """What the page says now, or said within the hour. Raises `busy` when the subject asks for too many pages."""
        address = plain_address(link)
        if address is None:
            return LinkPreview("", problem=Problem.ADDRESS)
        key, now = (subject.organization_id, address), self._clock.monotonic()
        kept = self._kept.get(key)
        if kept is not None and now < kept[1]:
            self._kept.move_to_end(key)
            return kept[0]
        wait = self._pace.take(str(subject.id))
        if wait:
            raise busy("previews.too-fast", "You are looking at too many links at once.", retry_after=wait)
        preview = await self._fetch(address)
        patience = KEPT_S if preview.problem is None else FAILED_KEPT_S
        self._kept[key] = (preview, self._clock.monotonic() + patience)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return preview

    async def _fetch(self, address: str) -> LinkPreview:
        try:
            page = await self._fetcher.get(address)
        except PageError as error:
            _fetched.labels(error.problem).inc()
            return LinkPreview("", problem=error.problem)
        # In a thread: half a megabyte of somebody's HTML must not hold up whoever is chatting.
        words = await asyncio.to_thread(words_of, page.body, page.charset)
        if not (words.title or words.description):
            _fetched.labels(Problem.SILENT).inc()
            return LinkPreview(page.host, problem=Problem.SILENT)
        _fetched.labels("told").inc()
        return LinkPreview(page.host, words.site, words.title, words.description)
