"""Classes of weaknesses that customer-service software had in public advisories, each tried against this one.

class                                where it is tried
reaching across, by ids              test_matrix.py (every route, every kind of id), test_borders.py (ids in bodies and queries)
a visitor's token as a way around    test_borders.py (files, history, keys), below: what a visitor's token opens
text that runs in a browser          tests/e2e/test_hostile_text.py, with the policy and without it; below: no page has a script in it
files that act                       tests/unit/test_media_content.py, tests/service/test_media_files.py
requests of ours to inside           tests/service/test_webhooks_guard.py
hostile parents, children, origins   below; tests/service/test_access_sockets.py (lists of origins)
injection                            below, and test_bad_input.py
signing in without a password        below; tests/service/test_auth_sign_in.py
secrets that outlive, or are logged  test_borders.py (tokens of the disabled), test_secrets.py
forged senders and fields            below
work without end                     below; tests/unit/access/test_frames_fuzzed.py, tests/service/test_access_sockets.py
something printed that lets write    below
"""

import json
import re
import time
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from typing_extensions import override
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from tests.kit.realtime import realtime
from tests.security.verdicts import VERDICTS
from tests.security.world import World, fresh_conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGES: Final = ("/console", "/console/inbox", "/demo", "/widget/chat.html?channel={channel_code}")
INJECTIONS: Final = (
    "'",
    "' or '1'='1",
    "1 or 1=1",
    "1; drop table conversation--",
    "' union select hash, 1 from refresh_token--",
    "1) or (select 1 from pg_sleep(5))--",
    "') or randomblob(1000000000)--",
    '{"$ne": null}',
    '{"$gt": ""}',
    "%27%20or%201%3D1",
    "*) | (org:*",
    "__proto__[admin]=1",
)
# Characters at which careless patterns for words, addresses, links and names go back and forth.
SLOW: Final = (
    "a" * 1_900 + "!",
    "(" * 1_900,
    "a." * 950 + "@",
    "http://" + "a/" * 900,
    " " * 1_900,
    "<" * 1_900,
)
SOON: Final = 2.0


class _Scripts(HTMLParser):
    """What of a page would run that is not a file of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.running: list[str] = []
        self._inside = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        self.running += [name for name, _ in attrs if name.startswith("on")]
        self.running += [
            value for _, value in attrs if value and value.strip().lower().startswith("javascript:")
        ]

    @override
    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            self.running.append(data[:80])


async def test_text_that_runs__no_page_has_a_script_in_it_and_the_policy_allows_none(made: World) -> None:
    for path in PAGES:
        answer = await made.http.get(made.ours.fill(path))
        assert answer.status_code == 200, path
        parser = _Scripts()
        parser.feed(answer.text)
        assert parser.running == [], path
        parts = str(answer.headers["content-security-policy"]).split(";")
        policy = {part.split()[0]: part.split(maxsplit=1)[1] for part in parts}
        scripts = policy.get("script-src", policy["default-src"])
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & set(scripts.split()), path
        assert (policy["object-src"], policy["base-uri"]) == ("'none'", "'none'"), path


async def test_hostile_parents__the_console_and_the_api_are_framed_by_nobody(made: World) -> None:
    for path in ("/console", "/console/settings", "/demo", "/v1/openapi.json", "/health"):
        answer = await made.http.get(path)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path


async def test_hostile_origins__a_socket_opened_from_a_foreign_page_is_nobodys(made: World) -> None:
    """No cookie opens a socket: without a token in its hello it is closed, whatever the browser sent along."""
    good = made.ours.people["mei"]
    answer = await made.http.post(
        "/v1/auth/sign-in",
        json={"organization": "lantern", "username": "mei", "password": "a lantern in the rain"},
    )
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    for origin in ("https://evil.example", "null", f"{made.url}.evil.example", made.url):
        socket = await connect(
            made.url.replace("http", "ws") + "/v1/realtime",
            origin=Origin(origin),
            subprotocols=[Subprotocol("frontdesk.v1")],
            additional_headers={"cookie": cookie, "authorization": f"Bearer {good.token}"},
        )
        await socket.send(json.dumps({"t": "hello", "token": "", "device": "x", "heads": {}}))
        told = json.loads(await socket.recv())
        assert (told["t"], told["code"]) == ("bye", 4401), origin
        await socket.wait_closed()


async def test_hostile_origins__no_other_page_may_read_an_answer(made: World) -> None:
    for method, path in (("GET", "/v1/me"), ("POST", "/v1/auth/refresh"), ("OPTIONS", "/v1/agents")):
        answer = await made.http.request(
            method,
            path,
            headers={"origin": "https://evil.example", "access-control-request-method": "POST"},
        )
        allowed = {name for name in answer.headers if name.startswith("access-control-")}
        assert not allowed, f"{method} {path}: {allowed}"


async def test_a_visitors_token__opens_no_route_of_the_staff(made: World) -> None:
    owner = made.ours.people["owner"]
    for route, verdicts in VERDICTS.items():
        if verdicts["owner"] == 403 and "{" not in route:
            method, path = route.split()
            answer = await owner.ask(method, path, body={})
            assert answer.status_code in {400, 403}, f"{route}: {answer.text[:120]}"


async def test_injection__filters_search_and_cursors_take_words_as_words(made: World) -> None:
    ada = made.ours.people["ada"]
    asked: dict[str, tuple[str, ...]] = {
        "/v1/search": ("q", "cursor", "agent_id", "since", "until"),
        "/v1/conversations": ("view", "team", "cursor", "limit"),
        "/v1/contacts": ("q", "cursor", "limit"),
        "/v1/audit": ("actor", "action", "target_kind", "target", "since", "cursor"),
        "/v1/leave-messages": ("state", "cursor"),
        "/v1/tickets": ("state", "assignee_id", "team_id", "q", "cursor", "limit"),
        f"/v1/knowledge-bases/{made.ours.ids['base_id']}/questions": ("q", "category", "cursor"),
    }
    for path, names in asked.items():
        for name in names:
            for text in INJECTIONS:
                query = {"q": "CANARY", "view": "all"} if path in {"/v1/search", "/v1/conversations"} else {}
                began = time.perf_counter()
                answer = await made.http.get(
                    path, params={**query, name: text}, headers={"authorization": f"Bearer {ada.token}"}
                )
                case = f"{path} {name}={text}: {answer.status_code} {answer.text[:160]}"
                assert answer.status_code in {200, 400, 404}, case
                assert made.theirs.canary not in answer.text, case
                assert time.perf_counter() - began < SOON, case


async def test_injection__objects_where_words_are_expected_sign_nobody_in(made: World) -> None:
    good = {"organization": "lantern", "username": "mei", "password": "a lantern in the rain"}
    for name in good:
        for operator in ({"$ne": None}, {"$gt": ""}, ["mei"], True, 0, None):
            answer = await made.http.post("/v1/auth/sign-in", json={**good, name: operator})
            assert answer.status_code == 400, f"{name}={operator}: {answer.text[:120]}"


async def test_signing_in__no_header_of_a_proxy_and_no_empty_password_stands_for_a_password(
    made: World,
) -> None:
    forged = {
        "x-forwarded-user": "ada",
        "x-remote-user": "ada",
        "remote-user": "ada",
        "x-forwarded-for": "127.0.0.1",
        "x-original-url": "/v1/me",
        "x-rewrite-url": "/v1/me",
        "x-http-method-override": "GET",
        "x-authenticated-userid": made.ours.ids["ada"],
    }
    assert (await made.http.get("/v1/me", headers=forged)).status_code == 401
    for username in ("otto", "lumi"):  # a person, and a bot, which has no password at all
        for password in ("", " ", "null", "None", "\u0000", "a lantern in the rain\u0000"):
            body = {"organization": "lantern", "username": username, "password": password}
            answer = await made.http.post("/v1/auth/sign-in", json=body, headers=forged)
            assert answer.status_code in {400, 401, 429}, f"{username} {password!r}: {answer.text[:100]}"


async def test_forgery__who_sends_what_when_is_the_servers_to_say(made: World) -> None:
    visitor, conversation = await fresh_conversation(made, made.ours)
    claims: dict[str, Any] = {
        "sender": {"kind": "agent", "id": made.ours.ids["mei"], "name": "Mei"},
        "organization_id": made.theirs.ids.get("organization_id", "1"),
        "role": "administrator",
        "at": 1,
        "seq": 1,
        "id": "1",
        "kind": "closed",
        "is_staff": True,
    }
    async with realtime(made.url, visitor.token, device="forger") as client:
        body = {"type": "text", "text": "as if", **claims, "type_": "closed"}
        await client.send(t="send", client_id="f-1", conversation=conversation, body=body, **claims)
        ack = await client.until("ack", client_id="f-1")
    entry = ack["entry"]
    assert (entry["kind"], entry["sender"]["kind"]) == ("message", "visitor")
    assert entry["sender"]["id"] == visitor.facts["contact"]["id"]
    assert entry["seq"] > 1
    assert entry["at"] > 1_600_000_000_000


async def test_forgery__nobody_makes_themselves_more_than_they_are(made: World) -> None:
    otto = made.ours.people["otto"]
    more: dict[str, Any] = {"role": "administrator", "permissions": ["staff.manage"], "enabled": True}
    await otto.ask("PATCH", "/v1/me", body={"nickname": "Otto", **more})
    me = await otto.get("GET", "/v1/me")
    assert me["agent"]["role"] == "agent"
    assert "staff.manage" not in me["permissions"]
    answer = await otto.ask("PATCH", f"/v1/agents/{made.ours.ids['otto']}", body=more)
    assert answer.status_code == 403


async def test_work_without_end__no_text_makes_a_pattern_go_back_and_forth(made: World) -> None:
    ada = made.ours.people["ada"]
    for text in SLOW:
        for method, path, body in (
            ("POST", f"/v1/bots/{made.ours.ids['bot_id']}/try", {"text": text, "language": "en"}),
            ("PATCH", f"/v1/contacts/{made.ours.ids['contact_id']}", {"email": text[:200]}),
            ("POST", "/v1/webhooks", {"url": text, "events": ["message.created"]}),
            ("PATCH", f"/v1/channels/{made.ours.ids['channel_id']}", {"color": text}),
            ("GET", f"/v1/search?q={text[:300].replace('<', '%3C').replace(' ', '+')}", None),
        ):
            began = time.perf_counter()
            answer = await ada.ask(method, path, body=body)
            assert answer.status_code < 500, f"{method} {path}: {answer.text[:120]}"
            assert time.perf_counter() - began < SOON, f"{method} {path} with {text[:20]!r}"


async def test_something_printed__no_public_page_holds_what_lets_anybody_write(made: World) -> None:
    secrets = re.compile(r"eyJ[\w-]{10,}\.|[\w-]{43,}|nonce|csrf", re.IGNORECASE)
    for path in ("/console", "/demo", made.ours.fill(PAGES[-1]), "/widget.js"):
        answer = await made.http.get(path)
        if answer.headers["content-type"].startswith("text/html"):
            assert not secrets.findall(answer.text), path
        assert "set-cookie" not in answer.headers, path
