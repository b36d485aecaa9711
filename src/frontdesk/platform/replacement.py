"""Replacing what is in the data folder, so that a power cut leaves the old contents or the new ones, never a mixture.

    restoring.partial/   being filled; of no meaning yet
          │  renamed when complete: from here on the new contents count
          ▼
    restoring/           the old contents go to before-restore/, one by one
          │  renamed when they have gone
          ▼
    restoring.last/      the new ones move into place, one by one
          │
          ▼
    gone                 done; before-restore/ stays until somebody removes it

Whoever opens the folder next finishes what was begun. All of this is for the process that holds the folder.
"""

import os
import shutil
from pathlib import Path
from typing import Final

from frontdesk.core.errors import conflict

# The database comes last, and its journal goes first: a journal of another file must never lie beside it.
_CONTENTS: Final = ("frontdesk.db-wal", "frontdesk.db-shm", "files", "frontdesk.db")
_PARTIAL: Final = "restoring.partial"
_READY: Final = "restoring"
_LAST: Final = "restoring.last"
FORMER: Final = "before-restore"


def begin(folder: Path) -> Path:
    """An empty place for the new contents; what an attempt before left there is removed.

    Raises a `conflict` error while the contents that the last replacement put aside are still there.
    """
    if (folder / FORMER).exists():
        raise conflict(
            "platform.former-data",
            f"The data from before the last restore are still in {folder / FORMER}.",
            hint="Move them away, or remove them, then try again.",
        )
    partial = folder / _PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    return partial


def abandon(folder: Path) -> None:
    """Forget new contents that turned out to be no good."""
    shutil.rmtree(folder / _PARTIAL, ignore_errors=True)


def put_in_place(folder: Path) -> None:
    """Let the new contents take the place of the old ones."""
    _flush(folder / _PARTIAL)
    (folder / _PARTIAL).rename(folder / _READY)
    _flush(folder)
    finish(folder)


def finish(folder: Path) -> None:
    """Go on with a replacement that was cut off after its new contents were complete; without one, do nothing."""
    ready, last, former = folder / _READY, folder / _LAST, folder / FORMER
    if ready.is_dir():
        for name in _CONTENTS:
            if (folder / name).exists():
                former.mkdir(mode=0o700, exist_ok=True)
                (folder / name).rename(former / name)
                _flush(former)
        ready.rename(last)
        _flush(folder)
    if last.is_dir():
        for name in _CONTENTS:
            if (last / name).exists():
                (last / name).rename(folder / name)
        _flush(folder)
        last.rmdir()
        _flush(folder)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
