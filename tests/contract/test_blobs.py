"""What every blob store promises, against each adapter."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import Blobs
from frontdesk.platform.blobs.local import LocalBlobs
from frontdesk.platform.blobs.s3 import S3Blobs
from tests.kit.s3 import S3Server, running_s3
from tests.kit.server import free_port

pytestmark = pytest.mark.xdist_group("s3")


@pytest.fixture(params=["local", "s3"])
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with running_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def opening(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Blobs]:
    """How to open the store of a test, once or again."""
    match engine:
        case "local":
            return lambda: LocalBlobs(tmp_path / "files")
        case "s3":
            server: S3Server = request.getfixturevalue("s3")
            return lambda: server.blobs(tmp_path.name)
        case name:
            raise AssertionError(name)


@pytest.fixture
def blobs(opening: Callable[[], Blobs]) -> Blobs:
    return opening()


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


async def test_what_was_put_is_there_when_the_store_is_opened_anew(opening: Callable[[], Blobs]) -> None:
    await opening().put("a/b", b"kept")
    assert await read(opening(), "a/b") == b"kept"


async def test_a_local_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    blobs = LocalBlobs(tmp_path / "files")
    for key in ("../secret", "a/../../secret", str(tmp_path / "secret")):
        with pytest.raises((FrontdeskError, ValueError)):
            await read(blobs, key)


async def refused(work: Awaitable[object]) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await work
    assert (caught.value.kind, caught.value.code) == (ErrorKind.UNAVAILABLE, "platform.blobs-unavailable")
    assert caught.value.retry_after is not None


async def test_a_store_that_cannot_be_reached_is_unavailable_whatever_is_asked() -> None:
    gone = S3Blobs(
        "s3://frontdesk/gone",
        endpoint=f"http://127.0.0.1:{free_port()}",
        region="us-east-1",
        access_key="test-key",
        secret_key="test-secret",
    )
    await asyncio.gather(
        refused(gone.put("a/b", b"x")), refused(read(gone, "a/b")), refused(gone.delete("a/b"))
    )


async def test_a_store_that_does_not_know_us_is_unavailable_and_nothing_is_kept(s3: S3Server) -> None:
    stranger = s3.blobs("stranger", secret_key="wrong")
    await refused(stranger.put("a/b", b"x"))
    await refused(read(stranger, "a/b"))
    with pytest.raises(FrontdeskError) as caught:
        await read(s3.blobs("stranger"), "a/b")
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_prefixes_of_one_bucket_do_not_see_each_other(s3: S3Server) -> None:
    await s3.blobs("one").put("a/b", b"one")
    await s3.blobs("two/deep").put("a/b", b"two")
    assert await read(s3.blobs("one"), "a/b") == b"one"
    assert await read(s3.blobs("two/deep"), "a/b") == b"two"


async def test_a_local_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "files")
    (tmp_path / "files" / "a").write_bytes(b"a file where a folder should be")
    await refused(blobs.put("a/b", b"x"))


@pytest.mark.parametrize(
    "url", ["bucket", "https://bucket/prefix", "s3://", "s3:///prefix", "s3://bucket?x=1"]
)
def test_an_address_that_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        S3Blobs(url, endpoint="", region="", access_key="", secret_key="")
    assert caught.value.kind is ErrorKind.INVALID
