"""Ids of another organization inside one's own requests, keys and tokens that are not what they say, the socket."""

import base64
import hashlib
import hmac
import json
from typing import Any, Final

import pytest

from frontdesk.access.frames import CloseCode
from frontdesk.auth.tokens import issue
from frontdesk.core.clock import SystemClock
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Role, Subject, SubjectKind
from tests.kit.realtime import RealtimeClient, realtime
from tests.security.bodies import BODIES
from tests.security.people import Person
from tests.security.test_matrix import Caller, assert_refusal, caller
from tests.security.verdicts import PUBLIC, VERDICTS
from tests.security.world import World, fresh_conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What crane's administrator asks of crane, with ids of lantern in it: {theirs} is crane's own object, {ours} lantern's.
CROSSINGS: Final[tuple[tuple[str, str, Any, str], ...]] = (
    ("PATCH /v1/channels/{channel_id}", "team_id", {"team_id": "{ours}"}, "team"),
    ("PATCH /v1/channels/{channel_id}", "bot_id", {"bot_id": "{ours}"}, "bot"),
    ("POST /v1/channels", "team_id", {"name": "x", "team_id": "{ours}"}, "team"),
    ("POST /v1/channels", "bot_id", {"name": "x", "bot_id": "{ours}"}, "bot"),
    ("PATCH /v1/agents/{agent_id}", "department_id", {"department_id": "{ours}"}, "department"),
    (
        "POST /v1/agents",
        "department_id",
        {"username": "y", "name": "y", "password": "a long password", "department_id": "{ours}"},
        "department",
    ),
    ("PUT /v1/teams/{team_id}/members", "agent_id", [{"agent_id": "{ours}", "weight": 1}], "agent"),
    ("PUT /v1/contacts/{contact_id}/care", "agent_id", {"owner_id": "{ours}"}, "agent"),
    ("POST /v1/contacts/{contact_id}/merge", "contact_id", {"other_id": "{ours}"}, "contact"),
    ("POST /v1/desk/filters", "team_id", {"name": "x", "criteria": {}, "team_id": "{ours}"}, "team"),
    (
        "POST /v1/desk/macros",
        "team_id",
        {"name": "x", "steps": [{"do": "close"}], "team_id": "{ours}"},
        "team",
    ),
    ("POST /v1/desk/macros", "tag_id", {"name": "x", "steps": [{"do": "tag", "tag_id": "{ours}"}]}, "tag"),
    (
        "POST /v1/desk/macros",
        "reply_id",
        {"name": "x", "steps": [{"do": "reply", "reply_id": "{ours}"}]},
        "quick reply",
    ),
    ("POST /v1/direct-codes", "agent_id", {"code": "x1", "agent_id": "{ours}"}, "agent"),
    ("POST /v1/direct-codes", "team_id", {"code": "x2", "team_id": "{ours}"}, "team"),
    ("PATCH /v1/bots/{bot_id}", "base_id", {"knowledge_base_id": "{ours}"}, "knowledge base"),
    ("PATCH /v1/questions/{question_id}", "question_id", {"related": ["{ours}"]}, "question"),
    (
        "POST /v1/knowledge-bases/{base_id}/questions",
        "question_id",
        {"question": "x?", "answer": "x", "related": ["{ours}"]},
        "question",
    ),
    ("POST /v1/conversations/{conversation_id}/transfer", "agent_id", {"agent_id": "{ours}"}, "agent"),
    ("POST /v1/conversations/{conversation_id}/transfer", "team_id", {"team_id": "{ours}"}, "team"),
    ("POST /v1/conversations/{conversation_id}/assign", "agent_id", {"agent_id": "{ours}"}, "agent"),
    (
        "POST /v1/conversations/{conversation_id}/notes",
        "agent_id",
        {"text": "look", "mentions": ["{ours}"]},
        "agent",
    ),
    *(
        ("POST /v1/tickets", name, {"client_id": "x", "title": "x", name: "{ours}"}, what)
        for name, what in (("conversation_id", "conversation"), ("team_id", "team"))
    ),
    ("POST /v1/tickets", "agent_id", {"client_id": "x", "title": "x", "assignee_id": "{ours}"}, "agent"),
    (
        "POST /v1/tickets",
        "message_id",
        {"client_id": "x", "title": "x", "leave_message_id": "{ours}"},
        "message",
    ),
    ("PATCH /v1/tickets/{ticket_id}", "agent_id", {"version": 1, "assignee_id": "{ours}"}, "agent"),
    ("PATCH /v1/tickets/{ticket_id}", "team_id", {"version": 1, "team_id": "{ours}"}, "team"),
)


async def test_an_id_of_another_organization_in_a_body_is_as_good_as_none(made: World) -> None:
    ada = made.theirs.people["ada"]
    before = await made.rows("crane")
    for route, name, body, what in CROSSINGS:
        method, path = route.split()
        answers = [
            await ada.ask(method, made.theirs.fill(path), body=_with(body, identity))
            for identity in (made.ours.ids[name], "250000000000000001")
        ]
        case = f"{route} {body}: {answers[0].status_code} {answers[0].text[:160]}"
        assert answers[0].status_code in {400, 404}, f"{case} is not refused as no {what}"
        assert answers[0].text.replace(made.ours.ids[name], "250000000000000001") == answers[1].text, case
        assert_refusal(answers[0])
    assert before == await made.rows("crane")


def _with(body: Any, identity: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(json.dumps(body).replace("{ours}", identity))


async def test_a_picture_that_is_not_an_agents_own_never_becomes_an_avatar(made: World) -> None:
    """Avatars are for everybody, so neither another organization's picture nor a visitor's may come out there."""
    for person, organization in (
        (made.theirs.people["ada"], made.ours),
        (made.ours.people["otto"], made.ours),
    ):
        body = {"avatar_media_id": organization.ids["media_id"]}
        changed = await person.get("PATCH", "/v1/me", body)
        answer = await made.http.get(f"/v1/avatars/{changed['agent']['id']}")
        assert answer.status_code == 404
        assert_refusal(answer)
        await person.get("PATCH", "/v1/me", {"avatar_media_id": None})


async def test_ids_of_another_organization_in_a_query_find_nothing(made: World) -> None:
    ada = made.theirs.people["ada"]
    ours = made.ours.ids
    for path in (
        f"/v1/conversations?view=all&team_id={ours['team_id']}",
        f"/v1/conversations?view=all&cursor=9999999999999-{ours['conversation_id']}",
        f"/v1/search?q=CANARY&agent_id={ours['agent_id']}",
        f"/v1/search?q=CANARY&cursor={ours['conversation_id']}",
        f"/v1/contacts?cursor={ours['contact_id']}",
        "/v1/contacts?q=CANARY",
        f"/v1/leave-messages?cursor={ours['message_id']}",
        f"/v1/tickets?cursor={ours['ticket_id']}",
        f"/v1/tickets?assignee_id={ours['agent_id']}",
        f"/v1/tickets?team_id={ours['team_id']}",
        "/v1/tickets?q=CANARY",
        f"/v1/visitor/conversations?before={ours['conversation_id']}",
    ):
        answer = await ada.ask("GET", path)
        assert made.ours.canary not in answer.text, path
        assert answer.status_code in {200, 400, 403, 404}, f"{path}: {answer.text[:160]}"


async def test_a_leave_message_cannot_name_a_conversation_of_somebody_else(made: World) -> None:
    for person in (made.theirs.people["owner"], made.ours.people["stranger"]):
        body = {**BODIES["POST /v1/visitor/leave-messages"], "client_id": new_secret()[:20]}
        real = await person.ask(
            "POST",
            "/v1/visitor/leave-messages",
            body={**body, "conversation_id": made.ours.ids["conversation_id"]},
        )
        none = await person.ask("POST", "/v1/visitor/leave-messages", body={**body, "conversation_id": "1"})
        assert real.status_code == 404
        assert real.content == none.content


async def test_a_visitor_key_is_worth_nothing_in_another_organization(made: World) -> None:
    key = made.ours.people["owner"].facts["visitor_key"]
    person = await made.visitor(made.theirs, visitor_key=key)
    assert made.ours.canary not in str(person.facts)
    assert person.facts["contact"]["id"] != made.ours.ids["contact_id"]
    assert person.facts["visitor_key"] != key
    assert (await person.get("GET", "/v1/visitor/conversations"))["items"] == []


async def test_no_answer_gives_a_visitor_key_again(made: World) -> None:
    key = made.ours.people["owner"].facts["visitor_key"]
    admin = await caller(made, "foreign", aims=made.ours.ids)
    admin.person = made.ours.people["ada"]
    for route in VERDICTS:
        if route.startswith("GET ") and "/events" not in route:
            assert key not in (await admin.ask(route)).text, route


async def test_a_file_is_read_by_its_own_address_alone(made: World) -> None:
    url = made.ours.ids["media_url"]
    path, _, query = url.partition("?")
    good = await made.http.get(url)
    assert good.status_code == 200
    assert good.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    other = made.theirs.ids["media_id"]
    wrong = (
        url.replace(made.ours.ids["media_id"], other),
        url.replace("CANARY-lantern.png", "other.png"),
        f"{path}?{query.replace('e=2', 'e=3')}",
        f"{path}?{query}x",
        f"{path}?{query}&v=thumbnail",
        made.theirs.ids["media_url"].partition("?")[0] + "?" + query,
        f"{path}?{query.replace('o=', 'o=1')}",
        url[:-4],
    )
    none = await made.http.get(f"/v1/media/1/x.png?{query}")
    for address in wrong:
        answer = await made.http.get(address)
        assert answer.status_code == 404, address
        assert answer.content == none.content


async def test_somebody_elses_file_cannot_be_sent(made: World) -> None:
    """Rocket.Chat's CVE-2026-48616, the other way round: a file is its sender's to attach, and nobody else's."""
    for organization, media in ((made.ours, made.theirs), (made.theirs, made.ours), (made.ours, made.ours)):
        visitor, conversation = await fresh_conversation(made, organization)
        async with realtime(made.url, visitor.token, device="thief") as client:
            for number, identity in enumerate((media.ids["media_id"], "250000000000000001")):
                body = {"type": "image", "media_id": identity}
                await client.send(t="send", client_id=f"m{number}", conversation=conversation, body=body)
                frame = await client.until("error", ref=f"m{number}")
                assert frame["error"]["kind"] == "not_found", frame


async def test_frames_about_a_conversation_of_somebody_else(made: World) -> None:
    real, none = made.ours.ids["conversation_id"], "250000000000000001"
    for person in (made.theirs.people["ada"], made.theirs.people["owner"], made.ours.people["stranger"]):
        async with realtime(made.url, person.token, device="spy") as client:
            assert "CANARY-lantern from" not in json.dumps(client.sync)
            for number, kind in enumerate(("send", "recall", "history")):
                answers = [
                    await _refusal(client, kind, target, f"{number}-{target}") for target in (real, none)
                ]
                assert answers[0] == answers[1], kind
                assert answers[0]["kind"] == "not_found"
            for kind, rest in (("received", {"seq": 1}), ("read", {"seq": 1}), ("typing", {"text": "boo"})):
                await client.send(t=kind, conversation=real, **rest)
            await client.send(t="ping")
            await client.until("pong")
            assert all(made.ours.canary not in json.dumps(frame) for frame in client.frames) or (
                person is made.ours.people["stranger"]
            )
    header = await made.ours.people["mei"].get("GET", f"/v1/conversations/{real}")
    assert header["conversation"]["read"]["visitor"] <= header["conversation"]["head"]


async def _refusal(client: RealtimeClient, kind: str, conversation: str, ref: str) -> dict[str, Any]:
    if kind == "send":
        body = {"type": "text", "text": "boo"}
        await client.send(t="send", client_id=ref, conversation=conversation, body=body)
    elif kind == "recall":
        await client.send(t="recall", ref=ref, conversation=conversation, seq=1)
    else:
        await client.send(t="history", ref=ref, conversation=conversation, limit=10)
    return (await client.until("error", ref=ref))["error"]


async def test_a_token_that_is_not_good_opens_nothing(made: World) -> None:
    """Forged, expired, ended, for something else: every route that needs a token answers as to nobody.

    Each route meets every third kind of token, so that each kind meets a third of the routes.
    """
    tokens = list((await _bad_tokens(made)).items())
    nobody = await caller(made, "nobody")
    before = await made.rows("lantern")
    for number, route in enumerate(sorted(VERDICTS.keys() - PUBLIC)):
        expected = await nobody.ask(route)
        for what, token in tokens[number % 3 :: 3]:
            asking = Caller("forger", Person(made.http, token), nobody.organization, nobody.aims)
            answer = await asking.ask(route)
            assert (answer.status_code, answer.content) == (401, expected.content), f"{route} with {what}"
    assert before == await made.rows("lantern")


async def test_a_token_that_is_not_good_opens_no_socket(made: World) -> None:
    for what, token in (await _bad_tokens(made)).items():
        hello: dict[str, object] = {"t": "hello", "token": token, "device": "x", "heads": {}}
        answer = await Person(made.http).ask("POST", "/v1/realtime/sessions", body=hello)
        refused = CloseCode.MALFORMED if what == "very long" else CloseCode.UNAUTHENTICATED
        assert answer.json()["error"]["code"] == f"access.closed-{int(refused)}", what


async def _bad_tokens(made: World) -> dict[str, str]:
    """Everything that looks like a token of lantern's administrator and is none."""
    good = made.ours.people["ada"].token
    header, payload, signature = good.split(".")
    claims = json.loads(_decoded(payload))
    names = json.loads(_decoded(header))
    assert made.runtime.authenticator is not None
    keys = made.runtime.authenticator.keys
    public = keys.jwks()["keys"][0]
    ended = await made.agent("lantern", "lin")
    await ended.ask("POST", "/v1/auth/sign-out")
    subject = Subject(
        int(claims["org"]), SubjectKind.AGENT, int(claims["sub"]), int(claims["sid"]), Role.ADMINISTRATOR
    )
    now = SystemClock().now()
    signing_input = f"{_encoded({**names, 'alg': 'HS256'})}.{payload}"
    mac = hmac.digest(_decoded(public["x"]), signing_input.encode(), hashlib.sha256)
    return {
        "no signature": f"{header}.{payload}.",
        "alg none": f"{_encoded({**names, 'alg': 'none'})}.{payload}.",
        "the public key as a secret": f"{signing_input}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}",
        "another subject": f"{header}.{_encoded({**claims, 'sub': made.ours.ids['mei']})}.{signature}",
        "another organization": f"{header}.{_encoded({**claims, 'org': '1'})}.{signature}",
        "another key id": f"{_encoded({**names, 'kid': 'other'})}.{payload}.{signature}",
        "a key of the token's own": f"{_encoded({**names, 'jwk': public})}.{payload}.{signature}",
        "another type": f"{_encoded({**names, 'typ': 'JWT'})}.{payload}.{signature}",
        "expired": issue(keys, subject, now=now - 7_200_000, ttl=3600).text,
        "not yet": issue(keys, subject, now=now + 7_200_000, ttl=3600).text,
        "an agent without a role": issue(
            keys,
            Subject(subject.organization_id, SubjectKind.AGENT, subject.id, subject.session_id),
            now=now,
            ttl=60,
        ).text,
        "the product itself": issue(
            keys, Subject(subject.organization_id, SubjectKind.SYSTEM, 1, subject.session_id), now=now, ttl=60
        ).text,
        "of a session that has ended": ended.token,
        "of an agent who was disabled": made.ours.people["gone"].token,
        "a visitor's key": made.ours.people["owner"].facts["visitor_key"],
        "nonsense": "a.b.c",
        "very long": "a" * 9_000,
        "not ASCII": "tok%C3%A9n",
    }


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
