"""Every route × everybody who should not be there. The routes are asked of the running application."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

import httpx
import pytest
from litestar.routes import HTTPRoute
from typing_extensions import override

from tests.security.application import application_of
from tests.security.bodies import BODIES, FORMS, QUERIES
from tests.security.furnishing import open_stream
from tests.security.people import Organization, Person
from tests.security.untold import UNTOLD
from tests.security.verdicts import PERSONAS, VERDICTS, VISIBLE
from tests.security.world import World, fresh_conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")
MADE_UP: Final = ("250000000000000001", "1")
NO_ID: Final = ("99999999999999999999", "-1", "nil", "%00", "..%2f1", "１", "1 or 1=1")
END_THE_SESSION: Final = frozenset({"POST /v1/auth/sign-out", "DELETE /v1/visitor/session"})
ADDRESSES: Final = count()  # each caller has one, so that nobody is slowed down for what others have tried
REFUSED: Final = frozenset({401, 403, 404})


@dataclass
class Caller:
    """A persona with the ids that it aims at."""

    name: str
    person: Person
    organization: Organization
    aims: dict[str, str]

    def fill(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, str):
            for name, identity in self.aims.items():
                value = value.replace("{" + name + "}", identity)
            return self.organization.fill(value).replace("{path}", "none.js")
        return json.loads(self.fill(json.dumps(value)))

    async def ask(self, route: str) -> httpx.Response:
        method, path = route.split()
        form = FORMS.get(route)
        return await self.person.ask(
            method,
            self.fill(path + QUERIES.get(route, "")),
            body=None if route not in BODIES else self.fill(BODIES[route]),
            files=None if form is None else {"file": form},
        )


async def caller(made: World, name: str, *, aims: dict[str, str] | None = None) -> Caller:
    """A persona and a conversation of our organization to aim at, which mei has."""
    owner, conversation = await fresh_conversation(made, made.ours)
    people = {
        "nobody": Person(made.http),
        "stranger": made.ours.people["stranger"],
        "owner": owner,
        "outsider": made.ours.people["otto"],
        "leader": made.ours.people["leo"],
        "inspector": made.ours.people["ivo"],
        "auditor": made.ours.people["aud"],
        "application": (
            await application_of(made.http, made.ours, made.ours.people["mei"])
            if name == "application"
            else Person(made.http)
        ),
        "foreign": made.theirs.people["ada"],
        "foreign visitor": made.theirs.people["owner"],
    }
    real = {
        "conversation_id": conversation,
        "contact_id": owner.facts["contact"]["id"],
        "connection": await open_stream(made.ours.people["mei"]),
    }
    person = replace(people[name], address=f"203.0.113.{next(ADDRESSES) % 250}")
    return Caller(name, person, made.ours, {**real, **(aims or {})})


def routes_of(made: World) -> set[str]:
    return {
        f"{method} {route.path_format}"
        for route in made.app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods - {"OPTIONS"}
    }


def assert_refusal(answer: httpx.Response) -> None:
    """The one error body, and nothing that a browser would take for a page."""
    assert answer.headers["content-type"].startswith("application/json"), answer.text[:80]
    body = answer.json()
    if answer.request.url.path.startswith("/oauth/") and isinstance(body["error"], str):
        assert set(body) == {"error", "error_description"}  # as RFC 6749 has it
        return
    assert set(body) == {"error"}
    error = body["error"]
    assert {"kind", "code", "message", "hint"} <= set(error) <= {
        "kind", "code", "message", "hint", "details", "retry_after",
    }  # fmt: skip
    assert error["kind"]
    assert error["code"]
    assert error["message"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in answer.text


async def test_every_route_has_a_verdict_and_every_verdict_a_route(made: World) -> None:
    assert routes_of(made) == set(VERDICTS)


async def test_there_is_nothing_around_the_openapi_document(made: World) -> None:
    for name in ("", "/openapi.json", "/swagger", "/redoc", "/openapi.yaml"):
        answer = await made.http.get(f"/v1/openapi.json{name}")
        assert answer.status_code == (404 if name else 200)
        if name:
            assert_refusal(answer)


@pytest.mark.parametrize("persona", PERSONAS)
async def test_everybody_gets_what_the_table_says(made: World, persona: str) -> None:
    asking = await caller(made, persona)
    wrong: list[str] = []
    before = await made.rows("lantern")
    for route, verdicts in VERDICTS.items():
        if route in END_THE_SESSION and asking.person.token:
            asking.person = await _anew(made, persona)
        answer = await asking.ask(route)
        if answer.status_code != verdicts[persona]:
            wrong.append(f"{route}: {answer.status_code} {answer.text[:120]}, not {verdicts[persona]}")
        if answer.status_code >= 400:
            assert_refusal(answer)
        if persona == "foreign" and route != "POST /v1/visitor/session" and made.ours.canary in answer.text:
            wrong.append(f"{route}: tells what is another organization's: {answer.text[:200]}")
        named_back = route == "POST /v1/desk/bulk"  # whatever id was asked about, one of nothing as well
        if persona == "outsider" and not named_back and asking.aims["conversation_id"] in answer.text:
            wrong.append(f"{route}: tells of a conversation that is not theirs: {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)
    if persona in {"nobody", "foreign"}:
        assert _without_visitors(before) == _without_visitors(await made.rows("lantern"))


async def _anew(made: World, persona: str) -> Person:
    """The same persona in a session of its own, which may end."""
    if persona in {"stranger", "owner"}:
        return await made.visitor(made.ours)
    if persona == "application":
        return await application_of(made.http, made.ours, made.ours.people["mei"])
    slug, username = {
        "outsider": ("lantern", "otto"),
        "leader": ("lantern", "leo"),
        "inspector": ("lantern", "ivo"),
        "auditor": ("lantern", "aud"),
        "foreign": ("crane", "ada"),
    }[persona]
    return await made.agent(slug, username)


def _without_visitors(rows: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """A visitor's session is for everybody, and makes a contact with a key."""
    return {
        table: kept
        for table, kept in rows.items()
        if table not in {"contact", "contact_address", "contact_page", "visitor_key", "session"}
    }


async def test_what_cannot_be_an_id_is_not_found(made: World) -> None:
    real = await caller(made, "foreign")
    for route in VERDICTS:
        names = [part.partition("}")[0] for part in route.split("{")[1:]]
        if names and names != ["path"]:
            for nonsense in NO_ID:
                answer = await Caller(
                    "", real.person, real.organization, {**real.aims, names[0]: nonsense}
                ).ask(route)
                assert answer.status_code in {403, 404, 405}, f"{route} {nonsense}: {answer.text[:200]}"
                assert_refusal(answer)


@pytest.mark.parametrize("persona", PERSONAS)
async def test_what_is_not_yours_looks_like_what_does_not_exist(made: World, persona: str) -> None:
    real = await caller(made, persona)
    different: list[str] = []
    for route, verdicts in VERDICTS.items():
        names = [part.partition("}")[0] for part in route.split("{")[1:]]
        if verdicts[persona] not in REFUSED or not names or names == ["path"]:
            continue
        if any((persona, name) in VISIBLE for name in names):
            continue
        answer = await real.ask(route)
        for made_up in MADE_UP:
            aimless = Caller(persona, real.person, real.organization, {**real.aims, names[0]: made_up})
            other = await aimless.ask(route)
            if (other.status_code, other.content) != (answer.status_code, answer.content):
                different.append(
                    f"{route} {made_up}: {other.text[:160]}, but the real one: {answer.text[:160]}"
                )
            if _shape(other) != _shape(answer):
                different.append(f"{route} {made_up}: {_shape(other)}, but the real one: {_shape(answer)}")
    assert not different, "\n".join(different)


def _shape(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


async def test_the_refused_change_nothing(made: World) -> None:
    """Of all who are refused, nobody has done a thing all the same."""
    for persona in PERSONAS:
        asking = await caller(made, persona)
        before = await made.rows("lantern")
        for route, verdicts in VERDICTS.items():
            if verdicts[persona] in REFUSED and not route.startswith("POST /v1/auth"):
                await asking.ask(route)
        assert before == await made.rows("lantern"), persona


async def test_a_visitor_of_another_organization_reaches_nothing(made: World) -> None:
    asking = await caller(made, "foreign visitor")
    for route, verdicts in VERDICTS.items():
        if "{" not in route or "{path}" in route:
            continue
        answer = await asking.ask(route)
        # what every visitor of a channel may read is not there for those of another organization; what needs no token is
        of_channel = verdicts["stranger"] == 200 and verdicts["nobody"] != 200
        expected = 404 if of_channel else verdicts["stranger"]
        assert answer.status_code == expected, f"{route}: {answer.text[:120]}"
        assert made.ours.canary not in answer.text


async def test_a_personal_quick_reply_is_its_owners_alone(made: World) -> None:
    path = "/v1/quick-replies/{}"
    for username in ("ada", "lin", "otto"):
        person = await made.agent("lantern", username)
        listed = await person.get("GET", "/v1/quick-replies")
        assert made.ours.ids["personal_reply_id"] not in str(listed)
        for method, body in (("PATCH", {"text": "Changed"}), ("DELETE", None)):
            real = await person.ask(method, path.format(made.ours.ids["personal_reply_id"]), body=body)
            none = await person.ask(method, path.format("1"), body=body)
            assert real.status_code == 404
            assert real.content == none.content


# What an administrator's call succeeds in and changes nothing by: what it is about has happened before.
QUIET: Final = {
    "POST /v1/oauth/authorizations": "asks the person first",
    "DELETE /v1/agents/{agent_id}/sessions/{session_id}": "ended with all of the agent's",
    "POST /v1/conversations/{conversation_id}/close": "one's own by now, as its log says",
    "POST /v1/knowledge-bases/{base_id}/import": "has these questions already",
    "DELETE /v1/me/sessions": "would end the reader's",
}


async def _told(person: Person) -> int:
    """The number of the newest entry."""
    return (await person.get("GET", "/v1/audit?limit=1"))["items"][0]["seq"]


class Administrator(Caller):
    """Changes everything to what nobody has changed it to before."""

    @override
    def fill(self, value: Any) -> Any:
        filled = super().fill(value)
        return filled.replace("Changed", "Administered") if isinstance(filled, str) else filled


async def test_whatever_an_administrator_changes_is_in_the_audit_log(made: World) -> None:
    reader, nobody = await made.agent("lantern", "ada"), await caller(made, "nobody")
    ada = Administrator("ada", await made.agent("lantern", "ada"), made.ours, nobody.aims)
    silent: list[str] = []
    told: set[str] = set()
    for route in VERDICTS:
        if route.startswith("GET ") or route in END_THE_SESSION | QUIET.keys():
            continue
        before = await _told(reader)
        answer = await ada.ask(route)
        if answer.is_success and await _told(reader) > before:
            told.add(route)
        elif answer.is_success and route not in UNTOLD:
            silent.append(f"{route}: {answer.status_code}")
    assert not silent, "\n".join(silent)
    assert len(told) >= 45, sorted(told)
    assert (await reader.get("GET", "/v1/audit/verification"))["broken_at"] is None
