"""Files in a folder, by obstore's local store: written beside and renamed, so that no reader sees half of one."""

import asyncio
import os
from pathlib import Path

from obstore.store import LocalStore
from typing_extensions import override

from frontdesk.platform.blobs.objects import ObjectBlobs


class LocalBlobs(ObjectBlobs):
    """Keeps files under a folder that only this user may enter."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder.resolve()
        super().__init__(LocalStore(self._folder))

    @override
    async def _settle(self, key: str) -> None:
        await asyncio.to_thread(self._flush, key)

    def _flush(self, key: str) -> None:
        """The store does not: the file's bytes, then the names of the folders on the way to it."""
        path = self._folder / key
        _sync(path)
        for folder in path.parents:
            _sync(folder)
            if folder == self._folder:
                break


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
