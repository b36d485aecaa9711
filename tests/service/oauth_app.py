"""An application and its person, for the tests of the authorization server."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from frontdesk.core.ids import new_secret
from tests.service.auth_world import World

BACK = "https://app.example/back?from=desk"
SCOPES = ["openid", "profile", "offline_access", "contact.read", "settings.manage"]
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class App:
    """An application and its person, `ada`, who is signed in to the console."""

    world: World
    http: httpx.AsyncClient
    ada: str
    id: str = ""
    client_id: str = ""
    secret: str | None = None
    verifier: str = field(default_factory=lambda: new_secret(size=48))

    async def desk(self, method: str, path: str, body: object = None, *, bearer: str = "") -> httpx.Response:
        headers = {"authorization": f"Bearer {bearer or self.ada}"}
        return await self.http.request(method, path, json=body, headers=headers)

    async def register(self, **more: object) -> None:
        body = {"name": "App", "secret": True, "redirect_uris": [BACK], "scopes": SCOPES, **more}
        answer = await self.desk("POST", "/v1/oauth/clients", body)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        self.id, self.client_id, self.secret = (
            made["client"]["id"],
            made["client"]["client_id"],
            made["secret"],
        )

    async def ask(self, *, agreed: bool | None = True, bearer: str = "", **changes: str) -> httpx.Response:
        challenge = urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        request = {
            "client_id": self.client_id,
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid profile offline_access contact.read",
            "state": "s-1",
            "nonce": "n-1",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        body = {"request": request, "agreed": agreed}
        return await self.desk("POST", "/v1/oauth/authorizations", body, bearer=bearer)

    async def told(self, *, agreed: bool | None = True, **changes: str) -> dict[str, str]:
        """What the application is told at its address."""
        answer = await self.ask(agreed=agreed, bearer="", **changes)
        assert answer.status_code == 200, answer.text
        address = urlsplit(str(answer.json()["redirect_to"]))
        assert f"{address.scheme}://{address.netloc}{address.path}" == "https://app.example/back"
        return {name: values[0] for name, values in parse_qs(address.query).items()}

    async def token(self, **form: str) -> httpx.Response:
        proof = {} if self.secret is None else {"client_secret": self.secret}
        data = {"client_id": self.client_id, **proof, **form}
        return await self.http.post("/oauth/token", data=data)

    async def exchange(self, code: str, **changes: str) -> httpx.Response:
        fields = {"code": code, "redirect_uri": BACK, "code_verifier": self.verifier, **changes}
        return await self.token(grant_type="authorization_code", **fields)

    async def tokens(self, **changes: str) -> dict[str, Any]:
        answer = await self.exchange((await self.told(agreed=True, **changes))["code"])
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refresh(self, token: str) -> httpx.Response:
        return await self.token(grant_type="refresh_token", refresh_token=token)
