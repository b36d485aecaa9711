"""Access tokens: only what we signed, for us, in force, of a session that stands."""

import base64
import json

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey

from frontdesk.auth import Authenticator, Keys
from frontdesk.auth.keys import Claims
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, SubjectKind
from frontdesk.platform import Platform
from tests.service import auth_world
from tests.service.auth_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


def assert_refused(world: World, token: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        world.authenticator.verify(token)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.UNAUTHENTICATED, "auth.token")


def claims_of(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


async def test_a_token_says_who_somebody_is(world: World) -> None:
    subject = world.authenticator.verify((await world.sign_in()).token.text)
    assert (subject.id, subject.organization_id) == (world.ada, world.organization)
    assert (subject.kind, subject.role) == (SubjectKind.AGENT, Role.ADMINISTRATOR)
    assert subject.may("settings.manage")


async def test_a_visitors_token_has_no_permissions(world: World) -> None:
    subject = world.authenticator.verify(await world.visitor_token(77))
    assert (subject.kind, subject.id, subject.channel_id) == (SubjectKind.VISITOR, 77, 5)
    assert subject.permissions == frozenset()
    assert subject.role is None


async def test_refused_when_expired(world: World, clock: ManualClock) -> None:
    token = (await world.sign_in()).token
    clock.advance(seconds=(token.expires_at - clock.now()) / 1000 - 0.001)
    assert world.authenticator.verify(token.text)
    clock.advance(seconds=0.001)
    assert_refused(world, token.text)


async def test_refused_when_any_part_is_changed(world: World) -> None:
    token = (await world.sign_in()).token.text
    header, _, signature = token.split(".")
    claims = claims_of(token)
    for change in ({"role": "administrator"}, {"org": "1"}, {"sub": "1"}, {"exp": 9_999_999_999}):
        assert_refused(world, f"{header}.{part({**claims, **change, 'jti': 'x'})}.{signature}")
    for place in range(0, len(token), 7):
        if token[place] != ".":
            other = "A" if token[place] != "A" else "B"
            assert_refused(world, token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", ""])
async def test_refused_without_a_signature(world: World, algorithm: str) -> None:
    token = (await world.sign_in()).token.text
    kid = world.keys.jwks()["keys"][0]["kid"]
    payload = token.split(".")[1]
    for header in ({"alg": algorithm, "kid": kid, "typ": "at+jwt"}, {"alg": algorithm}):
        assert_refused(world, f"{part(header)}.{payload}.")
        assert_refused(world, f"{part(header)}.{payload}.{token.split('.')[2]}")


async def test_refused_when_our_public_key_is_used_as_a_shared_secret(world: World) -> None:
    token = (await world.sign_in()).token.text
    public = world.keys.jwks()["keys"][0]
    for secret in (
        public["x"].encode(),
        base64.urlsafe_b64decode(public["x"] + "="),
        json.dumps(public).encode(),
    ):
        key = OctKey.import_key(secret.ljust(32, b"\0"))
        header = {"alg": "HS256", "kid": public["kid"], "typ": "at+jwt"}
        assert_refused(world, jwt.encode(header, claims_of(token), key, algorithms=["HS256"]))


async def test_refused_when_signed_by_a_key_of_somebody_else(world: World) -> None:
    claims = claims_of((await world.sign_in()).token.text)
    kid = world.keys.jwks()["keys"][0]["kid"]
    stranger = OKPKey.generate_key("Ed25519")
    for header in (
        {"alg": "Ed25519", "kid": kid, "typ": "at+jwt"},
        {"alg": "Ed25519", "typ": "at+jwt"},
        {"alg": "Ed25519", "kid": "theirs", "typ": "at+jwt"},
        {"alg": "Ed25519", "kid": kid, "typ": "at+jwt", "jwk": stranger.as_dict(private=False)},
    ):
        assert_refused(world, jwt.encode(header, claims, stranger, algorithms=["Ed25519"]))
    curve = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "kid": kid, "typ": "at+jwt"}
    assert_refused(world, jwt.encode(header, claims, curve, algorithms=["ES256"]))


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another"}, {"iss": "another"}, {"kind": "system"}, {"kind": "bot"}, {"kind": "root"}, {"role": ""},
        {"role": "god"}, {"sub": "0"}, {"sub": "-1"}, {"org": "x"}, {"org": "0"}, {"sid": "0"},
        {"kind": "visitor"}, {"exp": 1}, {"iat": 9_999_999_999}, {"chn": "x"},
    ],
    ids=str,
)  # fmt: skip
async def test_refused_when_signed_by_us_but_not_for_this(world: World, change: dict[str, str | int]) -> None:
    claims = claims_of((await world.sign_in()).token.text)
    assert world.authenticator.verify(world.keys.sign(Claims(**claims)))  # pyright: ignore[reportArgumentType]  decoded JSON
    assert_refused(world, world.keys.sign(Claims(**{**claims, **change})))  # pyright: ignore[reportArgumentType]  decoded JSON


async def test_refused_when_signed_by_us_as_another_type_of_token(world: World) -> None:
    claims = claims_of((await world.sign_in()).token.text)
    signing = world.keys._signing
    for kind in ("JWT", "id+jwt", "refresh"):
        header = {"alg": "Ed25519", "kid": signing.kid, "typ": kind}
        assert_refused(world, jwt.encode(header, claims, signing, algorithms=["Ed25519"]))
    header = {"alg": "Ed25519", "typ": "at+jwt"}
    assert_refused(world, jwt.encode(header, claims, signing, algorithms=["Ed25519"]))


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "é.é.é", "\ud800", "a" * 100_000, "." * 5000, "null"]
)
async def test_refused_when_it_is_no_token_at_all(world: World, text: str) -> None:
    assert_refused(world, text)


async def test_the_public_keys_hold_nothing_private(world: World) -> None:
    key, _identity = world.keys.jwks()["keys"]
    assert key["kty"] == "OKP"
    assert "d" not in key


async def test_keys_are_the_same_after_a_restart(world: World) -> None:
    token = (await world.sign_in()).token.text
    again = await Authenticator.load(world.platform, await Keys.load(world.platform))
    assert again.verify(token).id == world.ada


async def test_another_installation_refuses_our_tokens(world: World) -> None:
    token = (await world.sign_in()).token.text
    foreign = OKPKey.generate_key("Ed25519", auto_kid=True)
    other = Keys([foreign], signing=foreign)
    with pytest.raises(FrontdeskError):
        other.verify(token)
