"""What a test arranges behind the scenes over HTTP, so that the browsers show only what the test is about."""

from typing import Any

import httpx

ORGANIZATION = "demo"
PASSWORD = "frontdesk-demo"
CHANNEL = "demo-shop"
PEOPLE = ("admin", "lin", "mei", "omar")

Json = dict[str, Any]


class Desk:
    """The demo shop's back office."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=20)
        self._signed_in: dict[str, Json] = {}
        self._capacity = {
            each["username"]: each["capacity"] for each in self.agents() if each["kind"] == "human"
        }

    def close(self) -> None:
        self._http.close()

    def call(self, who: str, method: str, path: str, body: Json | None = None) -> Json:
        """An HTTP call as this agent."""
        headers = {"Authorization": f"Bearer {self.token(who)}"}
        answer = self._http.request(method, path, json=body, headers=headers)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def token(self, who: str) -> str:
        return self._sign_in(who)["access_token"]

    def forget(self, who: str) -> None:
        """Their session was ended: they sign in again when they are next needed."""
        self._signed_in.pop(who, None)

    def arrive(self, channel: str = CHANNEL, *, asks: bool = False) -> str:
        """Somebody comes by a channel, whom no browser shows, and may ask for a human; their name."""
        headers: dict[str, str] = {}

        def post(path: str, body: Json) -> Json:
            answer = self._http.post(path, json=body, headers=headers)
            assert answer.is_success, f"{path}: {answer.text}"
            return answer.json()

        came = post("/v1/visitor/session", {"channel": channel, "language": "en"})
        headers["Authorization"] = f"Bearer {came['token']}"
        conversation = post("/v1/visitor/conversations", {"language": "en"})["conversation"]["id"]
        if asks:
            post(f"/v1/conversations/{conversation}/human", {})
        return came["contact"]["name"]

    def set_status(self, who: str, status: str) -> None:
        self.call(who, "PUT", "/v1/me/status", {"status": status})

    def set_capacity(self, who: str, capacity: int) -> None:
        self.call("admin", "PATCH", f"/v1/agents/{self.agent(who)['id']}", {"capacity": capacity})

    def agent(self, who: str) -> Json:
        return next(each for each in self.agents() if each["username"] == who)

    def agents(self) -> list[Json]:
        return self.call("admin", "GET", "/v1/agents")["items"]

    def clear(self) -> None:
        """An empty, closed shop: no open conversation, nobody on duty, every seat as the demo has it."""
        for who in PEOPLE:
            self.set_status(who, "offline")
        for each in self.agents():
            if each["capacity"] != self._capacity.get(each["username"], each["capacity"]):
                self.set_capacity(each["username"], self._capacity[each["username"]])
        while items := self.call("admin", "GET", "/v1/conversations?view=all&limit=100")["items"]:
            for each in items:
                self.call("admin", "POST", f"/v1/conversations/{each['id']}/close", {})

    def _sign_in(self, who: str) -> Json:
        if who not in self._signed_in:
            body = {"organization": ORGANIZATION, "username": who, "password": PASSWORD}
            answer = self._http.post("/v1/auth/sign-in", json=body)
            assert answer.is_success, answer.text
            self._signed_in[who] = answer.json()
        return self._signed_in[who]
