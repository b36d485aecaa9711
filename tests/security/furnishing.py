"""What an organization of these tests has: people, knowledge, a webhook, a conversation and what it leaves behind."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from tests.kit.realtime import realtime
from tests.security.desk import desk_of
from tests.security.people import PASSWORD, Organization, Person, sign_in
from tests.service.media_files import picture

# Who works there besides ada; leo leads another department than everybody else's.
ROLES = {
    "mei": "agent", "otto": "agent", "ivo": "inspector", "lin": "leader", "leo": "leader", "aud": "auditor",
    "gone": "agent",
}  # fmt: skip
NOBODY = "https://127.0.0.1:9/"  # where webhooks go and people sign in here: the port to which nobody listens


async def furnish(
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
