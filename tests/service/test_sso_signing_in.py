"""Signing in by a company's own provider: who comes in as whom, and in which browser."""

from collections.abc import AsyncIterator

import httpx
import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from tests.service.auth_world import PASSWORD
from tests.service.sso_world import MEI, Shop, open_shop

RULES = [{"value": "boss", "role": "administrator"}, {"value": "support", "role": "leader"}]
HOME = "/console/"
NO_ACCOUNT = "/console/?sso=no-account"
EXPIRED = "/console/?sso=expired"


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    async with open_shop(platform, organization) as opened:
        yield opened


async def test_somebody_new_gets_an_account_in_the_role_of_the_first_rule_that_fits(shop: Shop) -> None:
    await shop.set_up(creates_accounts=True, role_claim="groups", role_rules=RULES)
    assert await shop.sign_in() == HOME
    me = await shop.me()
    assert (me["username"], me["name"], me["role"], me["email"]) == ("mei.lin", "Mei Lin 林梅", "leader", "")
    assert await shop.sign_in() == HOME
    assert (await shop.me())["id"] == me["id"], "the second time it is the same person"
    assert set(await shop.agents()) == {"mei.lin"}


async def test_who_has_a_user_name_that_is_taken_gets_another_and_not_that_account(shop: Shop) -> None:
    there = await shop.add("mei.lin", role="administrator")
    await shop.set_up(creates_accounts=True, default_role="agent")
    await shop.sign_in()
    me = await shop.me()
    assert me["id"] != there
    assert me["username"].startswith("mei.lin-")


async def test_a_made_account_has_no_password_and_the_browser_no_readable_token(shop: Shop) -> None:
    await shop.set_up(creates_accounts=True, default_role="agent")
    await shop.sign_in()
    credentials = {"organization": "lantern", "username": "mei.lin", "password": PASSWORD}
    assert (await shop.http.post("/v1/auth/sign-in", json=credentials)).status_code == 401
    asked = await shop.begin()
    query = {"state": asked["state"], "code": "the-code", "iss": shop.provider.issuer}
    answer = await shop.http.get("/v1/auth/sso/callback", params=query)
    (cookie,) = answer.headers.get_list("set-cookie")
    assert "frontdesk_refresh=" in cookie
    assert all(word in cookie.lower() for word in ("httponly", "samesite=strict", "secure"))
    assert answer.content == b""


async def test_nobody_gets_an_account_where_none_are_made_or_no_rule_fits(shop: Shop) -> None:
    await shop.set_up(default_role="agent")
    assert await shop.sign_in() == NO_ACCOUNT
    await shop.change(creates_accounts=True, default_role="", role_claim="groups", role_rules=RULES)
    assert await shop.sign_in(groups=["tea"]) == NO_ACCOUNT
    assert await shop.sign_in(groups={"boss": True}) == NO_ACCOUNT
    assert await shop.sign_in(groups="support") == HOME, "one value need not be a list"


async def test_a_made_account_follows_the_rules_at_each_sign_in(shop: Shop) -> None:
    await shop.add("boss", role="administrator")
    await shop.set_up(creates_accounts=True, role_claim="groups", role_rules=RULES)
    await shop.sign_in(groups=["boss", "support"])
    assert (await shop.me())["role"] == "administrator"
    await shop.sign_in(groups=["support"])
    assert (await shop.me())["role"] == "leader"
    assert await shop.sign_in(groups=[]) == NO_ACCOUNT
    await shop.sign_in(groups=["boss"])
    me = await shop.me()
    admin = (await shop.desk("GET", "/v1/audit", bearer=me["token"])).json()["items"]
    assert {"session.signed_in", "provider.linked", "provider.created"} <= {one["action"] for one in admin}


async def test_the_last_administrator_stays_one(shop: Shop, organization: int) -> None:
    await shop.set_up(creates_accounts=True, role_claim="groups", role_rules=RULES)
    await shop.sign_in(groups=["boss"])
    assert (await shop.sign_in(groups=["support"])) == HOME
    assert (await shop.me())["role"] == "administrator", "ada has no agent: nobody else is one"


async def test_an_account_is_linked_by_a_verified_address_of_a_domain_that_is_allowed(shop: Shop) -> None:
    there = await shop.add("mei", role="agent", email="mei@lantern.example")
    await shop.set_up(domains=["@Lantern.example"], creates_accounts=False)
    assert await shop.sign_in() == HOME
    me = await shop.me()
    assert (me["id"], me["role"]) == (there, "agent")
    assert await shop.sign_in(email="somebody.else@lantern.example") == HOME
    assert (await shop.me())["id"] == there, "known by sub from then on"


IMPOSTORS: list[dict[str, object]] = [
    {"email_verified": False},
    {"email_verified": None},
    {"email_verified": 1},
    {"email": "mei@lantern.example.evil.example"},
    {"email": "mei@evil.example"},
    {"email": ["mei@lantern.example"]},
    {"email": "ｍei@lantern.example"},
]


async def test_no_account_is_taken_over_by_an_address_that_the_provider_may_not_speak_for(
    shop: Shop,
) -> None:
    await shop.add("mei", email="mei@lantern.example")
    await shop.set_up(domains=["lantern.example"], creates_accounts=True, default_role="agent")
    for person in IMPOSTORS:
        assert await shop.sign_in(**person) == NO_ACCOUNT, person
    assert set(await shop.agents()) == {"mei"}


async def test_without_domains_nobody_is_linked_and_no_address_is_believed(shop: Shop) -> None:
    await shop.add("mei", email="mei@lantern.example")
    await shop.set_up(creates_accounts=True, default_role="agent")
    assert await shop.sign_in() == HOME
    assert ((await shop.me())["username"], (await shop.me())["email"]) == ("mei.lin", "")


async def test_an_address_that_was_given_to_somebody_else_does_not_give_them_the_account(shop: Shop) -> None:
    await shop.add("mei", email="mei@lantern.example")
    await shop.set_up(domains=["lantern.example"])
    assert await shop.sign_in() == HOME
    assert await shop.sign_in(sub="another-mei") == NO_ACCOUNT


async def test_a_disabled_account_stays_outside_linked_or_not(shop: Shop) -> None:
    there = await shop.add("mei", email="mei@lantern.example")
    await shop.set_up(domains=["lantern.example"])
    await shop.desk("PATCH", f"/v1/agents/{there}", {"enabled": False})
    assert await shop.sign_in() == NO_ACCOUNT
    await shop.desk("PATCH", f"/v1/agents/{there}", {"enabled": True})
    assert await shop.sign_in() == HOME
    await shop.desk("PATCH", f"/v1/agents/{there}", {"enabled": False})
    assert await shop.sign_in() == NO_ACCOUNT


async def test_a_state_works_once_in_the_browser_that_began_for_ten_minutes(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.set_up(creates_accounts=True, default_role="agent")
    asked = await shop.begin()
    async with httpx.AsyncClient(transport=shop.http._transport, base_url=shop.http.base_url) as stranger:
        assert await shop.back(asked, stranger) == EXPIRED, "without a cookie"
        await shop.begin(http=stranger)
        assert await shop.back(asked, stranger) == EXPIRED, "with the cookie of another attempt"
    shop.provider.asked = asked
    assert await shop.back(asked) == HOME
    assert await shop.back(asked) == EXPIRED, "used"
    assert await shop.back({"state": "x" * 5000}) == EXPIRED
    late = await shop.begin()
    clock.advance(seconds=601)
    assert await shop.back(late) == EXPIRED


async def test_two_tabs_may_begin_side_by_side(shop: Shop) -> None:
    await shop.set_up(creates_accounts=True, default_role="agent")
    first, second = await shop.begin(), await shop.begin()
    assert first["nonce"] != second["nonce"]
    shop.provider.asked = first
    assert await shop.back(first) == HOME
    shop.provider.asked = second
    assert await shop.back(second) == HOME


PLACES = {
    "/console/authorize?client_id=x&state=%2F": "/console/authorize?client_id=x&state=%2F",
    "https://evil.example/": HOME,
    "//evil.example": HOME,
    "/console/\\evil.example": HOME,
    "/console": HOME,
    "/v1/oauth/clients": HOME,
    "/console/\r\nset-cookie: a=b": HOME,
    "/console/灯": HOME,
}


async def test_one_comes_back_to_a_page_of_the_console_and_nowhere_else(shop: Shop) -> None:
    await shop.set_up(creates_accounts=True, default_role="agent")
    for asked, given in PLACES.items():
        assert await shop.back(await shop.begin(asked)) == given, asked


async def test_who_is_refused_by_the_provider_is_told_so(shop: Shop) -> None:
    await shop.set_up(creates_accounts=True, default_role="agent")
    assert await shop.back(await shop.begin(), code="", error="access_denied") == "/console/?sso=cancelled"
    for wrong in ("invalid_scope", ""):
        assert await shop.back(await shop.begin(), code="", error=wrong) == "/console/?sso=failed"


async def test_a_provider_that_is_switched_off_lets_nobody_in_and_signs_out_who_came_by_it(
    shop: Shop,
) -> None:
    await shop.set_up(creates_accounts=True, default_role="agent")
    await shop.sign_in()
    token = (await shop.me())["token"]
    asked = await shop.begin()
    await shop.change(enabled=False)
    assert (await shop.desk("GET", "/v1/me", bearer=token)).status_code == 401
    assert await shop.back(asked) == EXPIRED
    assert (await shop.http.post(f"/v1/auth/sso/{shop.id}", json={})).status_code == 404
    listed = await shop.http.get("/v1/auth/sso", params={"organization": "lantern"})
    assert listed.json() == {"items": []}
    await shop.change(enabled=True)
    await shop.sign_in()
    token = (await shop.me())["token"]
    assert (await shop.desk("DELETE", f"/v1/identity-providers/{shop.id}")).status_code == 204
    assert (await shop.desk("GET", "/v1/me", bearer=token)).status_code == 401


async def test_the_sign_in_page_learns_names_and_no_more(shop: Shop) -> None:
    await shop.set_up()
    listed = await shop.http.get("/v1/auth/sso", params={"organization": "lantern"})
    assert listed.json() == {"items": [{"id": shop.id, "name": "Lantern Login"}]}
    for other in ("nobody", "", "x" * 5000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        assert (await shop.http.get("/v1/auth/sso", params={"organization": other})).json() == {"items": []}


async def test_what_the_token_does_not_say_is_asked_of_userinfo(shop: Shop) -> None:
    await shop.set_up(creates_accounts=True, role_claim="groups", role_rules=RULES)
    person = {name: MEI[name] for name in ("sub", "name")}
    shop.provider.userinfo = {**MEI, "name": "Not this one"}
    shop.provider.mangle = lambda claims: {
        name: value
        for name, value in claims.items()
        if name in {*person, "iss", "aud", "exp", "iat", "nonce"}
    }
    assert await shop.sign_in() == HOME
    me = await shop.me()
    assert (me["username"], me["name"], me["role"]) == ("mei.lin", "Mei Lin 林梅", "leader")


async def test_many_attempts_from_one_address_are_slowed_down(shop: Shop) -> None:
    await shop.set_up()
    answers = [await shop.http.post(f"/v1/auth/sso/{shop.id}", json={}) for _turn in range(45)]
    assert {answer.status_code for answer in answers} == {200, 429}
