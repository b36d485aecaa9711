"""The blob port: bytes under keys that we make. Keys are never built from what a person typed."""

from collections.abc import AsyncIterator
from typing import Protocol


class Blobs(Protocol):
    """Keeps files. A key is written once and never changed; `get` after `put` returns the same bytes, in any process.

    Everything here raises `platform.blobs-unavailable` within half a minute when the store does not do it.
    """

    async def put(self, key: str, data: bytes) -> None:
        """Return once the bytes are durable. A second put of the same key replaces it whole, never in part."""
        ...

    def get(self, key: str) -> AsyncIterator[bytes]:
        """Stream the bytes. Raises a `not_found` error before the first chunk when the key does not exist."""
        ...

    async def delete(self, key: str) -> None:
        """Remove the bytes; removing what is not there is no error."""
        ...
