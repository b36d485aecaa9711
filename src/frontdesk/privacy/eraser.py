"""The worker that erases: what was asked for, file by file what is doomed, and what channels keep no longer.

Each step is one unit of work that notes how far it came. One process does it, by a lease; a second one for a moment (a
holder that was paused) finds nothing to do where the first has been.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog
from msgspec import structs

from frontdesk.audit import Action, Target, record_in
from frontdesk.conversations import (
    Conversation,
    closed_of_channel_in,
    erase_in,
    first_to_erase_in,
    get_in,
    settle_index,
)
from frontdesk.core.subject import SubjectKind, system_subject
from frontdesk.desk import forget_desk_in, forget_file_in, needless_files, reply_files_in
from frontdesk.dispatch import close_in
from frontdesk.media import of_uploader_in, remove, visitors_files_in
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks
from frontdesk.privacy import store
from frontdesk.privacy.types import DAY, ERASURE_ASKED, Erasure, Retention
from frontdesk.quality import forget_remarks_in
from frontdesk.webhooks import forget_answers_in

BATCH: Final = 200
"""Entries in one unit: it holds the writer, and messages on their way wait for it."""
SWEEP_S: Final = 600.0
"""How often channels are looked at for what they keep no longer."""
_LOOK_S: Final = 5.0  # news of a new one may be lost
_FILES: Final = 50
_CONVERSATIONS: Final = 20
logger = structlog.get_logger("frontdesk.privacy")


class Eraser:
    """Does what `asking.py` and `keeping.py` have promised."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._swept: float | None = None

    def start(self, tasks: Tasks) -> None:
        """Run in one of the processes that start it: the one that holds the lease `privacy`."""
        self._platform.leases.lead(tasks, "privacy", self.run)

    async def run(self) -> None:
        """Run for ever; woken by who asks."""
        asked = asyncio.Event()
        stop = ERASURE_ASKED.subscribe(self._platform.bus, lambda _event: asked.set())
        try:
            while True:
                asked.clear()
                await self.settle()
                await self._sweep_when_due()
                with suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_S):
                        await asked.wait()
        finally:
            stop()

    async def settle(self) -> None:
        """Finish every erasure that was asked for before the call."""
        for erasure in await self._platform.database.read(EVERY_ORGANIZATION, store.running):
            while await self.advance(erasure.organization_id, erasure.id):
                pass

    async def advance(self, organization_id: int, erasure_id: int) -> bool:
        """One unit of an erasure; True when there is more. A finished one stays as it is."""

        async def work(tx: Transaction) -> Erasure | None:
            erasure = await store.find(tx, organization_id, erasure_id)
            if erasure is None or erasure.finished_at is not None:
                return None
            conversation = await self._current(tx, erasure)
            if conversation is None:
                return erasure
            await self._erase_some(tx, erasure, conversation)
            return structs.replace(erasure, conversation_id=conversation.id)

        erasure = await self._platform.database.write(organization_id, work)
        if erasure is None:
            return False
        if erasure.conversation_id:
            return True
        return await self._finish(erasure)

    async def sweep(self) -> int:
        """Erase what channels keep no longer, and files of saved replies that nothing needs any more; returns how many
        conversations.
        """
        erased = 0
        for kept in await self._platform.database.read(EVERY_ORGANIZATION, store.retentions):
            while found := await self._outlived(kept):
                for conversation in found:
                    await self._erase_outlived(kept, conversation)
                erased += len(found)
                last = found[-1]
                kept = structs.replace(kept, reached=(last.closed_at or 0, last.id))  # noqa: PLW2901 - the same channel, further on
        await self._doom_needless()
        await self._remove_files()
        if erased:
            await settle_index(self._platform)
            logger.info("privacy.retention.erased", conversations=erased)
        return erased

    async def _sweep_when_due(self) -> None:
        now = self._platform.clock.monotonic()
        if self._swept is None or now - self._swept >= SWEEP_S:
            await self.sweep()
            self._swept = now

    # ---- a contact's -----------------------------------------------------------------------------------------------

    @staticmethod
    async def _current(tx: Transaction, erasure: Erasure) -> Conversation | None:
        """The conversation that is being erased, else the next one. Merged ones came along under another contact's id."""
        if erasure.conversation_id:
            return await get_in(tx, erasure.organization_id, erasure.conversation_id)
        return await first_to_erase_in(tx, erasure.organization_id, erasure.parts)

    async def _erase_some(self, tx: Transaction, erasure: Erasure, conversation: Conversation) -> None:
        if conversation.is_open:  # a message that was on its way opened it again
            system = system_subject(erasure.organization_id)
            await close_in(self._platform, tx, system, conversation, reason="erasing")
            return
        seq = await self._erase_batch(
            tx, conversation, after=erasure.seq if erasure.conversation_id else 0, erasure_id=erasure.id
        )
        if seq is not None:
            await store.update(tx, structs.replace(erasure, conversation_id=conversation.id, seq=seq))
        else:
            await store.update(tx, structs.replace(erasure, conversation_id=0, seq=0, done=erasure.done + 1))

    async def _finish(self, erasure: Erasure) -> bool:
        """Files, index, and the end; True when something came in between."""
        organization_id = erasure.organization_id

        async def doom(tx: Transaction) -> bool:
            found: list[int] = []
            for part in erasure.parts:
                found += await of_uploader_in(tx, organization_id, SubjectKind.VISITOR, part, limit=_FILES)
            await store.doom(tx, organization_id, erasure.id, found)
            return bool(found)

        while await self._platform.database.write(organization_id, doom):
            await self._remove_files()
        await self._remove_files()
        await settle_index(self._platform)

        async def end(tx: Transaction) -> bool:
            current = await store.find(tx, organization_id, erasure.id)
            if current is None or current.finished_at is not None:
                return False
            if await store.is_doomed(tx, erasure.id):
                return True
            if await first_to_erase_in(tx, organization_id, current.parts) is not None:
                return True
            await store.update(tx, structs.replace(current, finished_at=self._platform.clock.now()))
            await record_in(
                self._platform, tx, system_subject(organization_id), Action.CONTACT_ERASED,
                Target("contact", current.contact_id), conversations=current.done, files=current.files,
            )  # fmt: skip
            return False

        return await self._platform.database.write(organization_id, end)

    # ---- a channel's -----------------------------------------------------------------------------------------------

    async def _outlived(self, kept: Retention) -> list[Conversation]:
        before = self._platform.clock.now() - kept.days * DAY

        async def read(reader: Reader) -> list[Conversation]:
            return await closed_of_channel_in(
                reader, kept.organization_id, kept.channel_id, after=kept.reached, before=before,
                limit=_CONVERSATIONS,
            )  # fmt: skip

        return await self._platform.database.read(kept.organization_id, read)

    async def _erase_outlived(self, kept: Retention, conversation: Conversation) -> None:
        seq: int | None = 0
        while seq is not None:
            seq = await self._platform.database.write(
                kept.organization_id, self._outlived_batch(kept, conversation, seq)
            )

    def _outlived_batch(
        self, kept: Retention, conversation: Conversation, after: int
    ) -> Callable[[Transaction], Awaitable[int | None]]:
        async def work(tx: Transaction) -> int | None:
            current = await get_in(tx, kept.organization_id, conversation.id)
            seq = None
            if current.closed_at == conversation.closed_at:  # else it was opened again meanwhile
                seq = await self._erase_batch(tx, current, after=after, erasure_id=0)
            if seq is None:
                to = (conversation.closed_at or 0, conversation.id)
                await store.reach(tx, kept.organization_id, kept.channel_id, to)
            return seq

        return work

    # ---- both ------------------------------------------------------------------------------------------------------

    async def _erase_batch(
        self, tx: Transaction, conversation: Conversation, *, after: int, erasure_id: int
    ) -> int | None:
        """Returns where to go on, None at the end. What was sent in the conversation is doomed with it.

        Not so what staff had uploaded before: it is a file of theirs, which they may send to others too. Ids tell. Nor
        what was sent from a saved reply.
        """
        organization_id = conversation.organization_id
        batch = await erase_in(self._platform, tx, organization_id, conversation.id, after=after, limit=BATCH)
        visitors = await visitors_files_in(tx, organization_id, batch.media)
        kept = await reply_files_in(tx, organization_id, batch.media)
        sent = {media for media in batch.media if media > conversation.id} | visitors
        gone = sorted(sent - kept)
        await store.doom(tx, organization_id, erasure_id, gone)
        if batch.after is None:
            await forget_answers_in(tx, organization_id, conversation.id)
            await forget_desk_in(tx, organization_id, conversation.id)
            await forget_remarks_in(tx, organization_id, conversation.id)
        return batch.after

    async def _doom_needless(self) -> None:
        """What no saved reply holds and no conversation has any more."""
        database = self._platform.database
        while found := await database.read(
            EVERY_ORGANIZATION, lambda reader: needless_files(reader, limit=_FILES)
        ):
            for organization_id, media_id in found:
                await database.write(organization_id, _dooming(organization_id, media_id))

    async def _remove_files(self) -> None:
        """Remove the bytes of what is doomed, of whichever organization."""
        database = self._platform.database
        while found := await database.read(
            EVERY_ORGANIZATION, lambda reader: store.doomed(reader, limit=_FILES)
        ):
            for organization_id, media_id, erasure_id in found:
                await remove(self._platform, organization_id, media_id)
                await database.write(organization_id, _counting(organization_id, erasure_id, media_id))


def _counting(
    organization_id: int, erasure_id: int, media_id: int
) -> Callable[[Transaction], Awaitable[None]]:
    async def work(tx: Transaction) -> None:
        await store.count_file(tx, organization_id, erasure_id, media_id)

    return work


def _dooming(organization_id: int, media_id: int) -> Callable[[Transaction], Awaitable[None]]:
    async def work(tx: Transaction) -> None:
        await forget_file_in(tx, organization_id, media_id)
        await store.doom(tx, organization_id, 0, [media_id])

    return work
