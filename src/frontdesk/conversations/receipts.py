"""Who has received and read how far. Pointers move forward only; they are written in batches, a few times a second."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.conversations.frames import ReceiptFrame, deliver_subject, publish_frame
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.database import EVERY_ORGANIZATION, Row
from frontdesk.platform.tasks import Tasks

INTERVAL: Final = 0.15
_MOVE_VISITOR: Final = """
update conversation set
    visitor_received = max(visitor_received, min(head, max(j.value ->> 3, j.value ->> 4))),
    visitor_read = max(visitor_read, min(head, j.value ->> 4))
from json_each($1) as j
where conversation.id = j.value ->> 0 and organization_id = j.value ->> 1 and contact_id = j.value ->> 2
returning conversation.id, organization_id, agent_id, visitor_received, visitor_read"""
_MOVE_AGENT: Final = """
update conversation set
    agent_received = max(agent_received, min(head, max(j.value ->> 3, j.value ->> 4))),
    agent_read = max(agent_read, min(head, j.value ->> 4))
from json_each($1) as j
where conversation.id = j.value ->> 0 and organization_id = j.value ->> 1 and agent_id = j.value ->> 2
returning conversation.id, organization_id, contact_id, agent_received, agent_read"""


class _Move(Struct):
    received: int = 0
    read: int = 0


class Receipts:
    """Gathers pointers and writes them. A pointer that is lost in a crash is sent again by the client's next one.

    A subject that is not the visitor or the agent of the conversation moves nothing.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._moves: dict[tuple[bool, int, int, int], _Move] = {}
        self._wake = asyncio.Event()

    def start(self, tasks: Tasks) -> None:
        tasks.run_forever("receipts", self._run)

    def record(self, subject: Subject, conversation_id: int, *, received: int = 0, read: int = 0) -> None:
        """Note that this subject's side has received and read up to these positions."""
        key = (subject.kind is SubjectKind.VISITOR, conversation_id, subject.organization_id, subject.id)
        move = self._moves.setdefault(key, _Move())
        move.received = max(move.received, received)
        move.read = max(move.read, read)
        self._wake.set()

    async def flush(self) -> None:
        """Write what was noted and tell the other side."""
        moves, self._moves = self._moves, {}
        visitor_rows, agent_rows = _rows(moves, visitors=True), _rows(moves, visitors=False)

        async def work(tx: Transaction) -> None:
            for side, statement, rows in (
                ("visitor", _MOVE_VISITOR, visitor_rows),
                ("agent", _MOVE_AGENT, agent_rows),
            ):
                if not rows:
                    continue
                moved = await tx.fetch(statement, msgspec.json.encode(rows).decode())
                tx.after_commit(partial(self._publish, side, moved))

        if moves:
            await self._platform.database.write(EVERY_ORGANIZATION, work)

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
