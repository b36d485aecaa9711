"""Who has received and read how far. Pointers move forward only; they are written in batches, a few times a second."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.auth import Permission
from frontdesk.conversations.frames import ReceiptFrame, deliver_subject, publish_frame
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.database import EVERY_ORGANIZATION, Row
from frontdesk.platform.tasks import Tasks

INTERVAL: Final = 0.15
_MOVE: Final = {
    "sqlite": """
update conversation set
    {side}_received = max({side}_received, min(head, max(j.value ->> 3, j.value ->> 4))),
    {side}_read = max({side}_read, min(head, j.value ->> 4))
from json_each($1) as j
where conversation.id = j.value ->> 0 and organization_id = j.value ->> 1 and {whose} = j.value ->> 2
returning conversation.id, organization_id, {other}, {side}_received, {side}_read""",
    # The rows are locked in the order of their ids, as appending does, so that neither waits for the other in a circle.
    "postgres": """
with move as (
    select (value ->> 0)::bigint as id, (value ->> 1)::bigint as organization_id, (value ->> 2)::bigint as whose,
        (value ->> 3)::numeric as received, (value ->> 4)::numeric as read
    from json_array_elements(cast($1 as json))
), locked as materialized (
    select id from conversation where id in (select id from move) order by id for no key update
)
update conversation set
    {side}_received = greatest({side}_received, least(head, greatest(move.received, move.read))::bigint),
    {side}_read = greatest({side}_read, least(head, move.read)::bigint)
from move join locked on locked.id = move.id
where conversation.id = locked.id and conversation.organization_id = move.organization_id
    and conversation.{whose} = move.whose
returning conversation.id, conversation.organization_id, {other}, {side}_received, {side}_read""",
}


class _Move(Struct):
    received: int = 0
    read: int = 0


class Receipts:
    """Gathers pointers and writes them. A pointer that is lost in a crash is sent again by the client's next one.

    A subject that is not the visitor or the agent of the conversation moves nothing, nor does one that may not read it.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._moves: dict[tuple[bool, int, int, int], _Move] = {}
        self._wake = asyncio.Event()

    def start(self, tasks: Tasks) -> None:
        tasks.run_forever("receipts", self._run)

    def record(self, subject: Subject, conversation_id: int, *, received: int = 0, read: int = 0) -> None:
        """Note that this subject's side has received and read up to these positions."""
        if subject.kind is SubjectKind.AGENT and not subject.may(Permission.CONVERSATION_READ_OWN):
            return
        key = (subject.kind is SubjectKind.VISITOR, conversation_id, subject.organization_id, subject.id)
        move = self._moves.setdefault(key, _Move())
        move.received = max(move.received, received)
        move.read = max(move.read, read)
        self._wake.set()

    async def flush(self) -> None:
        """Write what was noted and tell the other side."""
        moves, self._moves = self._moves, {}
        visitor_rows, agent_rows = _rows(moves, visitors=True), _rows(moves, visitors=False)
        move = _MOVE[self._platform.database.engine]
        of_visitors = move.format(side="visitor", whose="contact_id", other="agent_id")
        of_agents = move.format(side="agent", whose="agent_id", other="contact_id")

        async def work(tx: Transaction) -> None:
            for side, statement, rows in (
                ("visitor", of_visitors, visitor_rows),
                ("agent", of_agents, agent_rows),
            ):
                if not rows:
                    continue
                moved = await tx.fetch(statement, msgspec.json.encode(rows).decode())
                tx.after_commit(partial(self._publish, side, moved))

        if moves:
            await self._platform.database.write(EVERY_ORGANIZATION, work, serial=False)

    def _publish(self, side: str, moved: Sequence[Row]) -> None:
        for conversation_id, organization_id, other, received, read in moved:
            if other is not None:
                frame = ReceiptFrame(str(conversation_id), side, received, read)
                publish_frame(self._platform.bus, deliver_subject(organization_id, other), frame)

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(INTERVAL)
            self._wake.clear()
            await self.flush()


def _rows(
    moves: dict[tuple[bool, int, int, int], _Move], *, visitors: bool
) -> list[tuple[int, int, int, int, int]]:
    return [
        (conversation_id, organization_id, principal_id, move.received, move.read)
        for (visitor, conversation_id, organization_id, principal_id), move in moves.items()
        if visitor is visitors
    ]
