"""The people of a run, as the server knows them: visitors in conversation with agents of the demo shop."""

import time
from typing import Any, Final

import httpx

from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.hostile import Line

AGENTS: Final = ("mei", "omar")
TABS: Final[tuple[tuple[str, ...], ...]] = (
    ("websocket", "websocket", "websocket"),
    ("websocket", "sse"),
    ("sse", "sse"),
    ("websocket", "websocket", "sse"),
)
"""What the networks of a visitor's tabs let through, one visitor after another."""
OF_AGENTS: Final = ("websocket", "websocket")

Json = dict[str, Any]


def furnish(url: str, visitors: int) -> list[Json]:
    """Everybody who will write. Each visitor has one conversation with one of the agents; an agent has many."""
    desk = Desk(url)
    lines = [Line(url, desk.token(who), f"{who}-before") for who in AGENTS]
    for who in AGENTS:
        desk.set_capacity(who, max(5, visitors))
    people: list[Json] = []
    of_agent: dict[str, list[str]] = {who: [] for who in AGENTS}
    with httpx.Client(base_url=url, timeout=20) as http:
        for number in range(visitors):
            who = AGENTS[number % len(AGENTS)]
            for each in AGENTS:
                desk.set_status(each, "online" if each == who else "busy")
            key, conversation = _served(http)
            tabs = TABS[number % len(TABS)]
            people.append(
                {"name": f"visitor{number}", "tabs": tabs, "key": key, "conversations": [conversation]}
            )
            of_agent[_owner(desk, conversation)].append(conversation)
    for who, conversations in of_agent.items():
        token = desk.token(who)
        people.append({"name": who, "tabs": OF_AGENTS, "token": token, "conversations": conversations})
    for line in lines:
        line.close()
    desk.close()
    return people


def _owner(desk: Desk, conversation: str) -> str:
    """Who has it, once somebody has; agents are called by what they sign in with."""
    names = {desk.agent(who)["id"]: who for who in AGENTS}
    for _ in range(100):
        agent = desk.call("admin", "GET", f"/v1/conversations/{conversation}")["conversation"]["agent"]
        if agent is not None and agent["id"] in names:
            return names[agent["id"]]
        time.sleep(0.05)
    raise RuntimeError("nobody took the conversation")


def _served(http: httpx.Client) -> tuple[str, str]:
    """A new visitor's key, and the conversation in which they have asked for a human."""

    def call(path: str, body: Json, token: str = "") -> Json:
        answer = http.post(path, json=body, headers={"Authorization": f"Bearer {token}"} if token else {})
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json()

    came = call("/v1/visitor/session", {"channel": CHANNEL, "language": "en"})
    opened = call("/v1/visitor/conversations", {"language": "en"}, came["token"])
    identity: str = opened["conversation"]["id"]
    call(f"/v1/conversations/{identity}/human", {}, came["token"])
    return came["visitor_key"], identity


def log_of(desk: Desk, conversation: str) -> list[Json]:
    """All entries of a conversation, as the server has them."""
    entries: list[Json] = []
    while True:
        after = entries[-1]["seq"] if entries else 0
        page = desk.call("admin", "GET", f"/v1/conversations/{conversation}/entries?after={after}&limit=100")
        entries += page["entries"]
        if not page["more"]:
            return entries
