"""Passkeys: added by who has shown everything else, good for one sign-in a challenge, and only here."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import msgspec
import pytest

from frontdesk.audit import AuditEntry, Filter, find_in
from frontdesk.auth.routes import ROUTES
from frontdesk.core.clock import ManualClock
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World
from tests.service.passkey_device import ORIGIN, Device, Json
from tests.service.second_factor_app import Browser


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    listen = msgspec.structs.replace(platform.config.listen, public_url=ORIGIN)
    known = replace(platform, config=msgspec.structs.replace(platform.config, listen=listen))
    return await auth_world.build(known, organization)


@pytest.fixture
async def browser(world: World, clock: ManualClock) -> AsyncIterator[Browser]:
    async with world.client(ROUTES) as http:
        yield Browser(http, clock)


async def add(browser: Browser, device: Device, token: str, **proof: str) -> httpx.Response:
    begun = await browser.post("/v1/me/passkeys/challenge", {"password": PASSWORD, **proof}, token)
    assert begun.status_code == 200, begun.text
    body = {"name": "My laptop", "credential": device.create(begun.json()["options"])}
    return await browser.post("/v1/me/passkeys", body, token)


async def added(browser: Browser, device: Device, username: str = "ada") -> str:
    """The token of the session in which the passkey was added."""
    token = (await browser.sign_in(username))["access_token"]
    answer = await add(browser, device, token)
    assert answer.status_code == 201, answer.text
    return token


async def asked(browser: Browser) -> Json:
    return (await browser.http.post("/v1/auth/passkey/challenge")).json()["options"]


async def use(browser: Browser, answer: Json) -> httpx.Response:
    return await browser.post("/v1/auth/passkey", {"credential": answer})


async def told(world: World, action: str) -> list[AuditEntry]:
    wanted = Filter(action=action)
    return list(
        await world.platform.database.read(
            world.organization,
            lambda reader: find_in(reader, world.organization, wanted, before=1 << 62, limit=50),
        )
    )


async def test_a_passkey_signs_in_without_a_password_and_is_listed_named_and_removed(
    world: World, browser: Browser
) -> None:
    device = Device()
    token = await added(browser, device)
    done = await use(browser, device.get(await asked(browser)))
    assert done.status_code == 200
    assert "frontdesk_refresh" in done.headers["set-cookie"]
    assert world.authenticator.verify(done.json()["access_token"]).id == world.ada
    assert (await told(world, "session.signed_in"))[0].facts == {"by": "passkey"}
    headers = {"authorization": f"Bearer {token}"}
    key = (await browser.http.get("/v1/me/passkeys", headers=headers)).json()["items"][0]
    assert (key["name"], key["used_at"]) == ("My laptop", browser.clock.now())
    path = f"/v1/me/passkeys/{key['id']}"
    named = await browser.http.patch(path, json={"name": "The old laptop"}, headers=headers)
    assert named.status_code == 204
    assert (await browser.http.delete(path, headers=headers)).status_code == 204
    assert (await browser.http.delete(path, headers=headers)).status_code == 404
    assert (await use(browser, device.get(await asked(browser)))).status_code == 401
    for action, name in (
        ("account.passkey_added", "My laptop"),
        ("account.passkey_removed", "The old laptop"),
    ):
        assert [(entry.actor_id, entry.target_name) for entry in await told(world, action)] == [
            (world.ada, name)
        ]


async def test_a_passkey_is_enough_where_a_code_is_asked_for_besides_the_password(
    world: World, browser: Browser
) -> None:
    app, _, token = await browser.enrol()
    device = Device()
    for code in ("", app.wrong()):
        body = {"password": PASSWORD, "code": code}
        refused = await browser.post("/v1/me/passkeys/challenge", body, token)
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "auth.code-wrong")
    wrong = await browser.post("/v1/me/passkeys/challenge", {"password": "not this one"}, token)
    assert wrong.status_code == 400
    assert (await add(browser, device, token, code=app.next())).status_code == 201
    assert (await use(browser, device.get(await asked(browser)))).status_code == 200
    assert world.ada


async def test_no_challenge_is_answered_twice_even_at_once(browser: Browser) -> None:
    device = Device()
    await added(browser, device)
    options = await asked(browser)
    answers = await asyncio.gather(*(use(browser, device.get(options)) for _turn in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert (await use(browser, device.get(options))).status_code == 401


async def test_a_challenge_is_good_for_minutes_and_for_what_it_was_made(
    browser: Browser, clock: ManualClock
) -> None:
    device, other = Device(), Device(name=b"another device")
    token = await added(browser, device)
    late = await asked(browser)
    clock.advance(seconds=301)
    made_up = {"challenge": "bm90IG91cnM"}
    for_a_new_one = await browser.post("/v1/me/passkeys/challenge", {"password": PASSWORD}, token)
    creation = for_a_new_one.json()["options"]
    answers = [await use(browser, device.get(options)) for options in (late, made_up, creation)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}
    signing = {**creation, "challenge": (await asked(browser))["challenge"]}
    body = {"name": "x", "credential": other.create(signing)}
    assert (await browser.post("/v1/me/passkeys", body, token)).status_code == 400


async def test_ones_challenge_is_nothing_for_a_colleague(world: World, browser: Browser) -> None:
    await world.account("mei")
    ada, mei = [(await browser.sign_in(name))["access_token"] for name in ("ada", "mei")]
    begun = await browser.post("/v1/me/passkeys/challenge", {"password": PASSWORD}, ada)
    body = {"name": "x", "credential": Device().create(begun.json()["options"])}
    assert (await browser.post("/v1/me/passkeys", body, mei)).status_code == 400
    assert (await browser.post("/v1/me/passkeys", body, ada)).status_code == 400  # it is used up


WRONG = {
    "another page": {"origin": "https://evil.example"},
    "another scheme": {"origin": "http://desk.example"},
    "another place": {"host": "evil.example"},
    "an owner whom nobody has verified": {"verified": False},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
async def test_what_is_not_for_us_or_not_by_its_owner_is_refused_when_added_and_when_used(
    world: World, browser: Browser, change: dict[str, Any]
) -> None:
    device = Device()
    token = await added(browser, device)
    begun = await browser.post("/v1/me/passkeys/challenge", {"password": PASSWORD}, token)
    strange = Device(name=b"strange device", **change)
    body = {"name": "x", "credential": strange.create(begun.json()["options"])}
    refused = await browser.post("/v1/me/passkeys", body, token)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "auth.passkey-not-made")
    answer = await use(browser, replace(device, **change).get(await asked(browser)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "auth.passkey")
    failed = (await told(world, "session.sign_in_failed"))[0]
    assert (failed.facts, failed.target_id) == ({"by": "passkey"}, world.ada)


async def test_a_copy_is_known_by_its_counter(browser: Browser) -> None:
    device = Device()
    await added(browser, device)
    copy = replace(device)
    for _ in range(2):
        assert (await use(browser, device.get(await asked(browser)))).status_code == 200
    assert (await use(browser, copy.get(await asked(browser)))).status_code == 401


async def test_another_key_under_a_known_name_and_another_persons_handle_are_refused(
    world: World, browser: Browser
) -> None:
    await world.account("mei")
    device, theirs = Device(), Device(name=b"mei's device")
    await added(browser, device)
    await added(browser, theirs, "mei")
    forged = replace(device, key=Device().key)
    stolen = replace(device, user=theirs.user)
    unknown = replace(device, name=b"nobody's device")
    answers = [await use(browser, each.get(await asked(browser))) for each in (forged, stolen, unknown)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}
    token = (await browser.sign_in("mei"))["access_token"]
    again = await add(browser, replace(device), token)
    assert again.status_code == 400, "a name that is somebody's already"


async def test_who_has_only_a_passkey_is_sent_to_it_where_a_second_factor_is_required(
    world: World, browser: Browser
) -> None:
    device = Device()
    token = await added(browser, device)
    headers = {"authorization": f"Bearer {token}"}
    await browser.http.patch("/v1/sign-in-policy", json={"second_factor": True}, headers=headers)
    step = await browser.sign_in()
    assert (step["needs"], step["continuation"]) == ("passkey", "")
    done = await use(browser, device.get(await asked(browser)))
    assert done.status_code == 200
    mei = await world.account("mei")
    assert (await browser.sign_in("mei"))["needs"] == "enrolment"
    assert mei


async def test_a_disabled_account_and_a_reset_end_it(world: World, browser: Browser) -> None:
    mei = await world.account("mei")
    device = Device()
    await added(browser, device, "mei")
    admin = {"authorization": f"Bearer {(await browser.sign_in())['access_token']}"}
    path = f"/v1/agents/{mei}/second-factor"
    assert (await browser.http.get(path, headers=admin)).json()["passkeys"] == 1
    work = "update account set enabled = $1 where id = $2"
    for enabled, status in ((False, 401), (True, 200)):
        await world.platform.database.write(
            EVERY_ORGANIZATION, lambda tx, to=enabled: tx.execute(work, to, mei)
        )
        assert (await use(browser, device.get(await asked(browser)))).status_code == status
    assert (await browser.http.delete(path, headers=admin)).status_code == 204
    assert (await browser.http.get(path, headers=admin)).json()["passkeys"] == 0
    assert (await use(browser, device.get(await asked(browser)))).status_code == 401


async def test_asking_is_slowed_down_for_the_address(browser: Browser) -> None:
    answers = [await browser.http.post("/v1/auth/passkey/challenge") for _turn in range(45)]
    assert [answer.status_code for answer in answers].count(429) == 5


HOSTILE: list[Json] = [
    {},
    {"id": 1},
    {"id": "x" * 5000},
    {"id": "", "rawId": "", "type": "public-key", "response": {}},
    {"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "%%%"}},
    {"id": "\x00", "response": []},
    {
        "id": "eA",
        "rawId": "eA",
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
    },
    {"id": "eA", "response": {"clientDataJSON": "bnVsbA", "authenticatorData": 7, "signature": None}},
]


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
async def test_whatever_is_sent_in_the_place_of_an_answer_is_refused_clearly(
    browser: Browser, answer: Json
) -> None:
    token = await added(browser, Device())
    assert (await use(browser, answer)).status_code == 401
    kept = await browser.post("/v1/me/passkeys", {"name": "x", "credential": answer}, token)
    assert kept.status_code == 400


async def test_cut_and_changed_answers_are_refused_clearly(browser: Browser) -> None:
    device = Device()
    token = await added(browser, device)
    for tenth in range(10):
        begun = await browser.post("/v1/me/passkeys/challenge", {"password": PASSWORD}, token)
        made = Device(name=b"cut device").create(begun.json()["options"])
        whole = made["response"]["attestationObject"]
        made["response"]["attestationObject"] = whole[: len(whole) * tenth // 10]
        answer = await browser.post("/v1/me/passkeys", {"name": "x", "credential": made}, token)
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "address", ["", "http://desk.example", "https://203.0.113.7", "https://[2001:db8::1]:8443"]
)
async def test_where_browsers_know_no_passkeys_or_nobody_said_the_address_there_are_none(
    platform: Platform, organization: int, clock: ManualClock, address: str
) -> None:
    listen = msgspec.structs.replace(platform.config.listen, public_url=address)
    config = msgspec.structs.replace(platform.config, listen=listen)
    world = await auth_world.build(replace(platform, config=config), organization)
    async with world.client(ROUTES) as http:
        browser = Browser(http, clock)
        assert (await http.get("/v1/auth/passkey")).json() == {"available": False}
        off = await http.post("/v1/auth/passkey/challenge")
        assert (off.status_code, off.json()["error"]["code"]) == (409, "auth.passkeys-off")
        token = (await browser.sign_in())["access_token"]
        begun = await browser.post("/v1/me/passkeys/challenge", {"password": PASSWORD}, token)
        assert begun.status_code == 409
