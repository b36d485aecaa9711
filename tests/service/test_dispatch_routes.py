"""The routes of dispatch, from body to answer."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from frontdesk.core.subject import Subject
from frontdesk.dispatch.routes import ROUTES
from frontdesk.platform import Platform
from frontdesk.platform.web import ERROR_HANDLERS
from frontdesk.staff import Status
from tests.service.dispatch_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


class Caller:
    """Calls the routes as somebody, without the edge's authentication."""

    def __init__(self, platform: Platform, subject: Subject) -> None:
        dependencies = {
            "platform": Provide(lambda: platform, sync_to_thread=False),
            "subject": Provide(lambda: subject, sync_to_thread=False),
        }
        self._app = Litestar(list(ROUTES), dependencies=dependencies, exception_handlers=ERROR_HANDLERS)

    async def __call__(self, method: str, path: str, body: object = None, *, status: int = 200) -> Any:  # noqa: ANN401 - decoded JSON
        transport = httpx.ASGITransport(cast(Any, self._app))
        async with httpx.AsyncClient(transport=transport, base_url="http://frontdesk.test") as client:
            answer = await client.request(method, f"/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()


async def test_a_conversation_goes_through_every_route(world: World) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    tom = await world.add_agent(status=Status.BUSY)
    team, bot = await world.add_team(mei, tom), await world.add_bot()
    opened = await world.open(team, bot=bot)
    one = f"/conversations/{opened.id}"
    visitor = Caller(world.platform, world.visitor_of(opened))
    agent, other = Caller(world.platform, mei), Caller(world.platform, tom)

    asked = await visitor("POST", f"{one}/human", {})
    assert asked["queue"] == {
        "position": 1,
        "ahead": 0,
        "estimate": None,
        "soonest": None,
        "latest": None,
        "callback": False,
    }
    assert (asked["offline"], asked["conversation"]["state"]) == (False, "waiting")
    left = await visitor("DELETE", f"{one}/human")
    assert left["conversation"]["agent"]["kind"] == "bot"
    await visitor("POST", f"{one}/human", {})
    taken = await agent("POST", f"{one}/take")
    assert taken["conversation"]["agent"]["id"] == str(mei.id)
    noted = await agent("POST", f"{one}/notes", {"text": "a regular"}, status=200)
    assert noted["conversation"]["head"] > taken["conversation"]["head"]
    await agent("POST", f"{one}/transfer", {"agent_id": str(tom.id), "note": "yours"})
    assert (await other("POST", f"{one}/invite-rating"))["conversation"]["rating_invited"] is True
    closed = await other("POST", f"{one}/close", {"wrap_up": {"category": "Orders", "remark": "done"}})
    assert closed["conversation"]["wrap_up"] == {
        "category": "Orders",
        "remark": "done",
        "solved": None,
    }
    filed = await other("POST", f"{one}/wrap-up", {"category": "Orders/Refund", "remark": ""})
    assert filed["conversation"]["wrap_up"]["category"] == "Orders/Refund"
    rated = await visitor("POST", f"{one}/rating", {"score": 5, "resolved": True})
    assert rated["conversation"]["rating"] == {"score": 5, "remark": "", "resolved": True}
    assert rated["conversation"]["wrap_up"] is None
    told = (await other("GET", f"{one}/decisions"))["items"]
    assert [(item["policy"], item["outcome"], item["chosen"]) for item in told] == [
        ("round_robin", "nobody", None),
        ("round_robin", "nobody", None),
        ("manual", "assigned", str(mei.id)),
        ("transfer", "assigned", str(tom.id)),
    ]
    assert {candidate["excluded"] for candidate in told[0]["candidates"]} == {"busy"}


async def test_a_visitor_closes_without_a_body(world: World) -> None:
    opened = await world.open(await world.add_team())
    visitor = Caller(world.platform, world.visitor_of(opened))
    closed = await visitor("POST", f"/conversations/{opened.id}/close")
    assert closed["conversation"]["close_reason"] == "visitor"


async def test_agents_and_me_tell_the_load(world: World) -> None:
    mei = await world.add_agent(capacity=3)
    agent = Caller(world.platform, mei)
    (item,) = (await agent("GET", "/agents"))["items"]
    assert (item["id"], item["load"], item["capacity"], item["status"]) == (str(mei.id), 0, 3, "online")
    me = await agent("GET", "/me")
    assert me["agent"] == item
    assert "conversation.take" in me["permissions"]


async def test_what_is_not_there_and_what_is_not_an_id_look_the_same(world: World) -> None:
    mei = await world.add_agent()
    agent = Caller(world.platform, mei)
    team = await world.add_team(mei)
    unseen = await world.open(team)
    for path in ("1", "x", "9" * 40, str(unseen.id)):
        for what, body in (("take", None), ("transfer", {"team_id": str(team)}), ("close", {})):
            answer = await agent("POST", f"/conversations/{path}/{what}", body, status=404)
            assert answer["error"]["message"] == "This conversation does not exist."
    answer = await agent("POST", f"/conversations/{unseen.id}/transfer", {}, status=400)
    assert answer["error"]["code"] == "dispatch.target"
