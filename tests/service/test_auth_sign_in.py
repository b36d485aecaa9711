"""Signing in: one answer for whatever is wrong, guesses slowed down, and the HTTP around it."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from frontdesk.auth import create_organization
from frontdesk.auth.routes import ROUTES
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client(ROUTES) as client:
        yield client


CREDENTIALS = {"organization": "lantern", "username": "ada", "password": PASSWORD}
WRONG = [
    {"password": "wrong password"},
    {"password": ""},
    {"password": "x" * 1024},
    {"username": "nobody"},
    {"username": "no body"},
    {"username": ""},
    {"username": "' or 1=1 --"},
    {"organization": "nowhere"},
    {"organization": "paper-crane"},
    {"username": "robot"},
    {"username": "gone"},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
async def test_whatever_is_wrong_gets_the_same_answer(
    world: World, http: httpx.AsyncClient, change: dict[str, str]
) -> None:
    await create_organization(world.platform, "paper-crane", "Paper Crane")
    await world.account("robot", password=None)
    gone = await world.account("gone")
    await world.platform.database.write(
        EVERY_ORGANIZATION,
        lambda tx: tx.execute("update account set enabled = $1 where id = $2", False, gone),
    )
    answer = await http.post("/v1/auth/sign-in", json={**CREDENTIALS, **change})
    assert answer.status_code == 401
    assert answer.json()["error"] == {
        "kind": "unauthenticated",
        "code": "auth.credentials",
        "message": "The organization, the user name or the password is not right.",
        "hint": "Check all three and try again.",
    }
    assert "set-cookie" not in answer.headers


@pytest.mark.usefixtures("costly_passwords")
async def test_an_unknown_name_takes_as_long_as_a_wrong_password(world: World) -> None:
    async def fastest(username: str) -> float:
        took: list[float] = []
        for _ in range(5):
            began = time.perf_counter()
            with pytest.raises(FrontdeskError):
                await world.sign_in(username, "wrong password")
            took.append(time.perf_counter() - began)
        return min(took)

    known, unknown = await fastest("ada"), await fastest("nobody")
    assert 0.4 < unknown / known < 2.5


async def test_names_are_compared_without_regard_to_their_spelling(world: World) -> None:
    await world.account("Grace.Hopper")
    assert (
        await world.sign_in("ＧＲＡＣＥ.hopper ", organization=" Lantern ")
    ).account.username == "grace.hopper"
    with pytest.raises(FrontdeskError) as caught:
        await world.account("grace.HOPPER")
    assert caught.value.code == "auth.username-taken"


async def test_two_organizations_may_have_the_same_name(world: World) -> None:
    other = await create_organization(world.platform, "paper-crane", "Paper Crane")
    theirs = await world.account("ada", password="their password", organization=other.id)
    assert (await world.sign_in("ada", "their password", "paper-crane")).account.id == theirs
    with pytest.raises(FrontdeskError):
        await world.sign_in("ada", "their password")


async def test_guessing_is_slowed_down_for_the_account_wherever_it_comes_from(
    world: World, clock: ManualClock
) -> None:
    async def guess(number: int) -> str:
        try:
            await world.sign_in("ada", "wrong password", address=f"203.0.113.{number}")
        except FrontdeskError as error:
            return error.code
        return "in"

    answers = await asyncio.gather(*(guess(number) for number in range(25)))
    assert answers.count("auth.credentials") == 10
    assert answers.count("auth.throttled") == 15
    with pytest.raises(FrontdeskError) as caught:
        await world.sign_in()
    assert caught.value.kind is ErrorKind.BUSY
    assert caught.value.retry_after is not None
    await world.account("eve")
    assert await world.sign_in("eve")
    clock.advance(seconds=caught.value.retry_after)
    assert await world.sign_in()


async def test_guessing_is_slowed_down_for_the_address_whoever_is_asked_for(world: World) -> None:
    async def guess(number: int) -> str:
        with pytest.raises(FrontdeskError) as caught:
            await world.sign_in(f"user{number}", "wrong password")
        return caught.value.code

    answers = await asyncio.gather(*(guess(number) for number in range(50)))
    assert answers.count("auth.throttled") == 10
    assert await world.sign_in(address="198.51.100.1")


async def test_signing_in_well_is_never_slowed_down(world: World) -> None:
    for _ in range(15):
        await world.sign_in()


async def test_the_throttle_does_not_grow_without_end(world: World) -> None:
    throttle = world.authenticator.throttle
    for number in range(45_000):
        throttle.begin(f"a{number}", f"b{number}")
    assert len(throttle._accounts._buckets) <= 20_001


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/auth/sign-in", json=CREDENTIALS)
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"].lower()
    for flag in ("httponly", "secure", "samesite=strict", "path=/v1/auth", "max-age=2592000"):
        assert flag in cookie
    body = answer.json()
    assert set(body) == {"access_token", "expires_at", "agent_id", "role", "permissions", "organization"}
    assert body["organization"]["slug"] == "lantern"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_cookie_is_sent_in_the_clear_only_where_there_is_nothing_else(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.post("http://localhost/v1/auth/sign-in", json=CREDENTIALS)
    assert "secure" not in answer.headers["set-cookie"].lower().replace("samesite", "")


async def test_refresh_and_sign_out_by_cookie(world: World, http: httpx.AsyncClient) -> None:
    await http.post("/v1/auth/sign-in", json=CREDENTIALS)
    answer = await http.post("/v1/auth/refresh")
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    assert world.authenticator.verify(token)
    answer = await http.post("/v1/auth/sign-out", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 204
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    with pytest.raises(FrontdeskError):
        world.authenticator.verify(token)
    assert (await http.post("/v1/auth/refresh")).status_code == 401


async def test_refresh_without_a_cookie_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/auth/refresh")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "auth.session")


async def test_changing_the_password_over_http(world: World, http: httpx.AsyncClient) -> None:
    token = (await world.sign_in()).token.text
    headers = {"authorization": f"Bearer {token}"}
    change = {"old": "wrong", "new": "another password"}
    assert (await http.post("/v1/auth/password", json=change)).status_code == 401
    answer = await http.post("/v1/auth/password", json=change, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "auth.password-wrong")
    answer = await http.post("/v1/auth/password", json={"old": PASSWORD, "new": "short"}, headers=headers)
    assert answer.json()["error"]["code"] == "auth.password-length"
    answer = await http.post("/v1/auth/password", json={**change, "old": PASSWORD}, headers=headers)
    assert answer.status_code == 204
    assert await world.sign_in(password="another password")


async def test_a_visitor_has_no_password_to_change(world: World, http: httpx.AsyncClient) -> None:
    headers = {"authorization": f"Bearer {await world.visitor_token(77)}"}
    answer = await http.post(
        "/v1/auth/password", json={"old": "x", "new": "another password"}, headers=headers
    )
    assert answer.status_code == 403


async def test_the_public_keys_are_published(world: World, http: httpx.AsyncClient) -> None:
    answer = await http.get("/.well-known/jwks.json")
    assert answer.json() == world.keys.jwks()


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic abc", "bearer x.y.z", "Bearer \N{LATIN SMALL LETTER E WITH ACUTE}"],
)
async def test_no_subject_without_a_good_bearer_token(http: httpx.AsyncClient, header: str) -> None:
    change = {"old": "x", "new": "another password"}
    answer = await http.post("/v1/auth/password", json=change, headers={b"authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_slug_names_one_organization(world: World) -> None:
    for slug, code in (
        ("Lantern ", "auth.slug-taken"),
        ("a b", "auth.slug"),
        ("-a", "auth.slug"),
        ("", "auth.slug"),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await create_organization(world.platform, slug, "Another")
        assert caught.value.code == code
