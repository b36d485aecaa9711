"""People at a running Frontdesk, as their clients act: over HTTP and sockets, knowing nothing of the inside."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Any

import httpx

from frontdesk.core.ids import new_code
from tests.kit.realtime import Frame, RealtimeClient, realtime
from tests.scenarios.shop import PASSWORD, channel_of

Json = dict[str, Any]


class Entry:
    """Where a Frontdesk answers. Of several processes each request and each socket goes to the next one, so that
    nothing can rely on having been at the same one before.
    """

    def __init__(self, http: httpx.AsyncClient, api: Sequence[str], access: Sequence[str]) -> None:
        self._http = http
        self._api = cycle(api)
        self._access = cycle(access)

    async def request(
        self, method: str, path: str, *, json: Json | None = None, token: str | None = None
    ) -> httpx.Response:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return await self._http.request(method, next(self._api) + path, json=json, headers=headers)

    async def upload(self, path: str, name: str, data: bytes, *, token: str) -> Json:
        """Send a file."""
        answer = await self._http.post(
            next(self._api) + path,
            files={"file": (name, data, "text/plain")},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.is_success, answer.text
        return answer.json()

    def socket(self) -> str:
        """Where to open the next socket."""
        return next(self._access)


class Person:
    """Somebody with a token: a visitor or an agent."""

    def __init__(self, entry: Entry, token: str, facts: Json) -> None:
        self.entry = entry
        self.token = token
        self.facts = facts

    async def call(
        self, method: str, path: str, body: Json | None = None, *, expect: int | None = None
    ) -> Json:
        """An HTTP call with this person's token; fails with the body when the status is not the expected one."""
        answer = await self.entry.request(method, path, json=body, token=self.token)
        if expect is None:
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        else:
            assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    @asynccontextmanager
    async def online(
        self, *, heads: dict[str, int] | None = None, device: str | None = None
    ) -> AsyncGenerator[RealtimeClient]:
        """A realtime connection, of a device of its own unless one is named."""
        async with realtime(
            self.entry.socket(), self.token, device=device or new_code(), heads=heads
        ) as client:
            yield client


class Desk:
    """A shop that runs."""

    def __init__(self, entry: Entry, slug: str) -> None:
        self.entry = entry
        self.slug = slug

    async def visitor(self, *, language: str = "zh-CN", key: str | None = None) -> Person:
        body: Json = {"channel": channel_of(self.slug), "language": language}
        if key is not None:
            body["visitor_key"] = key
        answer = await self.entry.request("POST", "/v1/visitor/session", json=body)
        assert answer.is_success, answer.text
        return Person(self.entry, answer.json()["token"], answer.json())

    async def agent(self, username: str, *, status: str = "online") -> Person:
        credentials = {"organization": self.slug, "username": username, "password": PASSWORD}
        answer = await self.entry.request("POST", "/v1/auth/sign-in", json=credentials)
        assert answer.is_success, answer.text
        person = Person(self.entry, answer.json()["access_token"], answer.json())
        await person.call("PUT", "/v1/me/status", {"status": status})
        return person

    async def set_capacity(self, agent: Person, capacity: int) -> None:
        admin = await self.agent("admin", status="offline")
        await admin.call("PATCH", f"/v1/agents/{agent.facts['agent_id']}", {"capacity": capacity})


async def opened(visitor: Person) -> str:
    """A new conversation of this visitor; returns its id."""
    language = visitor.facts["channel"]["language"]
    answer = await visitor.call("POST", "/v1/visitor/conversations", {"language": language})
    return answer["conversation"]["id"]


def message(frame: Frame) -> str:
    """The text of an `entry` frame of a message, else an empty string."""
    entry = frame.get("entry", {})
    return entry.get("body", {}).get("text", "") if entry.get("kind") == "message" else ""
