"""Writes into the history what devices do and see, and has every ack looked up at once by a witness."""

import asyncio
from collections.abc import Sequence

import asyncpg

from tests.chaos.history import Fail, Info, Invoke, Journal, Left, Line, Ok, Saw, Witnessed
from tests.kit.device import Device, Frame, Message

FLUSH = 0.1
"""Seconds in which what a client applies is gathered into one line."""


class Recorder:
    """The watcher of every device of a run."""

    def __init__(self, journal: Journal) -> None:
        self.acked: set[tuple[str, str]] = set()
        self.journal = journal
        self._unseen: list[str] = []
        self._news = asyncio.Event()
        self._applied: dict[tuple[str, str], tuple[float, float, int, list[str], bool]] = {}

    # ---- what devices tell -------------------------------------------------------------------------------------------

    def invoked(self, device: Device, message: Message) -> None:
        self.journal.write(
            Invoke(self.journal.now(), device.name, message.conversation, device.subject, message.client_id)
        )

    def answered(self, device: Device, frame: Frame) -> None:
        self.acked.add((frame["conversation"], frame["client_id"]))
        self._unseen.append(frame["id"])
        self._news.set()
        self.journal.write(
            Ok(
                self.journal.now(),
                device.name,
                frame["conversation"],
                device.subject,
                frame["client_id"],
                frame["id"],
                frame["seq"],
            )
        )

    def refused(self, device: Device, message: Message, code: str) -> None:
        self.journal.write(
            Fail(
                self.journal.now(), device.name, message.conversation, device.subject, message.client_id, code
            )
        )

    def unknown(self, device: Device, message: Message, reason: str) -> None:
        self.journal.write(
            Info(
                self.journal.now(),
                device.name,
                message.conversation,
                device.subject,
                message.client_id,
                reason,
            )
        )

    def applied(self, device: Device, conversation: str, entries: Sequence[Frame], *, anew: bool) -> None:
        key = device.name, conversation
        if anew:
            self._flush(key)
        first, ids, now = entries[0]["seq"], [entry["id"] for entry in entries], self.journal.now()
        began, _, start, held, was_anew = self._applied.get(key, (now, now, first, [], anew))
        held += ids
        self._applied[key] = (began, now, start, held, was_anew)

    def line(self, device: Device, *, up: bool, why: str) -> None:
        self.journal.write(Line(self.journal.now(), device.name, up, why))

    def left(self, device: Device, conversation: str) -> None:
        self._flush((device.name, conversation))
        self.journal.write(Left(self.journal.now(), device.name, conversation))

    # ---- lines that gather -------------------------------------------------------------------------------------------

    async def keep_writing(self) -> None:
        while True:
            await asyncio.sleep(FLUSH)
            self.flush(before=self.journal.now() - FLUSH)

    def flush(self, *, before: float = float("inf")) -> None:
        for key in [key for key, (began, *_) in self._applied.items() if began <= before]:
            self._flush(key)

    def _flush(self, key: tuple[str, str]) -> None:
        """One line, with the moment of the last of its entries: a client is never made faster than it was."""
        if (gathered := self._applied.pop(key, None)) is not None:
            _, last, first, ids, anew = gathered
            self.journal.write(Saw(last, *key, first, ids, anew))

    # ---- the witness -------------------------------------------------------------------------------------------------

    async def keep_looking(self, url: str) -> None:
        """Look up every ack by a connection of its own. Acks that come while the database is away are not looked up."""
        while True:
            try:
                connection = await asyncpg.connect(url, timeout=3)
            except (OSError, TimeoutError, asyncpg.PostgresError):
                self._unseen.clear()
                await asyncio.sleep(0.1)
                continue
            try:
                await self._look(connection)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                pass  # the database is away: another connection
            finally:
                connection.terminate()

    async def _look(self, connection: asyncpg.Connection) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            acked, self._unseen = self._unseen, []
            rows = await connection.fetch(
                "select id from entry where id = any($1::bigint[])", list(map(int, acked)), timeout=10
            )
            found = {str(row[0]) for row in rows}
            missing = [identity for identity in acked if identity not in found]
            self.journal.write(Witnessed(self.journal.now(), len(acked), missing))
