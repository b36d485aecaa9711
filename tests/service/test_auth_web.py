"""The web's base: one error body for everything, nothing of the inside in it, and whose address is believed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

import httpx
import msgspec
import pytest
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct, structs

from frontdesk.core.errors import ErrorKind, FrontdeskError, busy
from frontdesk.platform import Config, Platform
from frontdesk.platform.web import STATUS, client_address, is_secure, path_id
from tests.service import auth_world
from tests.service.auth_world import World


class Thing(Struct, frozen=True):
    name: Annotated[str, Meta(max_length=5)]
    size: int


@get("/things/{thing_id:str}")
async def get_thing(thing_id: FromPath[str], limit: FromQuery[int] = 1) -> dict[str, int]:
    return {"id": path_id(thing_id), "limit": limit}


@post("/things")
async def post_thing(data: JSONBody[Thing]) -> Thing:
    return data


@get("/refused/{kind:str}")
async def refuse(kind: FromPath[str]) -> None:
    raise FrontdeskError(ErrorKind(kind), "test.code", "A sentence.", hint="A hint.", details={"a": 1})


@get("/busy")
async def be_busy() -> None:
    raise busy("test.busy", "Wait.", retry_after=1.2)


@get("/broken")
async def break_down() -> None:
    message = "the secret is swordfish"
    raise RuntimeError(message)


@get("/address")
async def get_address(
    request: Request[Any, Any, Any], platform: NamedDependency[Platform]
) -> dict[str, object]:
    return {
        "address": client_address(request, platform.config),
        "secure": is_secure(request, platform.config),
    }


ROUTES = [get_thing, post_thing, refuse, be_busy, break_down, get_address]


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client(ROUTES, max_body=100_000) as client:
        yield client


def configured(world: World, listen: dict[str, str]) -> World:
    config = msgspec.convert({"listen": listen}, Config)
    return World(
        replace(world.platform, config=structs.replace(world.platform.config, listen=config.listen)),
        world.keys, world.authenticator, world.organization, world.ada,
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(ErrorKind))
async def test_a_refusal_has_its_status_and_the_one_body(http: httpx.AsyncClient, kind: ErrorKind) -> None:
    answer = await http.get(f"/refused/{kind.value}")
    assert answer.status_code == STATUS[kind]
    assert answer.json() == {
        "error": {
            "kind": kind.value,
            "code": "test.code",
            "message": "A sentence.",
            "hint": "A hint.",
            "details": {"a": 1},
        }
    }


async def test_busy_says_when_to_come_back(http: httpx.AsyncClient) -> None:
    answer = await http.get("/busy")
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["error"]["retry_after"] == 1.2


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "kind"),
    [
        ("GET", "/nowhere", b"", 404, "not_found"),
        ("GET", "/things/x", b"", 404, "not_found"),
        ("GET", "/things/99999999999999999999", b"", 404, "not_found"),
        ("GET", "/things/1?limit=many", b"", 400, "invalid"),
        ("DELETE", "/things", b"", 405, "invalid"),
        ("POST", "/things", b"", 400, "invalid"),
        ("POST", "/things", b"{", 400, "invalid"),
        ("POST", "/things", b"\xff\xfe", 400, "invalid"),
        ("POST", "/things", b'"\xed\xa0\x80"', 400, "invalid"),
        ("POST", "/things", b"[]", 400, "invalid"),
        ("POST", "/things", b'{"name": "swordfish", "size": 1}', 400, "invalid"),
        ("POST", "/things", b'{"name": "a", "size": "swordfish"}', 400, "invalid"),
        ("POST", "/things", b"[" * 90_000, 400, "invalid"),
        ("POST", "/things", b" " * 200_000, 413, "too_large"),
        ("GET", "/broken", b"", 500, "unavailable"),
    ],
)
async def test_every_failure_has_the_one_body_and_tells_nothing_of_the_inside(
    http: httpx.AsyncClient, *, method: str, path: str, content: bytes, status: int, kind: str
) -> None:
    answer = await http.request(method, path, content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (status, kind)
    assert set(answer.json()) == {"error"}
    assert {"kind", "code", "message", "hint"} <= set(answer.json()["error"])
    for inside in ("swordfish", "Traceback", "msgspec", ".py", "RuntimeError"):
        assert inside not in answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_what_is_missing_looks_like_what_has_no_id(http: httpx.AsyncClient) -> None:
    assert (await http.get("/things/x")).json() == (await http.get("/nowhere")).json()


async def test_a_wrong_field_is_named(http: httpx.AsyncClient) -> None:
    answer = await http.post("/things", json={"name": "a", "size": "x"})
    assert "size" in answer.text


async def test_every_answer_has_safe_headers(http: httpx.AsyncClient) -> None:
    answer = await http.get("/things/1")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        ("", "198.51.100.9", "127.0.0.1"),
        ("10.0.0.0/8", "198.51.100.9", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.0/8", "6.6.6.6, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1, 10.0.0.0/8", "6.6.6.6, 198.51.100.9, 10.1.2.3", "198.51.100.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "rubbish", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.9:4711", "198.51.100.9"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("127.0.0.1", "::ffff:198.51.100.9", "198.51.100.9"),
        ("rubbish, 127.0.0.1", "198.51.100.9", "198.51.100.9"),
    ],
)
async def test_only_named_proxies_are_believed_about_the_address(
    world: World, proxies: str, forwarded: str, expected: str
) -> None:
    async with configured(world, {"trusted_proxies": proxies}).client(ROUTES) as http:
        answer = await http.get("/address", headers={"x-forwarded-for": forwarded})
    assert answer.json()["address"] == expected


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ({}, False),
        ({"trusted_proxies": "127.0.0.1"}, True),
        ({"public_url": "https://desk.example"}, True),
        ({"public_url": "http://desk.example", "trusted_proxies": "127.0.0.1"}, False),
    ],
)
async def test_only_named_proxies_are_believed_about_https(
    world: World, listen: dict[str, str], expected: bool
) -> None:
    async with configured(world, listen).client(ROUTES) as http:
        answer = await http.get("http://localhost/address", headers={"x-forwarded-proto": "https"})
    assert answer.json()["secure"] is expected
