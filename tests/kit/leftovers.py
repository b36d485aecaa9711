"""Temporary folders of servers, and clearing away those of runs that were killed.

Whoever makes a folder holds a lock in it, which ends with its process, however that ends. A folder is left over when nobody
holds its lock and no process works in it. One without a lock is somebody else's.
"""

import fcntl
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_CLAIM = "claim"


def claimed_folder(prefix: str) -> tuple[Path, BinaryIO]:
    """A new temporary folder, and what claims it: for as long as that is open."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    claim = (folder / f".{_CLAIM}").open("wb")
    fcntl.flock(claim, fcntl.LOCK_EX)
    (folder / f".{_CLAIM}").rename(folder / _CLAIM)  # nobody ever sees it without its lock
    return folder, claim


def clear_leftovers(prefix: str) -> None:
    """Remove the folders with this prefix that are left over. Several at once do not get in each other's way."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError), (folder / _CLAIM).open("rb") as claim:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _somebody_works_in(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _somebody_works_in(folder: Path) -> bool:
    """A server that outlives who started it works in its folder of data until it has ended."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile, or another user's
            if (process / "cwd").readlink().is_relative_to(folder):
                return True
    return False
