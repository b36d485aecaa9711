"""Blobs by obstore, whatever store is behind it: what the adapters share."""

from collections.abc import AsyncIterator
from typing import Final

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from frontdesk.core.errors import ErrorKind, FrontdeskError, not_found

logger = structlog.get_logger("frontdesk.blobs")
_CHUNK: Final = 256 * 1024


class ObjectBlobs:
    """Keeps files in an object store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, data: bytes) -> None:
        try:
            await obstore.put_async(self._store, key, data, use_multipart=False)
            await self._settle(key)
        except (OSError, BaseError) as error:
            logger.exception("blobs.put.failed")
            raise _unavailable("stored") from error

    async def get(self, key: str) -> AsyncIterator[bytes]:
        try:
            found = await obstore.get_async(self._store, key)
            async for chunk in found.stream(min_chunk_size=_CHUNK):
                yield bytes(chunk)
        except FileNotFoundError as error:
            raise not_found("file") from error
        except (OSError, BaseError) as error:
            logger.exception("blobs.get.failed")
            raise _unavailable("read") from error

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return
        except (OSError, BaseError) as error:
            logger.exception("blobs.delete.failed")
            raise _unavailable("removed") from error

    async def _settle(self, key: str) -> None:
        """Whatever else it takes until the bytes are durable; nothing where the store's answer says so."""


def _unavailable(what: str) -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "platform.blobs-unavailable",
        f"The file could not be {what}.",
        hint="Try again in a moment. The reason is in the server's log.",
        retry_after=2,
    )
