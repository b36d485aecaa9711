"""An authenticator app in somebody's hand, and the calls of a browser that signs in."""

from dataclasses import dataclass
from typing import Any

import httpx

from frontdesk.auth.second_factor import totp
from frontdesk.core.clock import ManualClock
from tests.service.auth_world import PASSWORD

Json = dict[str, Any]


@dataclass(slots=True)
class App:
    """What was scanned. `code` is what it shows now; `next` waits for another one."""

    secret: str
    clock: ManualClock

    def code(self, *, steps: int = 0) -> str:
        return totp.code_at(self.secret, self.clock.now() // totp.STEP + steps)

    def next(self) -> str:
        self.clock.advance(seconds=totp.STEP / 1000)
        return self.code()

    def wrong(self) -> str:
        near = {self.code(steps=away) for away in range(-2, 3)}
        return next(text for text in (f"{number:06}" for number in range(9)) if text not in near)


@dataclass(slots=True)
class Browser:
    http: httpx.AsyncClient
    clock: ManualClock

    async def post(self, path: str, body: Json, token: str = "") -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.http.post(path, json=body, headers=headers)

    async def sign_in(self, username: str = "ada", password: str = PASSWORD) -> Json:
        body = {"organization": "lantern", "username": username, "password": password}
        answer = await self.post("/v1/auth/sign-in", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def show(self, step: Json, code: str) -> httpx.Response:
        return await self.post("/v1/auth/code", {"continuation": step["continuation"], "code": code})

    async def enrol(self, username: str = "ada") -> tuple[App, list[str], str]:
        """The app, the recovery codes, and the token of the session in which it was set up."""
        token = (await self.sign_in(username))["access_token"]
        offer = await self.post("/v1/me/second-factor", {"password": PASSWORD}, token)
        assert offer.status_code == 200, offer.text
        app = App(offer.json()["secret"], self.clock)
        done = await self.post("/v1/me/second-factor/confirmation", {"code": app.code()}, token)
        assert done.status_code == 200, done.text
        return app, done.json()["recovery_codes"], token
