"""The data folder belongs to one process at a time."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from frontdesk.core.errors import ErrorKind, FrontdeskError, conflict

_LOCK: Final = "frontdesk.lock"


@contextmanager
def hold(folder: Path) -> Generator[None]:
    """Keep the folder for this process; make it, for this user only, when there is none.

    The lock is the operating system's: it ends with the block or with the process, however that ends.
    Raises at once a `conflict` error when another process has the folder, `unavailable` when it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(folder, error) from error
    try:
        _take(lock, folder)
        yield
    finally:
        os.close(lock)


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 20, 0).decode(errors="replace").strip()
        raise conflict(
            "platform.folder-in-use",
            f"The data folder {folder} is in use by another Frontdesk process{holder and f' ({holder})'}.",
            hint="Stop it first, or choose another folder with storage.path.",
        ) from error
    except OSError as error:
        raise _unusable(folder, error) from error
    with suppress(OSError):  # who holds it is said for people only
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)


def _unusable(folder: Path, error: OSError) -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "platform.folder",
        f"The data folder {folder} cannot be used: {error.strerror}.",
        hint="Check storage.path, and that this user may write there.",
    )
