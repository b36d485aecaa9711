"""Two organizations on one running server, each with a real object of every kind and with its canary in every text.

Everything is made over HTTP and the socket, as clients make it, so that every id and every secret is a real one.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from litestar import Litestar
from typing_extensions import override

from frontdesk.access import RealtimeServer
from frontdesk.app.engines import open_platform
from frontdesk.app.first_steps import set_up_organization
from frontdesk.app.http import build_app
from frontdesk.app.runtime import Runtime, run_services
from frontdesk.app.server import Server
from frontdesk.media import load_address_key
from frontdesk.platform import Platform
from frontdesk.platform.config import (
    Config,
    Database,
    Listen,
    Push,
    Sso,
    Storage,
    Tokens,
    Translation,
    Webhooks,
)
from frontdesk.push import load_push_key
from tests.kit.blind import BlindDatabase
from tests.kit.realtime import realtime
from tests.security.desk import desk_of
from tests.security.passkey import passkey_of
from tests.security.rows import Rows
from tests.service.media_files import picture

Json = dict[str, Any]
Files = Mapping[str, tuple[str, bytes, str]]
PASSWORD = "a lantern in the rain"
# Who works there besides ada; leo leads another department than everybody else's.
ROLES = {
    "mei": "agent", "otto": "agent", "ivo": "inspector", "lin": "leader", "leo": "leader", "aud": "auditor",
    "gone": "agent",
}  # fmt: skip
NOBODY = "https://127.0.0.1:9/"  # where webhooks go and people sign in here: the port to which nobody listens


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


@dataclass
class World:
    platform: Platform
    runtime: Runtime
    app: Litestar
    http: httpx.AsyncClient
    url: str
    ours: Organization
    theirs: Organization
    stored: Rows

    async def rows(self, slug: str) -> Mapping[str, Sequence[str]]:
        """Every row of an organization, by table: what must not change when nobody was allowed to change it."""
        return await self.stored.read(slug)

    async def visitor(self, organization: Organization, **more: object) -> Person:
        body = {"channel": organization.ids["channel_code"], "language": "en", **more}
        answer = await self.http.post("/v1/visitor/session", json=body)
        assert answer.is_success, answer.text
        return Person(self.http, answer.json()["token"], answer.json())

    async def agent(self, slug: str, username: str, password: str = PASSWORD) -> Person:
        return await sign_in(self.http, slug, username, password)


async def sign_in(http: httpx.AsyncClient, slug: str, username: str, password: str = PASSWORD) -> Person:
    credentials = {"organization": slug, "username": username, "password": password}
    answer = await http.post("/v1/auth/sign-in", json=credentials)
    assert answer.is_success, answer.text
    return Person(http, answer.json()["access_token"], answer.json())


@asynccontextmanager
async def world(folder: Path, url: str = "") -> AsyncGenerator[World]:
    """A server with both organizations, on a free port. With the address of a PostgreSQL its statements are blind."""
    config = Config(
        # so that nobody is slowed down for what others have tried
        listen=Listen(trusted_proxies="127.0.0.1"),
        storage=Storage(path=folder),
        database=Database(url=url),
        tokens=Tokens(access_ttl=3600),
        webhooks=Webhooks(ports="9", allow_networks="127.0.0.1/32"),
        sso=Sso(ports="9", allow_networks="127.0.0.1/32"),
        push=Push(ports="9", allow_networks="127.0.0.1/32"),
        translation=Translation(ports="9", allow_networks="127.0.0.1/32"),
    )
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(open_platform(config))
        if url:
            platform = replace(platform, database=BlindDatabase(platform.database))
            await load_address_key(platform)  # they are kept with the database
            await load_push_key(platform)
        channels = {
            slug: (
                await set_up_organization(platform, slug, f"CANARY-{slug} shop", "ada", PASSWORD)
            ).channel_code
            for slug in ("lantern", "crane")
        }
        runtime = await stack.enter_async_context(run_services(platform))
        app = build_app(runtime)
        url = await stack.enter_async_context(_listening(app, runtime))
        http = await stack.enter_async_context(
            httpx.AsyncClient(base_url=url, timeout=30, trust_env=False, cookies=_NoCookies())
        )
        made = {slug: await _furnish(stack, http, url, slug, code) for slug, code in channels.items()}
        for organization in made.values():
            mei, owner = (
                int(text)
                for text in (organization.ids["mei"], organization.people["mei"].facts["organization"]["id"])
            )
            organization.ids["passkey_id"] = await passkey_of(platform, owner, mei, organization.canary)
        stored = await Rows.of(platform.database)
        yield World(platform, runtime, app, http, url, made["lantern"], made["crane"], stored)


class _NoCookies(httpx.Cookies):
    """Nobody borrows the refresh cookie of somebody who signed in before."""

    @override
    def extract_cookies(self, response: httpx.Response) -> None:
        """Keep nothing."""


@asynccontextmanager
async def _listening(app: Litestar, runtime: Runtime) -> AsyncGenerator[str]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    listener.setblocking(False)
    assert runtime.hub is not None
    config = uvicorn.Config(
        app,
        http="httptools",
        ws=RealtimeServer(runtime.hub, runtime.platform).protocol_class(),
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = Server(config, runtime)
    serving = asyncio.create_task(server.serve([listener]))
    await server.answering.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def _furnish(
    stack: AsyncExitStack, http: httpx.AsyncClient, url: str, slug: str, code: str
) -> Organization:
    canary = f"CANARY-{slug}"
    ada = await sign_in(http, slug, "ada")
    organization = Organization(slug, canary, {"channel_code": code}, {"ada": ada})
    await _staff(organization, ada)
    await _knowledge(organization, ada)
    await _panel(organization, ada)
    await _webhook(organization, ada)
    await _conversation(stack, organization, url)
    block = {"network": "198.51.100.0/24", "reason": f"{canary} block"}
    organization.ids["block_id"] = (await ada.get("POST", "/v1/blocks", block))["block"]["id"]
    return organization


async def _staff(organization: Organization, ada: Person) -> None:
    ids, canary, http = organization.ids, organization.canary, ada.http
    department = await ada.get("POST", "/v1/departments", {"name": f"{canary} department"})
    ids["department_id"] = department["department"]["id"]
    elsewhere = await ada.get("POST", "/v1/departments", {"name": f"{canary} elsewhere"})
    role = {"name": f"{canary} role", "permissions": ["search.use"], "scope": "teams"}
    ids["role_id"] = (await ada.get("POST", "/v1/roles", role))["role"]["id"]
    for username, role in ROLES.items():
        body = {
            "username": username,
            "name": f"{canary} {username}",
            "nickname": f"{canary} {username}",
            "password": PASSWORD,
            "role": role,
            "capacity": 200,
            "department_id": elsewhere["department"]["id"] if username == "leo" else ids["department_id"],
        }
        ids[username] = (await ada.get("POST", "/v1/agents", body))["agent"]["id"]
        organization.people[username] = await sign_in(http, organization.slug, username)
    await ada.get("PATCH", f"/v1/agents/{ids['gone']}", {"enabled": False})
    ids["ada"] = ada.facts["agent_id"]
    ids["agent_id"] = ids["mei"]
    ids["team_id"] = (await ada.get("GET", "/v1/teams"))["items"][0]["id"]
    await ada.get("PATCH", f"/v1/teams/{ids['team_id']}", {"name": f"{canary} team"})
    await ada.get("PUT", f"/v1/teams/{ids['team_id']}/members", [{"agent_id": ids["mei"], "weight": 10}])
    await ada.get("POST", "/v1/direct-codes", {"code": organization.slug, "agent_id": ids["mei"]})
    ids["code"] = organization.slug
    sessions = await ada.get("GET", f"/v1/agents/{ids['mei']}/sessions")
    ids["session_id"] = sessions["items"][0]["id"]
    body = {"name": f"{canary} app", "secret": True, "redirect_uris": ["https://app.example/back"]}
    client = (await ada.get("POST", "/v1/oauth/clients", body))["client"]
    ids["client_id"], ids["client_code"] = client["id"], client["client_id"]
    provider = {
        "name": "Login",
        "issuer": NOBODY,
        "client_id": "desk",
        "client_secret": f"{canary}-provider",
        "domains": ["example.com"],
    }
    made = await ada.get("POST", "/v1/identity-providers", provider)
    ids["provider_id"] = made["provider"]["id"]
    # Nobody answers there. Switched off, it is not asked, and looks like none.
    await ada.get("PATCH", f"/v1/identity-providers/{ids['provider_id']}", {"enabled": False})
    reply = {"title": f"{canary} title", "text": f"{canary} text", "group": canary, "personal": True}
    mine = await organization.people["mei"].get("POST", "/v1/quick-replies", reply)
    shared = await ada.get("POST", "/v1/quick-replies", {**reply, "personal": False})
    ids["personal_reply_id"] = mine["quick_reply"]["id"]
    ids["reply_id"] = shared["quick_reply"]["id"]
    await ada.get("PUT", "/v1/wrap-up-categories", {"items": [f"{canary}/Refund"]})
    tag = {"name": f"{canary} tag", "color": "red"}
    ids["tag_id"] = (await ada.get("POST", "/v1/tags", tag))["tag"]["id"]
    ids.update(await desk_of(ada.get, canary, ids["tag_id"]))
    field = {"key": "plan", "label": f"{canary} field", "kind": "text"}
    ids["field_id"] = (await ada.get("POST", "/v1/contact-fields", field))["field"]["id"]


async def _knowledge(organization: Organization, ada: Person) -> None:
    ids, canary = organization.ids, organization.canary
    base = await ada.get("POST", "/v1/knowledge-bases", {"name": f"{canary} base", "description": canary})
    ids["base_id"] = base["knowledge_base"]["id"]
    question = {"question": f"{canary}?", "answer": f"{canary} answer", "category": canary, "language": "en"}
    made = await ada.get("POST", f"/v1/knowledge-bases/{ids['base_id']}/questions", question)
    ids["question_id"] = ids["article_id"] = made["question"]["id"]
    robot = {"username": "lumi", "name": f"{canary} bot", "kind": "bot"}
    ids["bot_id"] = (await ada.get("POST", "/v1/agents", robot))["agent"]["id"]
    await ada.get("PATCH", f"/v1/bots/{ids['bot_id']}", {"knowledge_base_id": ids["base_id"]})
    ids["channel_id"] = (await ada.get("GET", "/v1/channels"))["items"][0]["id"]
    change = {"name": f"{canary} channel", "bot_id": ids["bot_id"], "greeting": {"en": f"{canary} welcome"}}
    channel = f"/v1/channels/{ids['channel_id']}"
    await ada.get("PATCH", channel, change)
    await ada.get("PUT", f"{channel}/help", {"knowledge_base_id": ids["base_id"]})
    ids["key_id"] = (await ada.get("POST", f"{channel}/keys"))["key"]["id"]


async def _panel(organization: Organization, ada: Person) -> None:
    """The frame is for whoever has the code, and says nothing but an address."""
    body = {"name": f"{organization.canary} panel", "url": "https://erp.example.org/customer"}
    panel = (await ada.get("POST", "/v1/panels", body))["panel"]
    organization.ids["panel_id"] = panel["id"]
    organization.ids["frame"] = panel["frame"].rpartition("/")[2]


async def _webhook(organization: Organization, ada: Person) -> None:
    """A webhook that nobody answers, with a test in its line that was tried once; off, so that nothing moves any more."""
    ids, canary = organization.ids, organization.canary
    body = {"url": f"{NOBODY}{canary}", "events": ["webhook.disabled"], "description": canary}
    made = await ada.get("POST", "/v1/webhooks", body)
    ids["webhook_id"], ids["secret_id"] = made["webhook"]["id"], made["secret"]["id"]
    path = f"/v1/webhooks/{ids['webhook_id']}"
    ids["delivery_id"] = (await ada.get("POST", f"{path}/test", {}))["delivery"]["id"]
    while not (await ada.get("GET", f"{path}/deliveries/{ids['delivery_id']}"))["delivery"]["attempts"]:  # noqa: ASYNC110 - only the API tells
        await asyncio.sleep(0.05)
    await ada.get("PATCH", path, {"enabled": False})


async def _conversation(stack: AsyncExitStack, organization: Organization, url: str) -> None:
    """A visitor who talks with mei, and what it leaves behind: a file, a leave-message, a contact."""
    ids, canary, people = organization.ids, organization.canary, organization.people
    http = people["ada"].http
    page = {"url": f"https://shop.example/{canary}", "title": canary, "referrer": ""}
    session = {"channel": ids["channel_code"], "language": "en", "page": page}
    opened = await Person(http).get("POST", "/v1/visitor/session", session)
    owner = people["owner"] = Person(http, opened["token"], opened)
    stranger = await Person(http).get("POST", "/v1/visitor/session", session)
    people["stranger"] = Person(http, stranger["token"], stranger)
    ids["contact_id"] = opened["contact"]["id"]
    about = {"company": canary, "fields": {"plan": canary}}
    await people["ada"].get("PATCH", f"/v1/contacts/{ids['contact_id']}", about)
    uploaded = await owner.get(
        "POST", "/v1/media", files={"file": (f"{canary}.png", picture("PNG", (24, 24)), "image/png")}
    )
    ids["media_id"], ids["media_url"] = uploaded["media_id"], uploaded["url"]
    ids["name"] = f"{canary}.png"
    await people["mei"].get("PUT", "/v1/me/status", {"status": "online"})
    await stack.enter_async_context(_present(url, people["mei"].token))
    begun = await owner.get("POST", "/v1/visitor/conversations", {"language": "en", "page": page})
    ids["conversation_id"] = conversation = begun["conversation"]["id"]
    entries = (await owner.get("GET", f"/v1/conversations/{conversation}/entries"))["entries"]
    ids["seq"] = next(str(entry["seq"]) for entry in entries if entry["sender"]["kind"] == "bot")
    async with realtime(url, owner.token, device="owner") as client:
        await client.say(conversation, "v-1", f"{canary} from the visitor")
        image = {"type": "image", "media_id": ids["media_id"]}
        await client.send(t="send", client_id="v-2", conversation=conversation, body=image)
        await client.until("ack", client_id="v-2")
    await owner.get("POST", f"/v1/conversations/{conversation}/human", {})
    await people["mei"].get("POST", f"/v1/conversations/{conversation}/notes", {"text": f"{canary} note"})
    ticket = {"client_id": "t-1", "title": canary, "conversation_id": conversation}
    ticket["description"] = canary
    ids["ticket_id"] = (await people["mei"].get("POST", "/v1/tickets", ticket))["ticket"]["id"]
    criteria = [{"name": f"{canary} criterion", "weight": 2}]
    await people["ada"].get("PUT", "/v1/scorecard", {"version": 0, "criteria": criteria})
    given = {"scorecard": 1, "points": [4], "remark": f"{canary} review"}
    await people["lin"].get("PUT", f"/v1/conversations/{conversation}/reviews/{ids['mei']}", given)
    left = {
        "client_id": "l-1",
        "name": canary,
        "email": f"{organization.slug}@example.org",
        "text": canary,
        "conversation_id": conversation,
    }
    ids["message_id"] = (await owner.get("POST", "/v1/visitor/leave-messages", left))["id"]
    shown = ""
    while shown != canary:  # the name that was left is on its way into the conversation
        header = await people["mei"].get("GET", f"/v1/conversations/{conversation}")
        shown = header["conversation"]["contact"]["name"]
    ids["connection"] = await open_stream(people["mei"])


@asynccontextmanager
async def _present(url: str, token: str) -> AsyncGenerator[None]:
    """A console that is open and takes what comes."""
    async with realtime(url, token, device="desk") as client:

        async def take() -> None:
            async for _ in client.socket:
                pass

        taking = asyncio.create_task(take())
        yield
        taking.cancel()


async def open_stream(person: Person) -> str:
    """A realtime session over HTTP of this person; its stream has 15 seconds to be opened."""
    hello: Mapping[str, object] = {"t": "hello", "token": person.token, "device": "stream", "heads": {}}
    return (await person.get("POST", "/v1/realtime/sessions", hello))["connection"]


async def fresh_conversation(made: World, organization: Organization) -> tuple[Person, str]:
    """Another visitor of the organization, with a conversation that mei has."""
    visitor = await made.visitor(organization)
    header = await visitor.get("POST", "/v1/visitor/conversations", {"language": "en"})
    conversation = header["conversation"]["id"]
    header = await visitor.get("POST", f"/v1/conversations/{conversation}/human", {})
    async with asyncio.timeout(20):
        while header["conversation"]["state"] != "active":
            header = await visitor.get("GET", f"/v1/conversations/{conversation}")
    return visitor, conversation
