"""An identity provider on a real port that does as it is told, well or badly, and a Frontdesk that asks it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import msgspec
from joserfc import jws
from joserfc.jwk import ECKey, Key

from frontdesk.app.http import build_app
from frontdesk.app.runtime import Runtime
from frontdesk.app.targets import Target
from frontdesk.core.clock import Clock
from frontdesk.platform import Platform
from frontdesk.platform.config import Sso
from frontdesk.sso import Directory
from tests.kit.receiver import Heard, Receiver, Reply, receiver
from tests.service import auth_world
from tests.service.auth_world import World

Json = dict[str, Any]
CLIENT, SECRET = "desk-client", "desk-secret/with+signs"
MEI: Json = {
    "sub": "mei-1",
    "preferred_username": "Mei.Lin",
    "name": "Mei Lin 林梅",
    "email": "Mei@Lantern.example",
    "email_verified": True,
    "groups": ["support", "tea"],
}


def signed(claims: Mapping[str, object], key: Key, header: Json) -> str:
    registry = jws.JWSRegistry(algorithms=[header["alg"]])
    return jws.serialize_compact(header, msgspec.json.encode(claims), cast(Any, key), registry=registry)


@dataclass
class IdentityProvider:
    """`mangle` changes the claims, `sign` makes the token; `metadata` and `userinfo` override what is said."""

    http: Receiver
    clock: Clock
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", private=True))
    kid: str = "k1"
    published: list[Json] = field(default_factory=list[Json])
    metadata: Json = field(default_factory=dict[str, Any])
    userinfo: Json | None = None
    mangle: Callable[[Json], Json] = lambda claims: claims
    sign: Callable[["IdentityProvider", Json], str] = lambda self, claims: self.token(claims)
    asked: Json = field(default_factory=dict[str, Any])
    person: Json = field(default_factory=lambda: dict(MEI))

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.http.port}/tenant"

    def publish(self) -> None:
        self.published = [{**self.key.as_dict(private=False), "kid": self.kid, "use": "sig", "alg": "ES256"}]

    def token(self, claims: Json) -> str:
        return signed(claims, self.key, {"alg": "ES256", "kid": self.kid, "typ": "JWT"})

    async def answer(self, heard: Heard) -> Reply:
        match heard.path.removeprefix("/tenant"):
            case "/.well-known/openid-configuration":
                return self._json(
                    {
                        "issuer": self.issuer,
                        "authorization_endpoint": f"{self.issuer}/authorize?realm=staff",
                        "token_endpoint": f"{self.issuer}/token",
                        "jwks_uri": f"{self.issuer}/keys",
                        "userinfo_endpoint": f"{self.issuer}/userinfo",
                        "authorization_response_iss_parameter_supported": True,
                        **self.metadata,
                    }
                )
            case "/keys":
                return self._json({"keys": self.published})
            case "/token":
                return self._tokens(dict(parse_qsl(heard.body.decode())), heard.headers)
            case "/userinfo":
                return self._json(self.userinfo or {"sub": self.person["sub"]})
            case _:
                return Reply(404, body=b"{}")

    def _tokens(self, form: dict[str, str], headers: dict[str, str]) -> Reply:
        """As strict as a provider is: the code, the address, the client's proof and the verifier."""
        hashed = urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        wanted = (
            "authorization_code", "the-code", self.asked["redirect_uri"], self.asked["code_challenge"],
        )  # fmt: skip
        given = (form["grant_type"], form["code"], form["redirect_uri"], hashed.decode())
        if given != wanted or not headers.get("authorization", "").startswith("Basic "):
            return Reply(400, body=b'{"error":"invalid_grant"}')
        now = self.clock.now() // 1000
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"],
            **self.person,
        }
        return self._json({"id_token": self.sign(self, self.mangle(claims)), "access_token": "at"})

    @staticmethod
    def _json(body: Json) -> Reply:
        return Reply(200, {"content-type": "application/json"}, msgspec.json.encode(body))


@dataclass
class Shop:
    """The organization `lantern`, its administrator's token, and the provider as it is set up here."""

    world: World
    provider: IdentityProvider
    http: httpx.AsyncClient
    ada: str
    id: str = ""

    async def desk(self, method: str, path: str, body: object = None, *, bearer: str = "") -> httpx.Response:
        headers = {"authorization": f"Bearer {bearer or self.ada}"}
        return await self.http.request(method, path, json=body, headers=headers)

    async def set_up(self, **fields: object) -> None:
        body = {
            "name": "Lantern Login",
            "issuer": self.provider.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            **fields,
        }
        answer = await self.desk("POST", "/v1/identity-providers", body)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["provider"]["id"]

    async def change(self, **fields: object) -> None:
        answer = await self.desk("PATCH", f"/v1/identity-providers/{self.id}", fields)
        assert answer.status_code == 200, answer.text

    async def begin(self, return_to: str = "", http: httpx.AsyncClient | None = None) -> Json:
        """What the provider is asked, after the browser was sent to it."""
        answer = await (http or self.http).post(f"/v1/auth/sso/{self.id}", json={"return_to": return_to})
        assert answer.status_code == 200, answer.text
        address = urlsplit(str(answer.json()["redirect_to"]))
        assert address._replace(query="").geturl() == f"{self.provider.issuer}/authorize"
        self.provider.asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        return self.provider.asked

    async def back(self, asked: Json, http: httpx.AsyncClient | None = None, **changes: str) -> str:
        """The browser comes back; where it is sent then."""
        told = {"state": asked["state"], "code": "the-code", "iss": self.provider.issuer, **changes}
        query = {name: value for name, value in told.items() if value}
        answer = await (http or self.http).get("/v1/auth/sso/callback", params=query)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def sign_in(self, **person: object) -> str:
        """All of it, in a browser that has signed nobody in before. Where it ends."""
        self.http.cookies.clear()
        self.provider.person = {**MEI, **person}
        return await self.back(await self.begin())

    async def me(self) -> Json:
        """Who is signed in in the browser."""
        answer = await self.http.post("/v1/auth/refresh")
        assert answer.status_code == 200, answer.text
        found = await self.desk("GET", "/v1/me", bearer=answer.json()["access_token"])
        return {**found.json()["agent"], "token": answer.json()["access_token"]}

    async def agents(self) -> dict[str, Json]:
        answer = await self.desk("GET", "/v1/agents")
        return {one["username"]: one for one in answer.json()["items"]}

    async def add(self, username: str, **fields: object) -> str:
        body = {"username": username, "name": username, "password": auth_world.PASSWORD, **fields}
        answer = await self.desk("POST", "/v1/agents", body)
        assert answer.status_code == 201, answer.text
        return answer.json()["agent"]["id"]


@asynccontextmanager
async def open_shop(platform: Platform, organization: int, *, guarded: bool = False) -> AsyncGenerator[Shop]:
    """With `guarded` as an operator has it who has allowed nothing."""
    async with receiver() as http:
        provider = IdentityProvider(http, platform.clock)
        provider.publish()
        http.answering = provider.answer
        sso = Sso(allow_http=True, ports=str(http.port), allow_networks="127.0.0.1/32")
        config = msgspec.structs.replace(platform.config, sso=Sso() if guarded else sso)
        world = await auth_world.build(replace(platform, config=config), organization)
        directory = Directory(world.platform)
        runtime = Runtime(world.platform, frozenset({Target.API}), world.authenticator, directory)
        transport = httpx.ASGITransport(cast(Any, build_app(runtime)), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as client:
            token = (await world.sign_in()).token.text
            yield Shop(world, provider, client, token)
        await directory.close()
