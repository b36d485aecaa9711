"""A provider that lies, and somebody in between: nobody comes in, whatever they answer."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from tests.kit.receiver import Heard, Reply
from tests.service.sso_world import CLIENT, SECRET, IdentityProvider, Json, Shop, open_shop, signed

FAILED = "/console/?sso=failed"
HOME = "/console/"


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    async with open_shop(platform, organization) as opened:
        await opened.set_up(creates_accounts=True, default_role="administrator", domains=["lantern.example"])
        yield opened


async def nobody_came_in(shop: Shop, where: str, when: str = "") -> None:
    assert where == FAILED, when
    assert "frontdesk_refresh" not in shop.http.cookies, when
    assert await shop.agents() == {}, when


def changed(**changes: object) -> Callable[[Json], Json]:
    """With these claims; None takes one away."""
    return lambda claims: {k: v for k, v in {**claims, **changes}.items() if v is not None}


CLAIMS: dict[str, Callable[[Json], Json]] = {
    "another nonce": changed(nonce="n-0"),
    "no nonce": changed(nonce=None),
    "another audience": changed(aud="somebody-else"),
    "several audiences and nobody authorized": changed(aud=[CLIENT, "somebody-else"]),
    "another authorized party": changed(azp="somebody-else"),
    "no audience": changed(aud=None),
    "another issuer": changed(iss="https://accounts.example.com"),
    "the issuer with a slash": lambda claims: {**claims, "iss": claims["iss"] + "/"},
    "no issuer": changed(iss=None),
    "over": lambda claims: {**claims, "exp": claims["exp"] - 400},
    "no end": changed(exp=None),
    "an end that is no number": changed(exp="tomorrow"),
    "an end that is true": changed(exp=True),
    "from the future": lambda claims: {**claims, "iat": claims["iat"] + 120},
    "not yet": lambda claims: {**claims, "nbf": claims["iat"] + 120},
    "no subject": changed(sub=None),
    "an empty subject": changed(sub=""),
    "a subject that is a number": changed(sub=1),
    "a subject without an end": changed(sub="x" * 256),
    "a subject with a line in it": changed(sub="mei\n1"),
}


async def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(shop: Shop, clock: ManualClock) -> None:
    for wrong, mangle in CLAIMS.items():
        shop.provider.mangle = mangle
        await nobody_came_in(shop, await shop.sign_in(), wrong)
        clock.advance(seconds=10)


def part(value: object) -> str:
    return urlsafe_b64encode(msgspec.json.encode(value)).rstrip(b"=").decode()


def by_hand(claims: Json, header: Json, secret: bytes | None) -> str:
    """A token as no library makes it."""
    text = f"{part(header)}.{part(claims)}"
    signature = b"" if secret is None else hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{text}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def with_the_public_key(provider: IdentityProvider, claims: Json) -> str:
    """The confusion of kinds: the published key taken for a shared secret, in each form that it has."""
    pem = provider.key.as_pem(private=False)
    return by_hand(claims, {"alg": "HS256", "kid": provider.kid}, pem)


def weak(provider: IdentityProvider, claims: Json) -> str:
    key = RSAKey.generate_key(1024, private=True)
    provider.published = [{**key.as_dict(private=False), "kid": "weak", "alg": "RS256"}]
    return signed(claims, key, {"alg": "RS256", "kid": "weak"})


def shared(provider: IdentityProvider, claims: Json) -> str:
    """A shared secret among the published keys."""
    key = OctKey.import_key("0" * 32)
    provider.published = [{**key.as_dict(private=True), "kid": "oct", "alg": "HS256"}]
    return signed(claims, key, {"alg": "HS256", "kid": "oct"})


def other(provider: IdentityProvider, claims: Json) -> str:
    return signed(claims, ECKey.generate_key("P-256", private=True), {"alg": "ES256", "kid": provider.kid})


def embedded(provider: IdentityProvider, claims: Json) -> str:
    """The token brings the key that it was signed with."""
    key = ECKey.generate_key("P-256", private=True)
    return signed(claims, key, {"alg": "ES256", "kid": "mine", "jwk": key.as_dict(private=False)})


SIGNATURES: dict[str, Callable[[IdentityProvider, Json], str]] = {
    "none": lambda _provider, claims: by_hand(claims, {"alg": "none"}, None),
    "NoNe": lambda _provider, claims: by_hand(claims, {"alg": "NoNe"}, None),
    "no algorithm": lambda _provider, claims: by_hand(claims, {"typ": "JWT"}, None),
    "an algorithm that is a list": lambda _provider, claims: by_hand(claims, {"alg": ["ES256"]}, None),
    "the client's secret": lambda _provider, claims: by_hand(claims, {"alg": "HS256"}, SECRET.encode()),
    "the public key as a secret": with_the_public_key,
    "a weak key": weak,
    "a shared secret among the keys": shared,
    "another key of the same name": other,
    "a key that the token brings": embedded,
    "no signature": lambda provider, claims: provider.token(claims).rpartition(".")[0] + ".",
    "another body": lambda provider, claims: ".".join(
        [
            provider.token(claims).split(".")[0],
            part({**claims, "sub": "ada"}),
            provider.token(claims).split(".")[2],
        ]
    ),
    "nothing": lambda _provider, _claims: "",
    "not a token": lambda _provider, _claims: "灯笼",
    "a token without an end": lambda provider, claims: provider.token({**claims, "x": "y" * 40_000}),
}


async def test_a_token_that_the_provider_has_not_signed_lets_nobody_in(
    shop: Shop, clock: ManualClock
) -> None:
    for wrong, sign in SIGNATURES.items():
        shop.provider.publish()
        shop.provider.sign = sign
        await nobody_came_in(shop, await shop.sign_in(), wrong)
        clock.advance(seconds=20)  # the keys are read again
        await nobody_came_in(shop, await shop.sign_in(), wrong)
        clock.advance(seconds=20)
    shop.provider.publish()
    shop.provider.sign = lambda provider, claims: provider.token(claims)
    assert await shop.sign_in() == HOME, "and the good one does"


async def test_a_key_that_is_published_for_something_else_signs_nobody_in(
    shop: Shop, clock: ManualClock
) -> None:
    for wrong in ({"alg": "ES384"}, {"use": "enc"}, {"kid": "another"}, {"x": "AA"}, {"kty": "oct"}):
        clock.advance(seconds=301)  # what is published is read anew
        shop.ada = (await shop.world.sign_in()).token.text
        shop.provider.publish()
        shop.provider.published[0] |= wrong
        await nobody_came_in(shop, await shop.sign_in(), str(wrong))


async def test_a_key_that_was_changed_is_read_anew_but_not_for_every_token(
    shop: Shop, clock: ManualClock
) -> None:
    assert await shop.sign_in() == HOME
    shop.provider.key, shop.provider.kid = ECKey.generate_key("P-256", private=True), "k2"
    shop.provider.publish()
    clock.advance(seconds=20)
    assert await shop.sign_in() == HOME
    before = len(shop.provider.http.heard)
    shop.provider.sign = SIGNATURES["another key of the same name"]
    for _turn in range(3):
        await shop.sign_in()
    asked = [one.path for one in shop.provider.http.heard[before:]]
    assert asked.count("/tenant/keys") == 0, "it was read a moment ago"


async def test_an_answer_of_another_provider_is_not_taken_for_this_ones(shop: Shop) -> None:
    """RFC 9207: who answers is named, and a provider that says it names itself must."""
    asked = await shop.begin()
    await nobody_came_in(shop, await shop.back(asked, iss="https://evil.example"))
    asked = await shop.begin()
    await nobody_came_in(shop, await shop.back(asked, iss=""))
    assert [one.path for one in shop.provider.http.heard if one.path.endswith("/token")] == []


async def test_a_code_that_was_put_into_another_sign_in_is_worth_nothing(shop: Shop) -> None:
    """The verifier belongs to the browser and to its state."""
    first = await shop.begin()
    second = await shop.begin()
    assert first["code_challenge"] != second["code_challenge"]
    shop.provider.asked = first
    await nobody_came_in(shop, await shop.back(second))


async def test_userinfo_about_somebody_else_lets_nobody_in(shop: Shop) -> None:
    shop.provider.userinfo = {"sub": "ada-1", "email": "ada@lantern.example", "email_verified": True}
    shop.provider.mangle = changed(email=None, email_verified=None)
    await nobody_came_in(shop, await shop.sign_in())


async def test_whether_an_address_is_verified_is_asked_of_who_names_it(shop: Shop) -> None:
    shop.provider.userinfo = {"sub": "mei-1", "email": "mei@lantern.example"}
    shop.provider.mangle = changed(email=None)
    assert await shop.sign_in() == "/console/?sso=no-account"


ASTRAY: list[Json] = [
    {"issuer": "https://accounts.example.com"},
    {"authorization_endpoint": "javascript:alert(1)"},
    {"authorization_endpoint": "http://10.0.0.1/authorize"},
    {"jwks_uri": "http://169.254.169.254/latest/meta-data"},
    {"jwks_uri": "file:///etc/passwd"},
    {"token_endpoint": None},
    {"jwks_uri": 7},
]


async def test_a_provider_that_sends_us_or_browsers_astray_is_not_asked(shop: Shop) -> None:
    for metadata in ASTRAY:
        shop.provider.metadata = metadata
        answer = await shop.http.post(f"/v1/auth/sso/{shop.id}", json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "sso.failed"), metadata
        assert "10.0.0.1" not in answer.text


async def test_a_token_endpoint_in_our_own_network_is_not_asked(shop: Shop) -> None:
    shop.provider.metadata = {"token_endpoint": f"http://[::1]:{shop.provider.http.port}/tenant/token"}
    await nobody_came_in(shop, await shop.sign_in())


REPLIES: dict[str, Reply] = {
    "a redirect": Reply(302, {"location": "http://127.0.0.1/elsewhere"}, b""),
    "no JSON": Reply(200, body=b"<html>"),
    "no object": Reply(200, body=b"[]"),
    "an answer without an end": Reply(200, body=b" " * 300_000),
    "a failure": Reply(500, body=b"{}"),
    "nothing": Reply(200, body=b""),
}


async def test_whatever_else_is_answered_nobody_comes_in(shop: Shop, clock: ManualClock) -> None:
    good, spoiled = shop.provider.answer, ("", Reply())

    async def answer(heard: Heard) -> Reply:
        return spoiled[1] if heard.path == spoiled[0] else await good(heard)

    shop.provider.http.answering = answer
    for what, reply in REPLIES.items():
        for path in ("/tenant/.well-known/openid-configuration", "/tenant/keys"):
            spoiled = (path, reply)
            begun = await shop.http.post(f"/v1/auth/sso/{shop.id}", json={})
            assert begun.status_code == 503, (path, what)
    for what, reply in REPLIES.items():
        spoiled = ("/tenant/token", reply)
        await nobody_came_in(shop, await shop.sign_in(), what)
        clock.advance(seconds=10)


async def test_nothing_secret_is_logged_or_told(shop: Shop, capfd: pytest.CaptureFixture[str]) -> None:
    shop.provider.mangle = changed(nonce="n-0")
    await shop.sign_in()
    shop.provider.http.answering = _closed
    await shop.http.post(f"/v1/auth/sso/{shop.id}", json={})
    said: list[Any] = [await shop.desk("GET", "/v1/identity-providers"), await shop.desk("GET", "/v1/audit")]
    printed = "".join(capfd.readouterr()) + "".join(one.text for one in said)
    for secret in (SECRET, "the-code", shop.provider.asked["state"], shop.provider.asked["nonce"]):
        assert secret not in printed


async def _closed(_heard: Heard) -> Reply:
    return Reply(503, body=b"{}")
