"""A customer's answer opens the tickets again that wait for them.

`Answers` follows the log. Reading a line twice does no harm: a ticket is opened only if its state has not been changed
since the answer, and so the position is moved once everything that it tells of is written down. Where no ticket waits
nothing but the lines themselves is read.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, structs

from frontdesk.contacts import parts_of_in
from frontdesk.conversations import EntryKind, Line, Position, end_of_log, entry_at_in, get_in, lines_after
from frontdesk.core.subject import SubjectKind, system_subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks
from frontdesk.tickets import store_position, store_tickets
from frontdesk.tickets.telling import announce, note_in
from frontdesk.tickets.ticket_types import NOBODY, Deed, DeedKind, Ticket, TicketState
from frontdesk.tickets.ticket_views import view_in

BATCH: Final = 64
IDLE: Final = 0.25


class _Part(Struct, frozen=True):
    before: Position
    after: Position
    answers: Sequence[Line]
    more: bool


class Answers:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def start(self, tasks: Tasks) -> None:
        """Run in one of the processes that start it: the one that holds the lease `tickets`."""
        self._platform.leases.lead(tasks, "tickets", self.run)

    async def run(self) -> None:
        """Run for ever; when behind, use at most half of the time, so that messages come first."""
        monotonic = self._platform.clock.monotonic
        while True:
            begun = monotonic()
            more = await self.follow()
            await asyncio.sleep(max(0.001, monotonic() - begun) if more else IDLE)

    async def follow(self) -> bool:
        """Go on by one part of the log, the first time from its end; True when there may be more."""
        database = self._platform.database
        part = await database.read(EVERY_ORGANIZATION, self._next_part)
        if part is None:
            await database.write(EVERY_ORGANIZATION, self._begin)
            return False
        for line in part.answers:
            await database.write(line.organization_id, lambda tx, line=line: self._open_in(tx, line))
        if part.after != part.before:
            await database.write(
                EVERY_ORGANIZATION, lambda tx: store_position.advance(tx, part.before, part.after)
            )
        return part.more

    async def _begin(self, tx: Transaction) -> None:
        await store_position.begin(tx, await end_of_log(self._platform, tx))

    async def _next_part(self, reader: Reader) -> _Part | None:
        before = await store_position.position(reader)
        if before is None:
            return None
        lines, after = await lines_after(self._platform, reader, before, limit=BATCH)
        said = [line for line in lines if line.kind is EntryKind.MESSAGE]
        waiting = await store_tickets.where_some_wait(reader, {line.organization_id for line in said})
        answers = [
            line for line in said if line.organization_id in waiting and await _waiting_for(reader, line)
        ]
        return _Part(before, after, answers, more=len(lines) >= BATCH)

    async def _open_in(self, tx: Transaction, line: Line) -> None:
        platform, organization_id = self._platform, line.organization_id
        for waiting in await _waiting_for(tx, line):
            now = platform.clock.now()
            ticket = structs.replace(
                waiting, state=TicketState.OPEN, version=waiting.version + 1, changed_at=now
            )
            await store_tickets.update(tx, organization_id, ticket)
            deed = Deed(
                platform.ids.new(), ticket.id, NOBODY, now, DeedKind.STATE, waiting.state, ticket.state
            )
            await store_tickets.insert_deed(tx, organization_id, deed)
            await note_in(platform, tx, system_subject(organization_id), ticket, "answered")
            view = await view_in(tx, organization_id, ticket)
            await announce(platform, tx, organization_id, "ticket.changed", view)


async def _waiting_for(reader: Reader, line: Line) -> Sequence[Ticket]:
    """The tickets that waited for this, when a customer said it: those of the conversation, and of whoever said it."""
    organization_id = line.organization_id
    entry = await entry_at_in(reader, organization_id, line.conversation_id, line.seq)
    if entry is None or entry.sender.kind is not SubjectKind.VISITOR:
        return ()
    conversation = await get_in(reader, organization_id, line.conversation_id)
    whose = await parts_of_in(reader, organization_id, conversation.contact_id)
    return await store_tickets.waiting_since(reader, organization_id, conversation.id, whose, line.at)
