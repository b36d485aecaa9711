"""The routes of knowledge, bots and channels, from body to answer."""

from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from frontdesk.auth import Authenticator
from frontdesk.bots.routes import ROUTES as BOTS
from frontdesk.channels.routes import ROUTES as CHANNELS
from frontdesk.platform import Platform
from frontdesk.platform.web import ERROR_HANDLERS
from tests.service.bot_shop import KNOWLEDGE, Shop, open_shop


class Caller:
    """Calls the routes as the administrator, without the edge's authentication."""

    def __init__(self, shop: Shop, authenticator: Authenticator) -> None:
        dependencies = {
            "platform": Provide(lambda: shop.platform, sync_to_thread=False),
            "subject": Provide(lambda: shop.admin, sync_to_thread=False),
            "authenticator": Provide(lambda: authenticator, sync_to_thread=False),
        }
        self.shop = shop
        self._app = Litestar([*BOTS, *CHANNELS], dependencies=dependencies, exception_handlers=ERROR_HANDLERS)

    async def __call__(self, method: str, path: str, *, status: int = 200, **sent: Any) -> Any:  # noqa: ANN401  decoded JSON
        transport = httpx.ASGITransport(cast(Any, self._app))
        async with httpx.AsyncClient(transport=transport, base_url="http://frontdesk.test") as client:
            answer = await client.request(method, f"/v1{path}", **sent)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
async def call(platform: Platform, organization: int) -> Caller:
    shop = await open_shop(platform, organization)
    return Caller(shop, await Authenticator.load(platform, shop.keys))


async def test_a_knowledge_base_is_made_filled_tried_and_emptied(call: Caller) -> None:
    base = (await call("POST", "/knowledge-bases", status=201, json={"name": "Second"}))["knowledge_base"]
    path = f"/knowledge-bases/{base['id']}"
    base = (await call("PATCH", path, json={"description": "More"}))["knowledge_base"]
    assert (base["name"], base["description"], base["questions"]) == ("Second", "More", 0)
    body = {"question": "Is it red?", "answer": "Yes.", "language": "en", "similar": ["red?"]}
    question = (await call("POST", f"{path}/questions", status=201, json=body))["question"]
    assert isinstance(question["id"], str)
    changed = await call("PATCH", f"/questions/{question['id']}", json={"answer": "No.", "category": "A/B"})
    assert changed["question"]["answer"] == "No."
    assert (await call("GET", f"{path}/questions?q=red&category=A"))["items"] == [changed["question"]]
    assert await call("GET", f"{path}/categories") == {"items": ["A/B"]}
    bot = str(call.shop.bot.id)
    await call("PATCH", f"/bots/{bot}", json={"knowledge_base_id": base["id"], "answer_threshold": 0.5})
    assert (await call("GET", f"/bots/{bot}"))["bot"]["knowledge_base_id"] == base["id"]
    tried = await call("POST", f"/bots/{bot}/try", json={"text": "is it RED", "language": "en"})
    assert (tried["outcome"], tried["text"], tried["matches"][0]["score"]) == ("answer", "No.", 1.0)
    await call("DELETE", f"/questions/{question['id']}", status=204)
    tried = await call("POST", f"/bots/{bot}/try", json={"text": "is it RED", "language": "en"})
    assert tried["outcome"] == "unknown"
    await call("PATCH", f"/bots/{call.shop.agent.id}", status=404, json={})
    await call("GET", f"{path}x/questions", status=404)


async def test_a_file_is_uploaded_and_a_wrong_one_is_reported_by_line(call: Caller) -> None:
    path = f"/knowledge-bases/{call.shop.base.id}/import"
    report = await call("POST", path, files={"file": ("faq.csv", KNOWLEDGE.encode())})
    assert (report["applied"], report["unchanged"]) == (True, 5)
    wrong = "question,answer\nonly one column\n"
    refused = await call("POST", path, status=400, files={"file": ("faq.csv", wrong.encode())})
    assert set(refused) == {"error"}
    error = refused["error"]
    assert (error["kind"], error["code"]) == ("invalid", "knowledge.import")
    assert "Line 2" in error["message"]
    assert error["hint"]
    report = error["details"]
    assert (report["applied"], report["rows"], report["created"]) == (False, 1, 0)
    assert [(one["line"], one["code"]) for one in report["problems"]] == [(2, "import.columns")]
    assert all(one["message"] for one in report["problems"])
    empty = await call("POST", path, status=400, files={"other": ("faq.csv", b"")})
    assert empty["error"]["details"]["problems"][0]["code"] == "import.empty"
    good = wrong + "Is it green?,Yes.\n"
    report = await call("POST", f"{path}?partial=true", files={"file": ("faq.csv", good.encode())})
    assert (report["applied"], report["created"], len(report["problems"])) == (True, 1, 1)


async def test_a_channel_is_made_changed_and_its_visitor_comes(call: Caller) -> None:
    body = {"name": "Shop", "code": "spring", "team_id": str(call.shop.team.id), "color": "#112233"}
    channel = (await call("POST", "/channels", status=201, json=body))["channel"]
    assert channel["snippet"] == (
        '<script async src="http://frontdesk.test/widget.js?channel=spring" data-channel="spring"></script>'
    )
    look = {"greeting": {"zh-CN": "你好", "en": "Hi"}, "hot_questions": {"en": ["How?"], "zh-CN": []}}
    changed = (await call("PATCH", f"/channels/{channel['id']}", json=look))["channel"]
    assert (changed["greeting"], changed["hot_questions"]) == (look["greeting"], look["hot_questions"])
    assert [one["code"] for one in (await call("GET", "/channels"))["items"]] == ["shop-web", "spring"]
    session = await call("POST", "/visitor/session", json={"channel": "spring", "language": "en"})
    assert session["channel"]["hot_questions"] == ["How?"]
    assert (session["conversation"], session["unread"]) == (None, 0)
    await call("POST", "/visitor/session", status=404, json={"channel": "nowhere"})
