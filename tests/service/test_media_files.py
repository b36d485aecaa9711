"""Sending and reading files: limits, who may attach, and addresses that cannot be forged."""

import asyncio
import dataclasses
import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest

from frontdesk.auth import create_organization
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.media import MediaKind, describe_in, open_picture, sign_thumbnail_url, sign_url, upload
from frontdesk.media.routes import ROUTES
from frontdesk.media.upload import VISITOR_FILES
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from tests.service import auth_world
from tests.service import media_files as files
from tests.service.auth_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client(ROUTES) as client:
        yield client


@pytest.fixture
def agent(world: World) -> Subject:
    return Subject(world.organization, SubjectKind.AGENT, world.ada, role=Role.ADMINISTRATOR)


@pytest.fixture
def visitor(world: World) -> Subject:
    return Subject(world.organization, SubjectKind.VISITOR, 77)


async def headers_of(world: World) -> dict[str, str]:
    return {"authorization": f"Bearer {await world.visitor_token(77)}"}


async def test_a_picture_is_sent_and_read_back(world: World, http: httpx.AsyncClient) -> None:
    form = {"file": ("../my photo.jpg", files.jpeg_with_metadata(), "text/html")}
    answer = await http.post("/v1/media", files=form, headers=await headers_of(world))
    assert answer.status_code == 201
    body = answer.json()
    assert (body["kind"], body["name"], body["mime"]) == ("image", "my photo.jpg", "image/jpeg")
    assert (body["width"], body["height"]) == (20, 40)
    original, thumbnail = await http.get(body["url"]), await http.get(body["thumbnail_url"])
    assert len(original.content) == body["size"]
    assert (original.headers["content-type"], thumbnail.headers["content-type"]) == (
        "image/jpeg",
        "image/webp",
    )
    assert original.headers["content-disposition"].startswith("inline")


async def test_a_file_is_downloaded_and_can_never_run(world: World, http: httpx.AsyncClient) -> None:
    form = {"file": ("报价 单.pdf", files.PDF, "image/png")}
    body = (await http.post("/v1/media", files=form, headers=await headers_of(world))).json()
    assert (body["kind"], body["name"], body["mime"]) == ("file", "报价 单.pdf", "application/pdf")
    assert "width" not in body
    assert "thumbnail_url" not in body
    answer = await http.get(body["url"])
    assert answer.content == files.PDF
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%E5%8D%95.pdf"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-length"] == str(len(files.PDF))


async def test_nobody_uploads_without_a_token(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/media", files={"file": ("a.pdf", files.PDF)})
    assert answer.status_code == 401


async def test_a_refused_file_says_why(world: World, http: httpx.AsyncClient) -> None:
    form = {"file": ("a.png", b"<!DOCTYPE html><script>alert(1)</script>", "image/png")}
    answer = await http.post("/v1/media", files=form, headers=await headers_of(world))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "media.type")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"rubbish", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut", "multipart/form-data; boundary=x"),
    ],
)  # fmt: skip
async def test_what_is_no_form_with_a_file_is_refused(
    world: World, http: httpx.AsyncClient, content: bytes, kind: str
) -> None:
    headers = {**await headers_of(world), "content-type": kind}
    answer = await http.post("/v1/media", content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"]["kind"]) == (400, "invalid")


def limited(world: World, limit: int) -> World:
    config = world.platform.config
    storage = msgspec.structs.replace(config.storage, max_upload=limit)
    old = world.platform
    config = msgspec.structs.replace(config, storage=storage)
    platform = dataclasses.replace(old, config=config)
    return World(platform, world.keys, world.authenticator, world.organization, world.ada)


async def test_an_upload_that_announces_too_much_is_refused_before_it_is_read(world: World) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 10_000
            yield bytes(10_000)

    headers = {
        **await headers_of(world),
        "content-type": "multipart/form-data; boundary=x",
        "content-length": "1000000",
    }
    async with limited(world, 50_000).client(ROUTES) as http:
        answer = await http.post("/v1/media", content=body(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "media.too-large")
    assert read <= 10_000


async def test_an_upload_is_counted_while_it_comes_in(world: World) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(1000):
            read += 10_000
            yield b"a" * 10_000

    headers = {**await headers_of(world), "content-type": "multipart/form-data; boundary=x"}
    async with limited(world, 50_000).client(ROUTES) as http:
        answer = await http.post("/v1/media", content=body(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["details"]) == (413, {"limit": 50_000})
    assert read < 100_000


async def test_the_limit_itself_is_allowed(world: World) -> None:
    headers = await headers_of(world)
    async with limited(world, 50_000).client(ROUTES) as http:
        for size, status in ((50_000, 201), (50_001, 413)):
            form = {"file": ("a.txt", b"a" * size)}
            assert (await http.post("/v1/media", files=form, headers=headers)).status_code == status


async def test_only_the_uploader_may_attach(world: World, agent: Subject, visitor: Subject) -> None:
    platform, organization = world.platform, world.organization
    ref = await upload(platform, visitor, "a.pdf", files.PDF)
    found = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: describe_in(reader, organization, ref.id, visitor)
    )
    assert found == ref
    other = await create_organization(platform, "paper-crane", "Paper Crane")
    strangers = [
        agent,
        Subject(organization, SubjectKind.VISITOR, 78),
        Subject(organization, SubjectKind.AGENT, visitor.id),
        Subject(other.id, SubjectKind.VISITOR, visitor.id),
    ]
    for stranger in strangers:
        for owner in (organization, other.id):
            with pytest.raises(FrontdeskError) as caught:
                await platform.database.read(
                    EVERY_ORGANIZATION,
                    lambda r, owner=owner, stranger=stranger: describe_in(r, owner, ref.id, stranger),
                )
            assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_an_address_is_the_same_all_day_and_ends(
    world: World, http: httpx.AsyncClient, agent: Subject, clock: ManualClock
) -> None:
    clock.advance(seconds=86_400 - clock.now() / 1000 % 86_400)  # midnight
    ref = await upload(world.platform, agent, "a.pdf", files.PDF)
    url = sign_url(world.platform, world.organization, ref.id, ref.name)
    clock.advance(seconds=86_000)
    assert sign_url(world.platform, world.organization, ref.id, ref.name) == sign_url(
        world.platform, world.organization, ref.id, ref.name
    )
    assert (await http.get(url)).status_code == 200
    late = sign_url(world.platform, world.organization, ref.id, ref.name)
    clock.advance(seconds=86_400)
    assert (await http.get(late)).status_code == 200
    clock.advance(seconds=86_400)
    assert (await http.get(url)).status_code == 404
    assert (await http.get(late)).status_code == 404


async def test_a_changed_address_finds_nothing(world: World, http: httpx.AsyncClient, agent: Subject) -> None:
    platform, organization = world.platform, world.organization
    other = await create_organization(platform, "paper-crane", "Paper Crane")
    mine = await upload(platform, agent, "a.pdf", files.PDF)
    private = await upload(platform, agent, "b.png", files.picture("PNG"))
    url = sign_url(platform, organization, mine.id, mine.name)
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    path = urlsplit(url).path
    missing = (await http.get("/v1/media/1/a.pdf", params=query)).json()

    changes = [
        (path.replace(str(mine.id), str(private.id)), query),
        (path.replace(".pdf", ".html"), query),
        (path, {**query, "o": str(other.id)}),
        (path, {**query, "o": "x"}),
        (path, {**query, "e": str(int(query["e"]) + 1)}),
        (path, {**query, "e": "-1"}),
        (path, {**query, "v": "thumbnail"}),
        (path, {**query, "v": "../original"}),
        (path, {**query, "s": ""}),
        (path, {**query, "s": query["s"][:-1]}),
        (path, {**query, "s": "\N{LATIN SMALL LETTER E WITH ACUTE}"}),
        *[
            (path, {**query, "s": query["s"][:i] + "-_"[query["s"][i] == "-"] + query["s"][i + 1 :]})
            for i in range(32)
        ],
    ]
    for where, with_query in changes:
        answer = await http.get(where, params=with_query)
        assert (answer.status_code, answer.json()) == (404, missing), (where, with_query)
    assert (await http.get(path)).status_code == 400
    assert (await http.get(url)).status_code == 200


async def test_the_signature_holds_for_one_organization_alone(
    world: World, http: httpx.AsyncClient, agent: Subject
) -> None:
    other = await create_organization(world.platform, "paper-crane", "Paper Crane")
    ref = await upload(world.platform, agent, "a.pdf", files.PDF)
    url = sign_url(world.platform, other.id, ref.id, ref.name)
    assert (await http.get(url)).status_code == 404


async def test_the_key_survives_a_restart_and_is_one_for_processes_that_start_together(world: World) -> None:
    url = sign_url(world.platform, world.organization, 7, "a.pdf")
    from frontdesk.media import load_address_key, signing  # noqa: PLC0415  its memory is what a restart forgets

    signing._keys.clear()
    await asyncio.gather(*(load_address_key(world.platform) for _ in range(5)))
    assert sign_url(world.platform, world.organization, 7, "a.pdf") == url


async def test_stored_files_carry_no_name_of_a_person(world: World, agent: Subject) -> None:
    await upload(world.platform, agent, "ada-lovelace.png", files.picture("PNG"))
    folder = world.platform.config.storage.path / "files"
    stored = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert len(stored) == 2
    assert all(re.fullmatch(r"\d+/\d+/(original|thumbnail)", path) for path in stored)


async def test_a_refused_file_leaves_nothing_behind(world: World, agent: Subject) -> None:
    for name, data in (("a.png", b"MZ"), ("a.png", files.picture("PNG")[:-500]), ("a.txt", b"")):
        with pytest.raises(FrontdeskError):
            await upload(world.platform, agent, name, data)
    folder = world.platform.config.storage.path / "files"
    assert not [path for path in folder.rglob("*") if path.is_file()]


async def test_visitors_cannot_fill_the_disk(
    world: World, visitor: Subject, agent: Subject, clock: ManualClock
) -> None:
    for _ in range(VISITOR_FILES):
        await upload(world.platform, visitor, "a.txt", b"hello")
    with pytest.raises(FrontdeskError) as caught:
        await upload(world.platform, visitor, "a.txt", b"hello")
    assert (caught.value.kind, caught.value.code) == (ErrorKind.BUSY, "media.too-many")
    await upload(world.platform, agent, "a.txt", b"hello")
    await upload(world.platform, Subject(world.organization, SubjectKind.VISITOR, 78), "a.txt", b"hello")
    clock.advance(seconds=3601)
    await upload(world.platform, visitor, "a.txt", b"hello")


async def test_only_an_agents_picture_can_be_public(world: World, agent: Subject, visitor: Subject) -> None:
    platform, organization = world.platform, world.organization
    portrait = await upload(platform, agent, "me.png", files.picture("PNG", (900, 900)))
    opened = await open_picture(platform, organization, portrait.id)
    assert len(b"".join([chunk async for chunk in opened.chunks])) == opened.size
    hidden = [
        (organization, (await upload(platform, visitor, "a.png", files.picture("PNG"))).id),
        (organization, (await upload(platform, agent, "a.pdf", files.PDF)).id),
        (organization + 1, portrait.id),
        (organization, 1),
    ]
    for owner, media_id in hidden:
        with pytest.raises(FrontdeskError) as caught:
            await open_picture(platform, owner, media_id)
        assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_a_file_whose_bytes_are_gone_is_not_found(
    world: World, http: httpx.AsyncClient, agent: Subject
) -> None:
    ref = await upload(world.platform, agent, "a.pdf", files.PDF)
    await world.platform.blobs.delete(f"{world.organization}/{ref.id}/original")
    assert (await http.get(sign_url(world.platform, world.organization, ref.id, ref.name))).status_code == 404


async def test_a_thumbnail_is_asked_for_only_of_a_picture(
    world: World, http: httpx.AsyncClient, agent: Subject
) -> None:
    ref = await upload(world.platform, agent, "a.pdf", files.PDF)
    assert ref.kind is MediaKind.FILE
    answer = await http.get(sign_thumbnail_url(world.platform, world.organization, ref.id, ref.name))
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_the_loop_goes_on_while_pictures_are_decoded(world: World, agent: Subject) -> None:
    data = files.picture("PNG", (2000, 2000))
    longest, last = 0.0, asyncio.get_running_loop().time()
    work = asyncio.gather(*(upload(world.platform, agent, "a.png", data) for _ in range(4)))
    while not work.done():
        await asyncio.sleep(0.005)
        now = asyncio.get_running_loop().time()
        longest, last = max(longest, now - last), now
    await work
    assert longest < 1
