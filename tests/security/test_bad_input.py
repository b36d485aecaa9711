"""Whatever comes in: a typed refusal or a good answer, never a fault of ours, and nothing changed by what is refused."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import httpx
import pytest

from tests.security.bodies import BODIES
from tests.security.people import Person
from tests.security.spoiling import BROKEN, LONG, ODD_NUMBERS, ODD_TEXTS, Document
from tests.security.test_matrix import Caller, assert_refusal, caller
from tests.security.world import World
from tests.service import media_files

pytestmark = pytest.mark.asyncio(loop_scope="module")
VISITORS: Final = ("POST /v1/visitor/", "/rating", "POST /v1/conversations/{conversation_id}/human")
# The body is not described there: frames have a description of their own, /v1/asyncapi.json.
FRAMES: Final = ("POST /v1/realtime/sessions", "POST /v1/realtime/sessions/{connection}/frames")
# A body may be left out: it says nothing that is needed.
OPTIONAL: Final = frozenset({"POST /v1/conversations/{conversation_id}/close"})


@pytest.fixture
def document(made: World) -> Document:
    return Document(made.app.openapi_schema.to_schema())


async def callers(made: World) -> dict[str, Caller]:
    """An administrator, and for what only visitors do, a visitor; both aim at what is theirs."""
    # Good bodies have their effect: an earlier test may have given the team to somebody else.
    members = [{"agent_id": made.ours.ids["mei"], "weight": 10}]
    await made.ours.people["ada"].get("PUT", f"/v1/teams/{made.ours.ids['team_id']}/members", members)
    asking = await caller(made, "owner", aims={"agent_id": made.ours.ids["gone"]})
    admin = Caller("admin", made.ours.people["ada"], made.ours, asking.aims)
    mei = Caller("mei", made.ours.people["mei"], made.ours, asking.aims)
    return {"visitor": asking, "admin": admin, "agent": mei}


def who(route: str, people: dict[str, Caller]) -> Caller:
    if any(part in route for part in VISITORS):
        return people["visitor"]
    return people["agent" if "{conversation_id}" in route or "{connection}" in route else "admin"]


async def send(asking: Caller, route: str, content: bytes, kind: str = "application/json") -> httpx.Response:
    method, path = route.split()
    headers = {"authorization": f"Bearer {asking.person.token}", "content-type": kind}
    return await asking.person.http.request(method, asking.fill(path), content=content, headers=headers)


class Judge:
    """Collects what went wrong over many requests, so that one run names all."""

    def __init__(self, made: World) -> None:
        self._made = made
        self._before: Mapping[str, Sequence[str]] = {}
        self.wrong: list[str] = []

    async def begin(self) -> None:
        self._before = await self._made.rows("lantern")

    async def ask(
        self, request: Callable[[], Awaitable[httpx.Response]], case: str, *, refused: bool
    ) -> httpx.Response:
        answer = await request()
        told = f"{case[:200]}: {answer.status_code} {answer.text[:160]}"
        if answer.status_code >= 500 or (refused and answer.status_code < 400):
            self.wrong.append(told)
        if answer.status_code >= 400:
            try:
                assert_refusal(answer)
            except (AssertionError, KeyError, ValueError) as error:
                self.wrong.append(f"{told}: {error}")
            if not await self._changed():
                return answer
            if changed := await self._changes_it(request):
                self.wrong.append(f"{told}: changed {changed}")
        await self.begin()
        return answer

    async def _changed(self) -> list[str]:
        """The tables that are not what they were."""
        now = await self._made.rows("lantern")
        return [
            table for table in now.keys() | self._before.keys() if now.get(table) != self._before.get(table)
        ]

    async def _changes_it(self, request: Callable[[], Awaitable[httpx.Response]]) -> list[str]:
        """Once more, when all that still went on from earlier good requests is over."""
        await asyncio.sleep(0.5)
        await self.begin()
        await request()
        return await self._changed()

    def verdict(self) -> None:
        assert not self.wrong, f"{len(self.wrong)} wrong:\n" + "\n".join(self.wrong[:40])


def with_bodies(document: Document) -> Iterator[tuple[str, Any]]:
    for route, operation in document.routes():
        schema = document.body_of(operation)
        if schema is not None:
            yield route, schema


async def test_what_is_no_json_is_refused_everywhere(made: World, document: Document) -> None:
    people, judge = await callers(made), Judge(made)
    await judge.begin()
    routes = [route for route, _ in with_bodies(document)]
    assert set(BODIES) - set(FRAMES) == set(routes), "every described body has a good example"
    for number, route in enumerate((*routes, *FRAMES)):
        # Every route meets every fifth of them; together they meet each many times over.
        for content in BROKEN[number % 5 :: 5] if number > 4 else BROKEN:
            if content == b"" and route in OPTIONAL:
                continue
            request = partial(send, who(route, people), route, content)
            # Frames are answered on their stream, so that there the post itself may be taken.
            await judge.ask(request, f"{route} {content[:40]!r}", refused=route not in FRAMES)
    judge.verdict()


async def test_a_body_of_another_kind_is_refused(made: World, document: Document) -> None:
    people, judge = await callers(made), Judge(made)
    await judge.begin()
    for route, _ in with_bodies(document):
        asking = who(route, people)
        good = json.dumps(asking.fill(BODIES[route])).encode()
        for kind, content in (
            ("application/x-www-form-urlencoded", b"name=Changed&text=Changed"),
            (
                "multipart/form-data; boundary=x",
                b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nC\r\n--x--',
            ),
            ("multipart/form-data", good),
            ("application/xml", b"<name>Changed</name>"),
            ("application/x-msgpack", b"\x81\xa4name\xa7Changed"),
        ):
            await judge.ask(partial(send, asking, route, content, kind), f"{route} as {kind}", refused=True)
    judge.verdict()


async def test_a_field_of_another_type_or_a_missing_one_is_refused(made: World, document: Document) -> None:
    people, judge = await callers(made), Judge(made)
    await judge.begin()
    count = 0
    for route, schema in with_bodies(document):
        asking = who(route, people)
        good = asking.fill(BODIES[route])
        if route == "PATCH /v1/settings":
            continue
        for body in document.wrong_bodies(schema, good):
            count += 1
            request = partial(send, asking, route, json.dumps(body).encode())
            await judge.ask(request, f"{route} {json.dumps(body)}", refused=True)
    judge.verdict()
    assert count > 400


async def test_settings_of_another_type_are_refused(made: World) -> None:
    admin, judge = made.ours.people["ada"], Judge(made)
    await judge.begin()
    settings = (await admin.get("GET", "/v1/settings"))["settings"]
    for name in [*settings, "no such setting"]:
        for value in (
            -1,
            10**12,
            10**40,
            "x",
            LONG,
            [],
            [{"a": 1}],
            {"fr": "x"},
            {"en": 5},
            True,
            1.5,
            "\x00",
        ):
            if isinstance(value, bool) and isinstance(settings.get(name), bool):
                continue  # of its own type
            request = partial(admin.ask, "PATCH", "/v1/settings", body={name: value})
            await judge.ask(request, f"{name} {str(value)[:60]}", refused=True)
    judge.verdict()


async def test_hostile_values_of_the_right_type_break_nothing(made: World, document: Document) -> None:
    people, judge = await callers(made), Judge(made)
    await judge.begin()
    for route, schema in with_bodies(document):
        if route.startswith("POST /v1/auth/"):
            continue
        asking = who(route, people)
        for body in document.odd_bodies(schema, asking.fill(BODIES[route])):
            content = json.dumps(body).encode()
            request = partial(send, asking, route, content)
            answer = await judge.ask(request, f"{route} {content.decode()}", refused=False)
            if len(answer.content) > 100_000:
                judge.wrong.append(f"{route} takes and gives back what has no end: {content[:100]!r}")
            if "\\u0000" in answer.text or "\\ud800" in answer.text:
                judge.wrong.append(f"{route} gives back what cannot be shown: {answer.text[:160]}")
    judge.verdict()


async def test_fields_that_are_the_servers_are_ignored(made: World) -> None:
    """CVE-2024-46936 and CVE-2021-42086: nobody writes as somebody else, and nobody promotes themselves."""
    otto = made.ours.people["otto"]
    body = {
        "nickname": "Otto",
        "role": "administrator",
        "enabled": True,
        "capacity": 99,
        "organization_id": "1",
    }
    changed = (await otto.get("PATCH", "/v1/me", body))["agent"]
    assert (changed["role"], changed["nickname"]) == ("agent", "Otto")
    owner = made.ours.people["owner"]
    body = {
        "score": 5,
        "sender": {"kind": "agent", "id": made.ours.ids["mei"]},
        "at": 1,
        "wrap_up": {"category": "x"},
    }
    path = f"/v1/conversations/{made.ours.ids['conversation_id']}"
    rated = (await owner.get("POST", f"{path}/rating", body))["conversation"]
    assert rated["wrap_up"] is None
    entries = (await owner.get("GET", f"{path}/entries"))["entries"]
    assert entries[-1]["sender"] == {"kind": "visitor", "id": made.ours.ids["contact_id"]}


@pytest.mark.timeout(300)  # some thousand requests
async def test_queries_that_make_no_sense(made: World, document: Document) -> None:
    people, judge = await callers(made), Judge(made)
    await judge.begin()
    values = (*ODD_TEXTS[:2], *ODD_TEXTS[3:], *(str(number) for number in ODD_NUMBERS[:7]), "x" * 5_000, '"', "*", "NEAR(a b)", "a AND", "^", "%")  # fmt: skip
    for route, operation in document.routes():
        names = [item["name"] for item in operation.get("parameters", []) if item["in"] == "query"]
        if not route.startswith("GET") or not names:
            continue
        asking = who(route, people)
        token = {"authorization": f"Bearer {asking.person.token}"}
        for name in names:
            for value in values:
                parameters = {"q": "word", name: value} if "search" in route else {name: value}
                path = asking.fill(route.split()[1])
                request = partial(made.http.get, path, params=parameters, headers=token)
                answer = await judge.ask(request, f"{route} {name}={value!r}", refused=False)
                if made.theirs.canary in answer.text:
                    judge.wrong.append(f"{route} {name}={value!r} tells of another organization")
    judge.verdict()


HEADER: Final = "question,answer\n"
TABLES: Final[tuple[tuple[str, bytes], ...]] = (
    ("nothing", b""),
    ("only white space", b" \n\n"),
    ("no columns of ours", b"a,b,c\n1,2,3\n"),
    ("no answer column", b"question\nhow?\n"),
    ("a column twice", b"question,answer,question\na,b,c\n"),
    ("more cells than columns", f"{HEADER}a,b,c,d\n".encode()),
    ("an open quote", f'{HEADER}"a,b\n'.encode()),
    ("neither UTF-8 nor GBK", HEADER.encode() + b"\x81\xff\xfe\x80,\xff\xff\n"),
    ("UTF-16", f"{HEADER}a,b\n".encode("utf-16")),
    ("null bytes", HEADER.encode() + b"\x00\x00,\x00\n"),
    ("a picture", media_files.picture("PNG")),
    ("an archive", media_files.archive({"a.csv": b"question,answer\n"})),
    ("a very long cell", f"{HEADER}{'q' * 900_000},a\n".encode()),
    ("a line of 5 MB", f"{HEADER}{'q' * 5_000_000},a\n".encode()),
    ("a language that we do not speak", b"question,answer,language\na,b,tlh\n"),
)


@pytest.mark.parametrize(("what", "table"), TABLES, ids=[what for what, _ in TABLES])
async def test_a_table_that_is_none_changes_nothing(made: World, what: str, table: bytes) -> None:
    before = await made.rows("lantern")
    path = f"/v1/knowledge-bases/{made.ours.ids['base_id']}/import"
    answer = await made.ours.people["ada"].ask("POST", path, files={"file": ("q.csv", table, "text/csv")})
    assert answer.status_code in {400, 413}, f"{what}: {answer.text[:200]}"
    if "error" in answer.json():
        assert_refusal(answer)
    else:
        problems = answer.json()["problems"]
        assert problems
        assert all(problem["message"] for problem in problems)
        assert len(answer.content) < 400_000
    assert await made.rows("lantern") == before


async def test_an_import_without_a_file_or_with_something_else_in_its_place(made: World) -> None:
    path = f"/v1/knowledge-bases/{made.ours.ids['base_id']}/import"
    ada = made.ours.people["ada"]
    before = await made.rows("lantern")
    for files in ({}, {"other": ("q.csv", b"question,answer\na,b\n", "text/csv")}):
        answer = await ada.ask("POST", path, files=files)
        assert answer.status_code == 400, answer.text
    answers = [
        await ada.http.post(
            path, data={"file": "question,answer"}, headers={"authorization": f"Bearer {ada.token}"}
        ),
        await ada.ask("POST", path, body={"file": "question,answer"}),
        await ada.ask("POST", path, content=b"question,answer\na,b\n"),
    ]
    for answer in answers:
        assert 400 <= answer.status_code < 500, answer.text
        assert_refusal(answer)
    assert await made.rows("lantern") == before


PNG: Final = media_files.picture("PNG")
PAGE: Final = b"<html><script>alert(1)</script></html>"
LIES: Final[tuple[tuple[str, str, bytes, str], ...]] = (
    ("a page called a picture", "cat.png", PAGE, "image/png"),
    ("a page", "page.html", PAGE, "text/html"),
    ("a page called a text by its sender", "page.html", PAGE, "text/plain"),
    ("an SVG", "x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
    ("an SVG called a picture", "x.png", b"<svg onload='alert(1)'/>", "image/png"),
    ("a program", "x.exe", b"MZ" + bytes(200), "application/octet-stream"),
    ("a script", "x.sh", b"#!/bin/sh\nrm -rf /\n", "text/plain"),
    ("a picture of 60,000 x 60,000", "big.png", media_files.png_bomb(60_000, 60_000), "image/png"),
    ("half a picture", "cut.png", PNG[: len(PNG) // 2], "image/png"),
    ("nothing", "empty.png", b"", "image/png"),
    ("an archive bomb", "x.zip", media_files.archive({"x": bytes(300_000_000)}), "application/zip"),
    ("a way out in an archive", "x.zip", media_files.archive({"../../x": b"x"}), "application/zip"),
)


@pytest.mark.parametrize(("what", "name", "data", "mime"), LIES, ids=[lie[0] for lie in LIES])
async def test_a_file_that_lies_is_refused_or_can_only_be_downloaded(
    made: World, what: str, name: str, data: bytes, mime: str
) -> None:
    person: Person = made.ours.people["stranger"]
    answer = await person.ask("POST", "/v1/media", files={"file": (name, data, mime)})
    if answer.status_code >= 400:
        assert answer.status_code in {400, 413}, answer.text
        assert_refusal(answer)
        return
    assert answer.json()["kind"] == "file", what
    shown = await made.http.get(answer.json()["url"])
    assert shown.headers["content-disposition"].startswith("attachment;")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert not shown.headers["content-type"].startswith(("text/html", "image/svg", "application/xhtml"))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.png", "a\x00.png", '"; filename="x.html', "x\r\nSet-Cookie: a=b.png", "con.png", ".png", "\u202egnp.exe.png"]
)  # fmt: skip
async def test_a_hostile_name_stays_a_name(made: World, name: str) -> None:
    person = made.ours.people["stranger"]
    answer = await person.ask("POST", "/v1/media", files={"file": (name, PNG, "image/png")})
    if answer.status_code >= 400:
        assert_refusal(answer)
        return
    shown = await made.http.get(answer.json()["url"])
    assert shown.status_code == 200
    assert "set-cookie" not in shown.headers
    assert not set(answer.json()["name"]) & set('/\\"<>\r\n\x00\u202e')
