"""SQLite's checkpoints, off the thread that commits: nobody's message waits for megabytes to be copied.

Pages are committed to the write-ahead log and copied into the database file later. SQLite does the copying inside the
commit that made the log long, and whoever commits meanwhile waits for it. Here a thread with a connection of its own
copies while the writer goes on, again and again until little is left; that little the writer copies between two
groups. Only then is the whole log copied, and the next commit begins it anew: this is what bounds its length.
"""

import os
import threading
from contextlib import suppress
from typing import Final

import apsw
import structlog

logger = structlog.get_logger("frontdesk.database")

LONG: Final = 1_000
"""Pages of 4 KiB not copied yet at which copying begins. More would be copied at once, and be felt."""
SHORT: Final = 64
"""Pages that are left to the writer."""
LIMIT: Final = 8_000
"""Length of the log at which the writer is chased no longer and has to copy, too: that slows it down."""
_ROUNDS: Final = 8
_NICE: Final = 10
_PAUSE: Final = 1.0  # after a failure


class Checkpoints:
    """Watches the writing connection and copies with another one. `close` it before the writing connection."""

    def __init__(self, connection: apsw.Connection, writer: apsw.Connection) -> None:
        self._connection = connection
        self._pages = 0
        self._copied = 0
        self._closed = threading.Event()
        self._due = threading.Event()
        self._writers_turn = threading.Event()
        self._over = threading.Event()
        writer.set_wal_hook(self._committed)
        self._thread = threading.Thread(target=self._loop, name="database-checkpoint", daemon=True)
        self._thread.start()

    def finish(self, writer: apsw.Connection) -> None:
        """In the writer's thread, outside of a transaction: copy what is left, when it is the writer's turn."""
        if self._writers_turn.is_set():
            self._writers_turn.clear()
            self._copy(writer)
            self._over.set()

    def close(self) -> None:
        self._closed.set()
        self._due.set()
        self._over.set()
        self._thread.join()
        self._connection.close()

    def _committed(self, _writer: apsw.Connection, _name: str, pages: int) -> int:
        """After each commit, in the writer's thread: the log is now this long."""
        if pages < self._pages:
            self._copied = 0  # the log began anew
        self._pages = pages
        if pages - self._copied >= LONG:
            self._due.set()
        return apsw.SQLITE_OK

    def _loop(self) -> None:
        # Linux weighs threads one by one: where there is one core, messages come first.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while True:
            self._due.wait()
            self._due.clear()
            if self._closed.is_set():
                return
            if not self._copy_most():
                self._closed.wait(_PAUSE)
                continue
            self._over.clear()
            self._writers_turn.set()
            if not self._closed.is_set():
                self._over.wait()

    def _copy_most(self) -> bool:
        """Copy until little is left or the writer is not to be outrun; False when there is no copying now."""
        for _ in range(_ROUNDS):
            if not self._copy(self._connection):
                return False
            if self._pages - self._copied <= SHORT or self._pages >= LIMIT:
                break
        return True

    def _copy(self, connection: apsw.Connection) -> bool:
        """Copy what is committed and no reader still needs; False when the engine could not."""
        try:
            _, self._copied = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except apsw.Error as error:
            # Nothing is lost, the log only grows: it is tried again after a later commit.
            logger.warning("database.checkpoint.failed", reason=f"{type(error).__name__}: {error}")
            return False
        return True
