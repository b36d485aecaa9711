"""Setting providers up: who may, what is refused, and a secret that is never shown again."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.platform import Platform
from tests.service.auth_world import PASSWORD
from tests.service.sso_world import CLIENT, SECRET, Json, Shop, open_shop


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    async with open_shop(platform, organization) as opened:
        yield opened


async def holder_of(shop: Shop, *permissions: str) -> str:
    """The token of somebody who may do this and nothing else."""
    role = await shop.desk(
        "POST", "/v1/roles", {"name": "Office", "permissions": list(permissions), "scope": "own"}
    )
    await shop.add("otto", role=role.json()["role"]["id"])
    credentials = {"organization": "lantern", "username": "otto", "password": PASSWORD}
    return (await shop.http.post("/v1/auth/sign-in", json=credentials)).json()["access_token"]


async def test_a_provider_is_kept_as_it_was_given_and_its_secret_is_never_shown(shop: Shop) -> None:
    rules = [{"value": "support", "role": "leader"}]
    await shop.set_up(
        scopes=["profile", "groups"], role_claim="groups", role_rules=rules, domains=["@Lantern.example"]
    )
    listed = await shop.desk("GET", "/v1/identity-providers")
    assert listed.json()["redirect_uri"] == "https://desk.example/v1/auth/sso/callback"
    (one,) = listed.json()["items"]
    assert (one["secret"], one["scopes"]) == (True, ["openid", "profile", "groups"])
    assert (one["role_rules"], one["domains"]) == (rules, ["lantern.example"])
    await shop.change(name="Login", client_secret="another-secret", default_role="agent")
    audit = await shop.desk("GET", "/v1/audit")
    for answer in (listed, await shop.desk("GET", "/v1/identity-providers"), audit):
        assert SECRET not in answer.text
        assert "another-secret" not in answer.text
    told = [one["action"] for one in audit.json()["items"] if one["action"].startswith("provider.")]
    assert told == ["provider.changed", "provider.created"]


WRONG: list[tuple[Json, str]] = [
    ({"issuer": "http://10.0.0.1/"}, "sso.issuer"),
    ({"issuer": "ftp://login.example.com"}, "sso.issuer"),
    ({"issuer": "https://user:word@login.example.com"}, "sso.issuer"),
    ({"issuer": "https://login.example.com/#x"}, "sso.issuer"),
    ({"issuer": ""}, "sso.issuer"),
    ({"client_id": ""}, "sso.client-id"),
    ({"client_id": "a b"}, "sso.client-id"),
    ({"client_id": "x" * 501}, "sso.client-id"),
    ({"client_secret": "with space"}, "sso.client-secret"),
    ({"scopes": ["two words"]}, "sso.scopes"),
    ({"scopes": [str(n) for n in range(21)]}, "sso.scopes"),
    ({"domains": ["lantern"]}, "sso.domains"),
    ({"domains": ["*.example.com"]}, "sso.domains"),
    ({"role_rules": [{"value": "x", "role": "agent"}]}, "invalid"),
    ({"role_claim": "g", "role_rules": [{"value": "", "role": "agent"}]}, "invalid"),
    ({"role_claim": "g", "role_rules": [{"value": "x", "role": "king"}]}, "not-found"),
    ({"default_role": "king"}, "not-found"),
    ({"name": ""}, "invalid"),
]


async def test_what_cannot_be_is_refused_with_a_sentence(shop: Shop) -> None:
    for fields, code in WRONG:
        body = {"name": "Login", "issuer": shop.provider.issuer, "client_id": CLIENT, **fields}
        answer = await shop.desk("POST", "/v1/identity-providers", body)
        assert 400 <= answer.status_code < 500, fields
        error = answer.json()["error"]
        assert code in {error["code"], error["kind"]}, answer.text
    assert (await shop.desk("GET", "/v1/identity-providers")).json()["items"] == []


async def test_an_issuer_in_our_own_network_needs_the_operators_word(
    platform: Platform, organization: int
) -> None:
    async with open_shop(platform, organization, guarded=True) as guarded:
        body = {"name": "Login", "issuer": guarded.provider.issuer, "client_id": CLIENT}
        answer = await guarded.desk("POST", "/v1/identity-providers", body)
        assert answer.json()["error"]["code"] == "sso.issuer"
        assert guarded.provider.http.heard == []


async def test_nobody_sets_up_what_lets_in_who_may_do_more_than_they(shop: Shop) -> None:
    otto = await holder_of(shop, "sso.manage", "conversation.read_own")
    body = {"name": "Login", "issuer": shop.provider.issuer, "client_id": CLIENT}
    beyond: list[Json] = [
        {"default_role": "agent"},
        {"role_claim": "g", "role_rules": [{"value": "x", "role": "administrator"}]},
        {"domains": ["lantern.example"]},
    ]
    for fields in beyond:
        answer = await shop.desk("POST", "/v1/identity-providers", {**body, **fields}, bearer=otto)
        assert answer.json()["error"]["code"] == "auth.beyond-own", fields
    made = await shop.desk("POST", "/v1/identity-providers", body, bearer=otto)
    assert made.status_code == 201
    path = f"/v1/identity-providers/{made.json()['provider']['id']}"
    for fields in beyond:
        answer = await shop.desk("PATCH", path, fields, bearer=otto)
        assert answer.json()["error"]["code"] == "auth.beyond-own", fields
    await shop.desk("PATCH", path, {"domains": ["lantern.example"]})
    for method, fields in (("PATCH", {"client_id": "mine"}), ("DELETE", None)):
        answer = await shop.desk(method, path, fields, bearer=otto)
        assert answer.json()["error"]["code"] == "auth.beyond-own"


async def test_the_same_client_of_a_provider_is_there_once_and_ten_providers_are_enough(shop: Shop) -> None:
    await shop.set_up()
    body = {"name": "Again", "issuer": shop.provider.issuer, "client_id": CLIENT}
    assert (await shop.desk("POST", "/v1/identity-providers", body)).status_code == 409
    for turn in range(9):
        await shop.set_up(client_id=f"client-{turn}")
    answer = await shop.desk("POST", "/v1/identity-providers", {**body, "client_id": "client-10"})
    assert answer.json()["error"]["code"] == "sso.too-many"


async def test_a_role_that_a_rule_names_and_that_is_gone_lets_nobody_in(shop: Shop) -> None:
    role = await shop.desk("POST", "/v1/roles", {"name": "Night", "permissions": [], "scope": "own"})
    key = role.json()["role"]["id"]
    await shop.set_up(creates_accounts=True, default_role=key)
    await shop.desk("DELETE", f"/v1/roles/{key}")
    assert await shop.sign_in() == "/console/?sso=no-account"
