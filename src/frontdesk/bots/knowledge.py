"""What the bots of this process know, in memory: an index for each knowledge base and language.

A change makes the copy stale at once. Whoever asks while a new one is being built gets the old one (bots go on
answering) or waits for the new one (`fresh`: somebody who has just changed something tries it). An index is built in
steps of a few milliseconds between which the loop runs.
"""

import asyncio
from typing import Final
from weakref import WeakKeyDictionary

from msgspec import Struct

from frontdesk.bots.events import KNOWLEDGE_CHANGED, KnowledgeChanged
from frontdesk.bots.matching import Index, IndexBuilder
from frontdesk.bots.matching.words import Features
from frontdesk.bots.store import questions as rows
from frontdesk.bots.types import LANGUAGES, Question
from frontdesk.platform import Bus, Platform

_STEP: Final = 4  # questions added between two turns of the loop
Key = tuple[int, int]


class Knowledge(Struct, frozen=True):
    """A knowledge base as of one moment."""

    questions: dict[int, Question]
    indexes: dict[str, Index]
    features: dict[str, dict[str, Features]]


_NOTHING: Final = Knowledge({}, {}, {})


class _Copy:
    """One knowledge base: what is known, whether it is stale, and who is reading it anew."""

    def __init__(self) -> None:
        self.known: Knowledge | None = None
        self.changes = 1
        self.seen = 0
        self.building: asyncio.Task[None] | None = None


class Library:
    """The copies of this process."""

    def __init__(self, bus: Bus) -> None:
        self._copies: dict[Key, _Copy] = {}
        KNOWLEDGE_CHANGED.subscribe(bus, self._stale)
        bus.on_loss(self._all_stale)

    async def get(self, platform: Platform, organization_id: int, base_id: int, *, fresh: bool) -> Knowledge:
        copy = self._copies.setdefault((organization_id, base_id), _Copy())
        if copy.seen < copy.changes:
            if copy.building is None:
                copy.building = asyncio.create_task(self._rebuild(platform, (organization_id, base_id), copy))
            if fresh or copy.known is None:
                await asyncio.shield(copy.building)
        return copy.known or _NOTHING

    async def _rebuild(self, platform: Platform, key: Key, copy: _Copy) -> None:
        """Until nothing has changed while it was read."""
        try:
            await platform.bus.subscribed()
            while copy.seen < copy.changes:
                changes = copy.changes
                copy.known = await _build(platform, key, copy.known or _NOTHING)
                copy.seen = changes
        finally:
            copy.building = None

    def _stale(self, event: KnowledgeChanged) -> None:
        copy = self._copies.get((event.organization_id, event.knowledge_base_id))
        if copy is not None:
            copy.changes += 1

    def _all_stale(self) -> None:
        for copy in self._copies.values():
            copy.changes += 1


async def _build(platform: Platform, key: Key, before: Knowledge) -> Knowledge:
    organization_id, base_id = key
    found = await platform.database.read(
        organization_id, lambda reader: rows.find_all(reader, organization_id, base_id)
    )
    indexes: dict[str, Index] = {}
    features: dict[str, dict[str, Features]] = {}
    for language in LANGUAGES:
        builder = IndexBuilder(language, known=before.features.get(language))
        for number, question in enumerate(question for question in found if question.language == language):
            if number % _STEP == 0:
                await asyncio.sleep(0)
            if question.enabled:
                builder.add(question.id, (question.question, *question.similar), question.answer)
        for built in builder.finish():
            await asyncio.sleep(0)
            if built is not None:
                indexes[language] = built
        features[language] = builder.features
    return Knowledge({question.id: question for question in found}, indexes, features)


_libraries: Final[WeakKeyDictionary[Bus, Library]] = WeakKeyDictionary()


async def knowledge_of(
    platform: Platform, organization_id: int, base_id: int, *, fresh: bool = False
) -> Knowledge:
    """What a knowledge base holds. With `fresh`, never from before the last change that was committed here."""
    library = _libraries.get(platform.bus)
    if library is None:
        library = _libraries[platform.bus] = Library(platform.bus)
    return await library.get(platform, organization_id, base_id, fresh=fresh)
