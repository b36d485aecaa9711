"""People at a running Frontdesk, as their clients act: over HTTP and sockets, knowing nothing of the inside."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from frontdesk.core.ids import new_code
from tests.kit.realtime import Frame, RealtimeClient, realtime
from tests.kit.server import Server

DEMO_PASSWORD = "frontdesk-demo"
Json = dict[str, Any]


class Person:
    """Somebody with a token: a visitor or an agent."""

    def __init__(self, server: Server, http: httpx.AsyncClient, token: str, facts: Json) -> None:
        self.server = server
        self.http = http
        self.token = token
        self.facts = facts

    async def call(
        self, method: str, path: str, body: Json | None = None, *, expect: int | None = None
    ) -> Json:
        """An HTTP call with this person's token; fails with the body when the status is not the expected one."""
        answer = await self.http.request(
            method, path, json=body, headers={"Authorization": f"Bearer {self.token}"}
        )
        if expect is None:
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        else:
            assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    @asynccontextmanager
    async def online(self, *, heads: dict[str, int] | None = None) -> AsyncGenerator[RealtimeClient]:
        """A realtime connection of a device of its own."""
        async with realtime(self.server.url, self.token, device=new_code(), heads=heads) as client:
            yield client


class Desk:
    """A demo shop that runs."""

    def __init__(self, server: Server, http: httpx.AsyncClient) -> None:
        self.server = server
        self.http = http

    async def visitor(
        self, *, language: str = "zh-CN", key: str | None = None, channel: str = "demo-shop"
    ) -> Person:
        body: Json = {"channel": channel, "language": language}
        if key is not None:
            body["visitor_key"] = key
        answer = await self.http.post("/v1/visitor/session", json=body)
        assert answer.is_success, answer.text
        return Person(self.server, self.http, answer.json()["token"], answer.json())

    async def agent(self, username: str, *, status: str = "online") -> Person:
        credentials = {"organization": "demo", "username": username, "password": DEMO_PASSWORD}
        answer = await self.http.post("/v1/auth/sign-in", json=credentials)
        assert answer.is_success, answer.text
        person = Person(self.server, self.http, answer.json()["access_token"], answer.json())
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
