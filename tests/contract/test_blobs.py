"""What every blob store promises, against each adapter."""

import asyncio
from pathlib import Path

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import Blobs
from frontdesk.platform.blobs.local import LocalBlobs


@pytest.fixture(params=["local"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    match request.param:
        case "local":
            return LocalBlobs(tmp_path / "files")
        case name:
            raise AssertionError(name)


async def read(blobs: Blobs, key: str) -> bytes:
    return b"".join([chunk async for chunk in blobs.get(key)])


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 3_000_001])
async def test_gives_back_the_same_bytes_whatever_the_size(blobs: Blobs, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    await blobs.put("organization/7/original", data[:size])
    assert await read(blobs, "organization/7/original") == data[:size]


async def test_streams_large_files_in_parts(blobs: Blobs) -> None:
    await blobs.put("a/b", bytes(3_000_000))
    chunks = [chunk async for chunk in blobs.get("a/b")]
    assert len(chunks) > 1
    assert sum(map(len, chunks)) == 3_000_000


async def test_a_missing_key_is_not_found_before_the_first_chunk(blobs: Blobs) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await anext(aiter(blobs.get("a/missing")))
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_deleting_removes_and_deleting_again_is_no_error(blobs: Blobs) -> None:
    await blobs.put("a/b", b"here")
    await blobs.delete("a/b")
    await blobs.delete("a/b")
    with pytest.raises(FrontdeskError):
        await read(blobs, "a/b")


async def test_a_second_put_replaces_the_first_whole(blobs: Blobs) -> None:
    await blobs.put("a/b", bytes(100_000))
    await blobs.put("a/b", b"short")
    assert await read(blobs, "a/b") == b"short"


async def test_readers_never_see_half_of_a_file_while_it_is_replaced(blobs: Blobs) -> None:
    versions = [bytes([number]) * 500_000 for number in range(8)]
    await blobs.put("a/b", versions[0])

    async def write() -> None:
        for version in versions:
            await blobs.put("a/b", version)

    async def check() -> None:
        for _ in range(8):
            assert await read(blobs, "a/b") in versions

    await asyncio.gather(write(), check(), check())


async def test_what_was_put_is_there_when_the_store_is_opened_anew(tmp_path: Path) -> None:
    await LocalBlobs(tmp_path / "files").put("a/b", b"kept")
    assert await read(LocalBlobs(tmp_path / "files"), "a/b") == b"kept"


async def test_a_local_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    blobs = LocalBlobs(tmp_path / "files")
    for key in ("../secret", "a/../../secret", str(tmp_path / "secret")):
        with pytest.raises((FrontdeskError, ValueError)):
            await read(blobs, key)
