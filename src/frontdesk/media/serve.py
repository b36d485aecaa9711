"""The answer that carries a file: whatever it holds, it cannot act as a page of ours."""

from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import quote

from litestar.response import Stream

from frontdesk.media.types import OpenedMedia

_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-site",
}


async def serve(file: OpenedMedia, *, cache: str) -> Stream:
    """Pictures are shown, everything else is downloaded. Raises `not_found` before anything is sent."""
    chunks = aiter(file.chunks)
    first = await anext(chunks, b"")
    disposition = "inline" if file.inline else "attachment"
    headers = {
        **_HEADERS,
        "content-length": str(file.size),
        "content-disposition": f"{disposition}; filename*=UTF-8''{quote(file.name, safe='')}",
        "cache-control": cache,
    }
    return Stream(_joined(first, chunks), headers=headers, media_type=file.mime)


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk
