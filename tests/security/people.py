"""Who asks in these tests: somebody with a token, and the organization with its people and one real id of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

Json = dict[str, Any]
Files = Mapping[str, tuple[str, bytes, str]]
PASSWORD = "a lantern in the rain"


@dataclass
class Person:
    """Somebody with a token, or nobody when it is empty."""

    http: httpx.AsyncClient
    token: str = ""
    facts: Json = field(default_factory=dict[str, Any])
    address: str = "203.0.113.255"

    async def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        files: Files | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        headers = {"x-forwarded-for": self.address}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        return await self.http.request(
            method, path, json=body, files=files, content=content, headers=headers, follow_redirects=False
        )

    async def get(self, method: str, path: str, body: object = None, files: Files | None = None) -> Json:
        """The answer of a call that must succeed."""
        answer = await self.ask(method, path, body=body, files=files)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}


@dataclass
class Organization:
    """`ids` holds one real id of every kind, by the names that addresses give them."""

    slug: str
    canary: str
    ids: dict[str, str]
    people: dict[str, Person]

    def fill(self, text: str) -> str:
        """The address with this organization's ids in it."""
        for name, value in self.ids.items():
            text = text.replace("{" + name + "}", value)
        return text


async def sign_in(http: httpx.AsyncClient, slug: str, username: str, password: str = PASSWORD) -> Person:
    credentials = {"organization": slug, "username": username, "password": password}
    answer = await http.post("/v1/auth/sign-in", json=credentials)
    assert answer.is_success, answer.text
    return Person(http, answer.json()["access_token"], answer.json())
