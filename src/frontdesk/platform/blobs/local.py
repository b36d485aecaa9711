"""Files in a folder, by obstore's local store: written beside and renamed, so that no reader sees half of one."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore

from frontdesk.core.errors import ErrorKind, FrontdeskError, not_found

logger = structlog.get_logger("frontdesk.blobs")
_CHUNK: Final = 256 * 1024


class LocalBlobs:
    """Keeps files under a folder that only this user may enter."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder.resolve()
        self._store = LocalStore(self._folder)

    async def put(self, key: str, data: bytes) -> None:
        try:
            await obstore.put_async(self._store, key, data, use_multipart=False)
            await asyncio.to_thread(self._flush, key)
        except (OSError, BaseError) as error:
            logger.exception("blobs.put.failed")
            raise _unavailable() from error

    async def get(self, key: str) -> AsyncIterator[bytes]:
        try:
            found = await obstore.get_async(self._store, key)
        except FileNotFoundError as error:
            raise not_found("file") from error
        async for chunk in found.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return

    def _flush(self, key: str) -> None:
        """The store does not: the file's bytes, then the names of the folders on the way to it."""
        path = self._folder / key
        _sync(path)
        for folder in path.parents:
            _sync(folder)
            if folder == self._folder:
                break


def _unavailable() -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "platform.blobs-unavailable",
        "The file could not be stored.",
        hint="Try again in a moment. The reason is in the server's log.",
        retry_after=2,
    )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
