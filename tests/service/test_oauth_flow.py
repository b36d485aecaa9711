"""The authorization server as an application meets it: over HTTP, in the words of the standards."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from frontdesk.auth import Authenticator, Keys, set_password
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.keys import LEAD, rotate
from frontdesk.auth.routes import ROUTES
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Role, system_subject
from frontdesk.platform import Platform
from tests.service import auth_world
from tests.service.auth_world import World
from tests.service.oauth_app import BACK, FORM, App


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def app(world: World) -> AsyncIterator[App]:
    async with world.client(ROUTES) as http:
        made = App(world, http, (await world.sign_in()).token.text)
        await made.register()
        yield made


def assert_error(answer: httpx.Response, code: str, status: int = 400) -> None:
    assert (answer.status_code, answer.json()["error"]) == (status, code), answer.text
    assert answer.headers["cache-control"] == "no-store"


def assert_over(world: World, token: str) -> None:
    with pytest.raises(FrontdeskError):
        world.authenticator.verify_for_application(token)


async def test_a_person_is_asked_once_and_the_application_gets_what_it_asked_for(app: App) -> None:
    asked = (await app.ask(agreed=None)).json()
    assert (asked["redirect_to"], asked["client"]) == (None, "App")
    assert asked["scopes"] == ["openid", "profile", "offline_access", "contact.read"]
    told = await app.told()
    assert (told["state"], told["iss"], told["from"]) == ("s-1", "https://desk.example", "desk")
    answer = await app.exchange(told["code"])
    assert answer.headers["cache-control"] == "no-store"
    given = answer.json()
    assert (given["token_type"], given["scope"]) == ("Bearer", "openid profile offline_access contact.read")
    # As a program reads it that knows us by discovery alone.
    found = (await app.http.get("/.well-known/openid-configuration")).json()
    assert found == (await app.http.get("/.well-known/oauth-authorization-server")).json()
    keys = KeySet.import_key_set((await app.http.get(urlsplit(str(found["jwks_uri"])).path)).json())
    claims = jwt.decode(given["id_token"], keys, algorithms=["ES256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (found["issuer"], app.client_id, "n-1")
    assert (claims["sub"], claims["preferred_username"], claims["role"]) == (
        str(app.world.ada),
        "ada",
        "administrator",
    )
    info = await app.http.get("/oauth/userinfo", headers={"authorization": f"Bearer {given['access_token']}"})
    assert (info.json()["sub"], info.json()["organization"]) == (claims["sub"], "lantern")
    # Never more than the scopes, though ada may do everything.
    subject = app.world.authenticator.verify(given["access_token"])
    assert subject.permissions == {"contact.read"}
    assert (await app.ask(agreed=None)).json()["redirect_to"] is not None, "asked once"
    assert (await app.ask(agreed=None, scope="openid settings.manage")).json()["redirect_to"] is None
    assert (await app.told(agreed=None, scope="openid settings.manage", prompt="none"))["error"] == (
        "consent_required"
    )


async def test_who_is_not_known_here_is_sent_nowhere(app: App, other_organization: int) -> None:
    changes: list[dict[str, str]] = [
        {"client_id": "nobody"},
        {"redirect_uri": "https://app.example/back"},
        {"redirect_uri": BACK + "&x=1"},
        {"redirect_uri": "https://app.example.evil.example/back?from=desk"},
        {"redirect_uri": ""},
    ]
    for change in changes:
        answer = await app.ask(agreed=True, bearer="", **change)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "auth.unknown-client"), change
    eve = await app.world.account("eve", Role.ADMINISTRATOR, organization=other_organization)
    assert eve
    foreign = (await app.world.sign_in("eve", organization="paper-crane")).token.text
    assert (await app.ask(bearer=foreign)).status_code == 400
    assert (await app.ask(bearer=await app.world.visitor_token(7))).status_code == 403


async def test_what_is_wrong_with_a_request_is_told_to_the_application(app: App) -> None:
    wrong: tuple[tuple[dict[str, str], str], ...] = (
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"scope": "openid webhook.manage"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    )
    for change, code in wrong:
        told = await app.told(agreed=True, **change)
        assert (told["error"], told["state"]) == (code, "s-1")
        assert "code" not in told
    assert (await app.told(agreed=False))["error"] == "access_denied"


async def test_a_code_is_worth_nothing_to_others_and_works_once(app: App, clock: ManualClock) -> None:
    code = (await app.told())["code"]
    for change in (
        {"code_verifier": new_secret(size=48)},
        {"code_verifier": ""},
        {"redirect_uri": "https://app.example/"},
    ):
        assert_error(await app.exchange(code, **change), "invalid_grant")
    assert_error(await app.exchange("made-up"), "invalid_grant")
    other = App(app.world, app.http, app.ada, verifier=app.verifier)
    await other.register(name="Other")
    assert_error(await other.exchange(code), "invalid_grant")
    given = (await app.exchange(code)).json()
    app.world.authenticator.verify(given["access_token"])
    assert_error(await app.exchange(code), "invalid_grant")
    assert_over(app.world, given["access_token"])
    assert_error(await app.refresh(given["refresh_token"]), "invalid_grant")
    late = (await app.told())["code"]
    clock.advance(seconds=60)
    assert_error(await app.exchange(late), "invalid_grant")


async def test_a_client_proves_itself_in_one_way_and_every_failure_looks_the_same(app: App) -> None:
    code = (await app.told())["code"]
    secret, app.secret = app.secret, "wrong"
    wrong = await app.exchange(code)
    app.client_id, known = "nobody", app.client_id
    unknown = await app.exchange(code)
    app.client_id, app.secret = known, None
    silent = await app.exchange(code)
    for answer in (wrong, unknown, silent):
        assert_error(answer, "invalid_client", 401)
        assert answer.content == wrong.content
        assert answer.headers["www-authenticate"].startswith("Basic")
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": app.verifier,
    }
    assert secret is not None
    basic = (app.client_id, secret)
    both = await app.http.post("/oauth/token", data={**fields, "client_secret": secret}, auth=basic)
    assert_error(both, "invalid_request")
    twice = await app.http.post("/oauth/token", content=f"client_id={known}&client_id=x&client_secret={secret}", headers=FORM)  # fmt: skip
    assert_error(twice, "invalid_request")
    assert_error(await app.http.post("/oauth/token", json=fields, auth=basic), "invalid_request")
    assert_error(await app.http.post("/oauth/token", data={"grant_type": "password"}, auth=basic), "unsupported_grant_type")  # fmt: skip
    assert (await app.http.post("/oauth/token", data=fields, auth=basic)).status_code == 200


async def test_a_refresh_token_used_by_two_ends_all_and_a_lost_answer_does_not(
    app: App, clock: ManualClock
) -> None:
    first = await app.tokens()
    second = (await app.refresh(first["refresh_token"])).json()
    assert (await app.refresh(first["refresh_token"])).json()["refresh_token"] == second["refresh_token"]
    clock.advance(seconds=11)
    assert_error(await app.refresh(first["refresh_token"]), "invalid_grant")
    assert_over(app.world, second["access_token"])
    assert_error(await app.refresh(second["refresh_token"]), "invalid_grant")


async def test_a_thousand_refreshes_at_once_leave_one_live_child(app: App, platform: Platform) -> None:
    given = await app.tokens()
    answers = [
        answer
        for _turn in range(20)
        for answer in await asyncio.gather(*(app.refresh(given["refresh_token"]) for _one in range(50)))
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    unused = await platform.database.read(
        app.world.organization,
        lambda reader: reader.fetch(
            "select r.hash from refresh_token r join session s on s.id = r.session_id"
            " where s.client_id is not null and r.used_at is null"
        ),
    )
    assert len(unused) == 1


async def test_what_the_console_has_and_what_an_application_has_are_worth_nothing_to_each_other(
    app: App,
) -> None:
    given = await app.tokens()
    console = await app.world.sign_in()
    assert_error(await app.refresh(console.refresh_token), "invalid_grant")
    cookie = {"cookie": f"frontdesk_refresh={given['refresh_token']}"}
    assert (await app.http.post("/v1/auth/refresh", headers=cookie)).status_code == 401
    refused = await app.ask(bearer=given["access_token"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "auth.console-only")
    only_identity = await app.tokens(scope="openid")
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        app.world.authenticator.verify(only_identity["access_token"])
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        app.world.authenticator.verify(given["id_token"])
    assert "refresh_token" not in only_identity


async def test_whatever_ends_a_person_ends_their_applications(app: App, platform: Platform) -> None:
    given = await app.tokens()
    await set_password(
        platform, system_subject(app.world.organization), app.world.ada, "another battery staple"
    )
    assert_over(app.world, given["access_token"])
    assert_error(await app.refresh(given["refresh_token"]), "invalid_grant")
    # Also for a process that starts now.
    later = await Authenticator.load(platform, await Keys.load(platform))
    with pytest.raises(FrontdeskError):
        later.verify(given["access_token"])


async def test_tokens_are_looked_into_and_given_back_by_their_own_client(app: App) -> None:
    given = await app.tokens()
    other = App(app.world, app.http, app.ada, verifier=app.verifier)
    await other.register(name="Other")

    async def active(who: App, token: str) -> dict[str, Any]:
        data = {"token": token, "client_id": who.client_id, "client_secret": who.secret or ""}
        return (await app.http.post("/oauth/introspect", data=data)).json()

    for token in (given["access_token"], given["refresh_token"]):
        found = await active(app, token)
        assert (found["active"], found["sub"], found["client_id"]) == (
            True,
            str(app.world.ada),
            app.client_id,
        )
        assert await active(other, token) == {"active": False}
    assert await active(app, "made-up") == await active(app, app.ada) == {"active": False}
    for who, over in ((other, False), (app, True)):
        data = {
            "token": given["refresh_token"],
            "client_id": who.client_id,
            "client_secret": who.secret or "",
        }
        assert (await app.http.post("/oauth/revoke", data=data)).status_code == 200
        assert (await active(app, given["access_token"]))["active"] is not over
    assert_over(app.world, given["access_token"])


async def test_signing_out_by_the_application_ends_what_it_has_and_leads_to_a_known_address_alone(
    app: App,
) -> None:
    bye = "https://app.example/bye"
    await app.desk("PATCH", f"/v1/oauth/clients/{app.id}", {"logout_uris": [bye]})
    given = await app.tokens()
    query = {"post_logout_redirect_uri": bye, "state": "x"}
    for hint in ("", "made-up", given["access_token"]):
        answer = await app.http.get("/oauth/logout", params={**query, "id_token_hint": hint})
        assert answer.headers["location"] == "/console/"
    app.world.authenticator.verify(given["access_token"])
    hint = {"id_token_hint": given["id_token"]}
    evil = await app.http.get(
        "/oauth/logout", params={**hint, "post_logout_redirect_uri": "https://evil.example/"}
    )
    assert evil.headers["location"] == "/console/"
    answer = await app.http.get("/oauth/logout", params={**query, **hint})
    assert answer.headers["location"] == f"{bye}?state=x"
    assert_over(app.world, given["access_token"])


async def test_a_service_acts_as_itself_within_role_and_scopes_until_it_is_switched_off(app: App) -> None:
    assert_error(await app.token(grant_type="client_credentials"), "unauthorized_client")
    service = App(app.world, app.http, app.ada)
    await service.register(name="ERP", redirect_uris=[], scopes=["contact.read", "settings.manage"], service_role="agent")  # fmt: skip
    assert_error(
        await service.token(grant_type="client_credentials", scope="webhook.manage"), "invalid_scope"
    )
    given = (await service.token(grant_type="client_credentials")).json()
    assert set(given) == {"access_token", "token_type", "expires_in", "scope"}
    subject = app.world.authenticator.verify(given["access_token"])
    assert subject.permissions == {"contact.read"}, (
        "an agent may not manage settings, whatever the scopes say"
    )
    assert subject.id != app.world.ada
    path = f"/v1/oauth/clients/{service.id}"
    renewed = (await app.desk("POST", f"{path}/secret")).json()["secret"]
    assert_error(await service.token(grant_type="client_credentials"), "invalid_client", 401)
    service.secret = renewed
    assert (await service.token(grant_type="client_credentials")).status_code == 200
    await app.desk("PATCH", path, {"enabled": False})
    assert_over(app.world, given["access_token"])
    assert_error(await service.token(grant_type="client_credentials"), "invalid_client", 401)


async def test_a_program_without_a_secret_proves_itself_by_pkce_on_any_port_of_its_own_machine(
    app: App,
) -> None:
    desktop = App(app.world, app.http, app.ada)
    await desktop.register(
        name="Desk", secret=False, redirect_uris=["http://127.0.0.1/back", "com.example.desk:/back"]
    )
    assert desktop.secret is None
    for address, good in (
        ("http://127.0.0.1:51234/back", True),
        ("com.example.desk:/back", True),
        ("http://127.0.0.1:51234/other", False),
        ("http://localhost:51234/back", False),
        ("http://127.0.0.1.evil.example/back", False),
        ("http://127.0.0.1@evil.example/back", False),
    ):
        answer = await desktop.ask(redirect_uri=address)
        assert (answer.status_code == 200) is good, address
    answer = await desktop.ask(redirect_uri="http://127.0.0.1:51234/back")
    code = parse_qs(urlsplit(str(answer.json()["redirect_to"])).query)["code"][0]
    given = await desktop.exchange(code, redirect_uri="http://127.0.0.1:51234/back")
    assert given.status_code == 200, given.text
    data = {"client_id": desktop.client_id, "token": given.json()["access_token"]}
    assert_error(await app.http.post("/oauth/introspect", data=data), "invalid_client", 401)


async def test_only_administrators_register_and_only_good_addresses_and_scopes(app: App) -> None:
    await app.world.account("mei")
    mei = (await app.world.sign_in("mei")).token.text
    for method, path in (("GET", ""), ("POST", ""), ("PATCH", f"/{app.id}"), ("DELETE", f"/{app.id}"),
                         ("POST", f"/{app.id}/secret")):  # fmt: skip
        body = {"name": "x"} if method in {"POST", "PATCH"} and "secret" not in path else None
        assert (await app.desk(method, f"/v1/oauth/clients{path}", body, bearer=mei)).status_code == 403
    for wrong in (
        {"redirect_uris": ["http://app.example/"]},
        {"redirect_uris": ["https://app.example/#x"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": ["https://a@app.example/"]},
        {"redirect_uris": ["/back"]},
        {"scopes": ["everything"]},
        {"name": " "},
        {"secret": False, "service_role": "agent"},
    ):
        answer = await app.desk("POST", "/v1/oauth/clients", {"name": "x", "scopes": ["openid"], **wrong})
        assert answer.status_code == 400, wrong
    given = await app.tokens()
    assert (await app.desk("DELETE", f"/v1/oauth/clients/{app.id}")).status_code == 204
    assert_over(app.world, given["access_token"])
    assert_error(await app.refresh(given["refresh_token"]), "invalid_client", 401)


async def test_a_new_key_is_published_before_it_signs_and_an_old_one_until_its_tokens_are_over(
    world: World, platform: Platform, clock: ManualClock
) -> None:
    late = await Authenticator.load(
        platform, await Keys.load(platform)
    )  # a process that looks every now and then
    old = world.keys.jwks()["keys"][0]["kid"]
    by_old = await world.sign_in()
    await rotate(platform)
    for keys in (world.keys, late.keys):
        await keys.reload(platform)
        assert len(keys.jwks()["keys"]) == 4
        assert keys.jwks()["keys"][0]["kid"] == old, "still signs"
    clock.advance(seconds=LEAD / 1000)
    await world.keys.reload(platform)
    assert world.keys.jwks()["keys"][0]["kid"] != old
    by_new = await world.sign_in()
    assert late.verify(by_new.token.text).id == late.verify(by_old.token.text).id == world.ada
    clock.advance(seconds=3600 + LEAD / 1000)
    assert world.keys.verify(by_old.token.text).sub == str(world.ada), "over, but still ours"
    await rotate(platform)
    await world.keys.reload(platform)
    assert old not in {key["kid"] for key in world.keys.jwks()["keys"]}
    with pytest.raises(FrontdeskError):  # found good a moment ago, and not remembered
        world.keys.verify(by_old.token.text)
    clock.advance(seconds=91 * 86400)
    await world.keys.reload(platform)
    made = await platform.database.read(0, rows.signing_keys)
    assert max(row.created_at for row in made) == clock.now(), "made by itself"
