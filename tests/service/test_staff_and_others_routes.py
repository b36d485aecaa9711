"""The routes of the know floor and of leave-messages, from body to answer."""

from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from frontdesk.contacts import visit_in
from frontdesk.contacts.routes import ROUTES as CONTACTS
from frontdesk.core.subject import Subject
from frontdesk.desk.routes_replies import REPLY_ROUTES
from frontdesk.dispatch.customer_routes import CUSTOMER_ROUTES
from frontdesk.platform import Platform
from frontdesk.platform.web import ERROR_HANDLERS
from frontdesk.settings.routes import ROUTES as SETTINGS
from frontdesk.staff.routes import ROUTES as STAFF
from frontdesk.tickets.routes import ROUTES as TICKETS
from tests.service.staff_people import PASSWORD, administrator, visitor


class Caller:
    """Calls the routes as somebody, without the edge's authentication."""

    def __init__(self, platform: Platform, subject: Subject) -> None:
        dependencies = {
            "platform": Provide(lambda: platform, sync_to_thread=False),
            "subject": Provide(lambda: subject, sync_to_thread=False),
        }
        self._app = Litestar(
            [*STAFF, *CONTACTS, CUSTOMER_ROUTES, REPLY_ROUTES, *SETTINGS, *TICKETS],
            dependencies=dependencies,
            exception_handlers=ERROR_HANDLERS,
        )

    async def __call__(self, method: str, path: str, body: object = None, *, status: int = 0) -> Any:  # noqa: ANN401 - decoded JSON
        transport = httpx.ASGITransport(cast(Any, self._app))
        async with httpx.AsyncClient(transport=transport, base_url="http://frontdesk.test") as client:
            answer = await client.request(method, f"/v1{path}", json=body)
        expected = status or {"POST": 201, "DELETE": 204}.get(method, 200)
        assert answer.status_code == expected, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
async def call(platform: Platform, organization: int) -> Caller:
    return Caller(platform, await administrator(platform, organization))


async def test_agents_are_made_changed_and_given_a_password(call: Caller) -> None:
    department = (await call("POST", "/departments", {"name": "Sales"}))["department"]
    body = {"username": "lin", "name": "Lin", "password": PASSWORD, "department_id": department["id"]}
    agent = (await call("POST", "/agents", body))["agent"]
    assert (agent["department_id"], agent["role"], agent["team_ids"]) == (department["id"], "agent", [])
    assert isinstance(agent["id"], str)
    changed = (await call("PATCH", f"/agents/{agent['id']}", {"capacity": 3, "department_id": None}))["agent"]
    assert (changed["capacity"], changed["department_id"], changed["name"]) == (3, None, "Lin")
    limited = (await call("PATCH", f"/agents/{agent['id']}", {"limits": {"app": 2, "site": 0}}))["agent"]
    assert limited["limits"] == {"app": 2, "site": 0}
    refused: list[object] = [{"app": -1}, {"app": 201}, {"app": 2**70}, {"app": None}, {"fax": 1}, "app"]
    for wrong in refused:
        await call("PATCH", f"/agents/{agent['id']}", {"limits": wrong}, status=400)
    kept = (await call("PATCH", f"/agents/{agent['id']}", {"capacity": 3}))["agent"]
    assert kept["limits"] == limited["limits"]
    assert (await call("PATCH", f"/agents/{agent['id']}", {"limits": {}}))["agent"]["limits"] == {}
    await call("POST", f"/agents/{agent['id']}/password", {"password": "another long one"}, status=204)
    me = (await call("PATCH", "/me", {"nickname": "Boss", "avatar_media_id": "77"}))["agent"]
    assert (me["nickname"], me["avatar_url"]) == ("Boss", f"/v1/avatars/{me['id']}?v=77")
    assert (await call("PUT", "/me/status", {"status": "busy"}))["agent"]["status"] == "offline"
    await call("PATCH", f"/departments/{department['id']}", {"name": "Care"})
    assert await call("GET", "/departments") == {"items": [{"id": department["id"], "name": "Care"}]}
    await call("DELETE", f"/departments/{department['id']}")


async def test_teams_are_made_changed_filled_and_removed(call: Caller) -> None:
    agent = (await call("PATCH", "/me", {}))["agent"]
    team = (await call("POST", "/teams", {"name": "Care", "policy": "weighted", "offer_timeout": 20}))["team"]
    members = [{"agent_id": agent["id"], "weight": 40}]
    assert await call("PUT", f"/teams/{team['id']}/members", members) == {"members": members}
    changed = (
        await call("PATCH", f"/teams/{team['id']}", {"offer_timeout": None, "wrap_up_required": True})
    )["team"]
    assert team["wrap_up_required"] is False
    assert changed == {**team, "offer_timeout": None, "wrap_up_required": True, "members": members}
    assert await call("GET", "/teams") == {"items": [changed]}
    await call("DELETE", f"/teams/{team['id']}")
    assert await call("GET", "/teams") == {"items": []}


async def test_quick_replies_are_made_changed_and_removed(call: Caller) -> None:
    body = {"title": "Hi", "text": "Hello!", "group": "G", "personal": False}
    reply = (await call("POST", "/quick-replies", body))["quick_reply"]
    assert reply == {"id": reply["id"], **body, "attachments": [], "card": None}
    changed = await call("PATCH", f"/quick-replies/{reply['id']}", {"text": "Hello there!", "position": 0})
    assert await call("GET", "/quick-replies") == {"items": [changed["quick_reply"]]}
    await call("DELETE", f"/quick-replies/{reply['id']}")


async def test_contacts_are_read_and_changed(call: Caller, platform: Platform, organization: int) -> None:
    await platform.database.write(
        organization,
        lambda tx: visit_in(platform, tx, organization, contact_id=100, channel_id=9, language="en"),
    )
    changed = (await call("PATCH", "/contacts/100", {"name": "Zhou"}))["contact"]
    assert (changed["id"], changed["name"], changed["page"]) == ("100", "Zhou", None)
    assert await call("GET", "/contacts/100") == {"contact": changed}
    assert await call("GET", "/contacts?q=zhou") == {
        "items": [{"contact": changed, "owner": "", "vip": 0}],
        "cursor": None,
    }


async def test_settings_and_categories_are_read_and_changed(call: Caller) -> None:
    changed = await call("PATCH", "/settings", {"auto_reply_text": {"zh-CN": "请稍等"}, "rating_levels": 3})
    assert (changed["settings"]["auto_reply_text"]["zh-CN"], changed["defaults"]["rating_levels"]) == (
        "请稍等",
        5,
    )
    assert await call("GET", "/settings") == changed
    await call("PUT", "/wrap-up-categories", {"items": ["Orders/Refund"]})
    assert await call("GET", "/wrap-up-categories") == {"items": ["Orders/Refund"]}


async def test_leave_messages_are_left_and_handled(
    call: Caller, platform: Platform, organization: int
) -> None:
    await platform.database.write(
        organization,
        lambda tx: visit_in(platform, tx, organization, contact_id=100, channel_id=9, language="en"),
    )
    somebody = Caller(platform, visitor(organization, 100))
    body = {"client_id": "c-1", "name": "Zhou", "text": "Hello?", "email": "z@example.com"}
    left = await somebody("POST", "/visitor/leave-messages", body)
    assert (await call("GET", "/leave-messages?state=open"))["open"] == 1
    handled = await call("PATCH", f"/leave-messages/{left['id']}", {"state": "handled", "remark": "called"})
    assert (handled["leave_message"]["state"], handled["leave_message"]["contact_id"]) == ("handled", "100")
    assert (await call("GET", "/leave-messages"))["items"] == [handled["leave_message"]]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/agents/{}", {"name": "X"}),
        ("POST", "/agents/{}/password", {"password": PASSWORD}),
        ("PATCH", "/departments/{}", {"name": "X"}),
        ("DELETE", "/departments/{}", None),
        ("PATCH", "/teams/{}", {"name": "X"}),
        ("DELETE", "/teams/{}", None),
        ("PUT", "/teams/{}/members", []),
        ("PATCH", "/quick-replies/{}", {"text": "X"}),
        ("DELETE", "/quick-replies/{}", None),
        ("GET", "/contacts/{}", None),
        ("PATCH", "/contacts/{}", {"name": "X"}),
        ("PATCH", "/leave-messages/{}", {"state": "open"}),
    ],
)
async def test_unknown_and_impossible_ids_get_the_same_answer(
    call: Caller, method: str, path: str, body: object
) -> None:
    unknown = await call(method, path.format(404), body, status=404)
    assert await call(method, path.format("x" * 50), body, status=404) == unknown
    assert unknown["error"]["kind"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/agents", {"username": "lin"}),
        ("POST", "/agents", {"username": "lin", "name": "Lin", "password": PASSWORD, "role": 7}),
        ("POST", "/agents", {"username": "lin", "name": "Lin", "password": "short"}),
        ("PATCH", "/me", {"nickname": None}),
        ("PUT", "/me/status", {"status": "sleeping"}),
        ("POST", "/teams", {"name": "Care", "policy": "chance"}),
        ("POST", "/quick-replies", {"title": "x", "text": 5}),
        ("PATCH", "/settings", {"rating_levels": 9}),
        ("PATCH", "/settings", []),
        ("PUT", "/wrap-up-categories", {"items": [1]}),
        ("GET", "/contacts?cursor=x", None),
        ("GET", "/leave-messages?state=lost", None),
    ],
)
async def test_a_request_is_refused_when_it_is_malformed(
    call: Caller, method: str, path: str, body: object
) -> None:
    answer = await call(method, path, body, status=400)
    assert answer["error"]["kind"] == "invalid"
