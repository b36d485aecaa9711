"""Hostile text: the corpus, a trap for whatever of it runs, and a shop in which every text of everybody is hostile."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import msgspec
from playwright.sync_api import BrowserContext, Dialog, Frame, Page, Request, Route
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from frontdesk.core.text import is_web_address
from tests.e2e.desk import CHANNEL, Desk, Json

_FILE: Final = Path(__file__).parents[1] / "data" / "payloads.txt"
_POLICY: Final = "content-security-policy"
ELSEWHERE: Final = "canary.test"
BURST: Final = 50
FRAMES_A_SECOND: Final = 18
# Names that run nothing and still get in the way: endless, from the right, turned around, of several signs each.
NAMES: Final = (
    "W" * 50,
    "לקוחות ושירות (VIP) 123",
    "مدير النظام",
    "nimda\u202etnega",
    "👩🏽‍💻🏳️‍🌈👨‍👩‍👧‍👦" * 2,
    "Z̸̡̧͓̮͚̩̈́̽̑͊a̵̛͙͚̓͆̈l̶̨̙̟̊g̶͎͐̍o̷̜͌",
)


def payloads() -> list[str]:
    """The corpus, with its \\u{...} as the characters that they name."""
    lines = [
        line for line in _FILE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    return [re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), line) for line in lines]


def plain(text: str) -> str:
    """What is left of a text when only its visible characters are compared: browsers fold white space."""
    return re.sub(r"[\s\x00-\x1f\u200b\ufeff]+", "", text)


def chunks(texts: Sequence[str], limit: int) -> Iterator[str]:
    """The texts joined into as few as fit."""
    held = ""
    for text in texts:
        if held and len(held) + len(text) + 3 > limit:
            yield held
            held = ""
        held = f"{held} | {text}" if held else text
    yield held


class Trap:
    """Notes every script of the corpus that runs in a context, every dialog, every way out and every request out."""

    def __init__(self, context: BrowserContext, url: str, *, policy: bool) -> None:
        self.sprung: list[str] = []
        self._url = url
        self._policy = policy
        context.expose_function("pwned", self._ran)  # pyright: ignore[reportUnknownMemberType]  any function will do
        context.route("**/*", self._pass)
        context.on("request", self._request)
        context.on("dialog", self._dialog)
        context.on("page", self._page)

    def _ran(self, *_: object) -> None:
        self._note("a script")

    def _note(self, what: str) -> None:
        self.sprung.append(what)

    def _pass(self, route: Route) -> None:
        request = route.request
        if not request.url.startswith((self._url, "data:", "blob:")):
            route.abort()
        elif self._policy or request.resource_type != "document":
            route.continue_()
        else:
            answer = route.fetch()
            headers = {name: value for name, value in answer.headers.items() if name.lower() != _POLICY}
            route.fulfill(response=answer, headers=headers)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:", "blob:")):
            self._note(f"request to {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"dialog {dialog.message}")
        dialog.dismiss()

    def _page(self, page: Page) -> None:
        page.on("framenavigated", self._navigated)

    def _navigated(self, frame: Frame) -> None:
        if not frame.url.startswith((self._url, "about:blank")):
            self._note(f"navigation to {frame.url}")


class Line:
    """A realtime connection that only sends; what comes is read when the next message is sent."""

    def __init__(self, url: str, token: str, device: str) -> None:
        address = url.replace("http", "ws", 1) + "/v1/realtime"
        opening = connect(
            address,
            subprotocols=[Subprotocol("frontdesk.v1")],
            max_size=None,
            ping_interval=None,
            close_timeout=0.1,
        )
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(opening)
        self._send(t="hello", token=token, device=device, heads={})
        self._count = 0
        self._began = 0.0
        self._device = device

    def _send(self, **frame: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        self._socket.send(msgspec.json.encode(frame).decode())

    def say(self, conversation: str, body: Json) -> None:
        """Send a message and wait until it is kept; no faster than a connection may."""
        self._count += 1
        ref = f"{self._device}-{self._count}"
        self._send(t="send", client_id=ref, conversation=conversation, body=body)
        while True:
            frame = msgspec.json.decode(self._socket.recv(timeout=10), type=Json)
            assert frame["t"] != "error", (frame, body)
            assert frame["t"] != "bye", (frame, body)
            if frame["t"] == "ack" and frame["client_id"] == ref:
                break
        self._began = self._began or time.monotonic()
        due = self._began + (self._count - BURST) / FRAMES_A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))

    def close(self) -> None:
        self._open.close()


class Shop:
    """The demo shop after hostile people have filled in every field of it. Its `visitors` have one conversation each."""

    def __init__(self, url: str, desk: Desk) -> None:
        self.url = url
        self.desk = desk
        self.texts = payloads()
        self.http = httpx.Client(base_url=url, timeout=20)
        self.visitors: dict[str, Json] = {}
        self.conversations: dict[str, str] = {}
        self.categories = list(dict.fromkeys(text.replace("/", "") for text in self.fitting(50)))
        self.file_names: list[str] = []
        self.base = ""
        self._asked_at: dict[str, str] = {}
        self.look: Json = {
            "name": self.texts[0],
            "title": self.fitting(60)[3],
            "subtitle": self.texts[22],
            "hot_questions": {"en": self.texts[20:32], "zh-CN": self.texts[32:44]},
            "greeting": {"en": " ".join(self.texts[:8]), "zh-CN": " ".join(self.texts[8:16])},
        }

    def arrange(self) -> None:
        for who in ("mei", "omar"):
            self.desk.set_capacity(who, 50)
            self.desk.set_status(who, "online")
        mei, omar = self._line("mei"), self._line("omar")
        self._rows()
        self._talk()
        self._files(mei)
        self._remarks()
        self._handing_over()
        self._bot()
        self._leave_messages()
        self._roles()
        mei.close()
        omar.close()

    def fitting(self, limit: int) -> list[str]:
        return [text for text in self.texts if len(text) <= limit]

    def arrive(self, name: str, *, page: Json | None = None) -> Json:
        """A visitor of this name, or another visit of the same one."""
        body: Json = {"channel": CHANNEL, "language": "en"}
        if page is not None:
            body["page"] = page
        if name in self.visitors:
            body["visitor_key"] = self.visitors[name]["visitor_key"]
        answer = self.http.post("/v1/visitor/session", json=body)
        assert answer.is_success, answer.text
        self.visitors[name] = answer.json()
        return self.visitors[name]

    def as_visitor(self, name: str, method: str, path: str, body: Json) -> Json:
        headers = {"Authorization": f"Bearer {self.visitors[name]['token']}"}
        answer = self.http.request(method, path, json=body, headers=headers)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json()

    def begin(self, name: str, *, human: str = "") -> str:
        """A visitor's conversation, with this agent when one is named."""
        self.arrive(name)
        opened = self.as_visitor(name, "POST", "/v1/visitor/conversations", {"language": "en"})
        identity = self.conversations[name] = opened["conversation"]["id"]
        if human:
            self._only(human)
            self.as_visitor(name, "POST", f"/v1/conversations/{identity}/human", {})
            self.desk.set_status("mei", "online")
            self.desk.set_status("omar", "online")
        return identity

    def _only(self, who: str) -> None:
        self.desk.set_status(who, "online")
        self.desk.set_status("omar" if who == "mei" else "mei", "busy")

    def _line(self, who: str, *, device: str = "there") -> Line:
        return Line(self.url, self.desk.token(who), f"{who}-{device}")

    def _rows(self) -> None:
        """What administrators write: names, replies, knowledge, categories."""
        call = self.desk.call
        for number, text in enumerate(self.fitting(50)):
            call("admin", "POST", "/v1/teams", {"name": text})
            call("admin", "POST", "/v1/departments", {"name": text})
            call(
                "admin",
                "POST",
                "/v1/agents",
                {"username": f"robot{number}", "name": text, "nickname": text, "kind": "bot"},
            )
        for text in self.texts:
            body = {"title": text, "text": text, "group": text[:50], "personal": False}
            call("admin", "POST", "/v1/quick-replies", body)
        call("admin", "PUT", "/v1/wrap-up-categories", {"items": self.categories})
        base = call(
            "admin", "POST", "/v1/knowledge-bases", {"name": self.texts[0], "description": self.texts[1]}
        )
        self.base = base["knowledge_base"]["id"]
        for number, text in enumerate(self.texts):
            question = {"question": f"{text} {number}", "answer": text, "category": text, "language": "en"}
            call("admin", "POST", f"/v1/knowledge-bases/{self.base}/questions", question)

    def _talk(self) -> None:
        """Texts of both sides."""
        identity = self.begin("talk", human="mei")
        mei = self._line("mei", device="talking")
        visitor = Line(self.url, self.visitors["talk"]["token"], "line-talk")
        for text in self.texts:
            visitor.say(identity, {"type": "text", "text": text})
            mei.say(identity, {"type": "text", "text": text})
        visitor.close()
        mei.close()
        identity = self.begin("marked", human="mei")
        marking = self._line("mei", device="marking")
        for number, text in enumerate(self.texts):
            marked = f"- {text}\n[{text}]({text})\n**{text}**"
            body = {"type": "text", "text": marked, "format": "markdown", "quotes": number + 3}
            marking.say(identity, body)
        marking.close()
        identity = self.begin("cards", human="mei")
        showing = self._line("mei", device="showing")
        for text in self.fitting(80):
            reply, link = {"label": text, "reply": text}, f"https://shop.example/{plain(text)}"
            opens = [{"label": text, "link": link}] if is_web_address(link) else []
            showing.say(identity, {"type": "card", "title": text, "text": text, "buttons": [reply, *opens]})
        showing.close()

    def _files(self, mei: Line) -> None:
        """Files with such names."""
        identity = self.begin("files", human="mei")
        token = {"Authorization": f"Bearer {self.desk.token('mei')}"}
        for text in self.texts:
            sent = self.http.post(
                "/v1/media", files={"file": (f"{text}.txt", b"text", "text/plain")}, headers=token
            )
            assert sent.is_success, sent.text
            self.file_names.append(sent.json()["name"])
            mei.say(identity, {"type": "file", "media_id": sent.json()["media_id"]})

    def _remarks(self) -> None:
        """Notes, ratings and wrap-ups."""
        identity = self.begin("remarks", human="mei")
        path = f"/v1/conversations/{identity}"
        for text in self.texts:
            self.desk.call("mei", "POST", f"{path}/notes", {"text": text})
            self.as_visitor("remarks", "POST", f"{path}/rating", {"score": 1, "remark": text})
            self.desk.call("mei", "POST", f"{path}/wrap-up", {"category": text, "remark": text})

    def _handing_over(self) -> None:
        """Notes for colleagues, and agents who call themselves what runs."""
        identity = self.begin("handed over", human="mei")
        ids = {who: self.desk.agent(who)["id"] for who in ("mei", "omar")}
        before = {who: self.desk.agent(who)["nickname"] for who in ids}
        holder, other = "mei", "omar"
        for text in self.fitting(50):
            self.desk.call(other, "PATCH", "/v1/me", {"nickname": text})
            body = {"agent_id": ids[other], "note": text}
            self.desk.call(holder, "POST", f"/v1/conversations/{identity}/transfer", body)
            holder, other = other, holder
        for who, name in before.items():
            self.desk.call(who, "PATCH", "/v1/me", {"nickname": name})

    def _bot(self) -> None:
        """The bot answers from hostile knowledge, and the channel's look is hostile."""
        channel = next(
            each
            for each in self.desk.call("admin", "GET", "/v1/channels")["items"]
            if each["code"] == CHANNEL
        )
        self.desk.call("admin", "PATCH", f"/v1/bots/{channel['bot_id']}", {"knowledge_base_id": self.base})
        identity = self.begin("bot")
        visitor = Line(self.url, self.visitors["bot"]["token"], "line-bot")
        for number, text in enumerate(self.texts):
            visitor.say(identity, {"type": "text", "text": f"{text} {number}"})
        visitor.close()
        self.desk.call("admin", "PATCH", f"/v1/channels/{channel['id']}", self.look)

    @property
    def names(self) -> list[str]:
        """Some of the corpus that fit into a short name, and the names; as they are kept, without what turns lines around."""
        return [name.replace("\u202e", "") for name in (*self.fitting(50)[::4], *NAMES)]

    def _roles(self) -> None:
        for name in (*self.fitting(50)[::4], *NAMES):
            body = {"name": name, "permissions": ["search.use"], "scope": "own"}
            self.desk.call("admin", "POST", "/v1/roles", body)

    def application(self, name: str) -> str:
        """Where people are asked whether an application of this name may. It is registered once."""
        if name in self._asked_at:
            return self._asked_at[name]
        body = {"name": name, "redirect_uris": ["https://app.example/back"], "scopes": ["openid"]}
        client = self.desk.call("admin", "POST", "/v1/oauth/clients", body)["client"]
        asked = {
            "client_id": client["client_id"],
            "redirect_uri": "https://app.example/back",
            "response_type": "code",
            "scope": "openid",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
        }
        self._asked_at[name] = f"{self.url}/console/authorize?{urlencode(asked)}"
        return self._asked_at[name]

    def _leave_messages(self) -> None:
        for number, text in enumerate(self.texts):
            name = f"leaver {number // 18}"
            if name not in self.visitors:
                self.arrive(name)
            body = {"client_id": str(number), "name": text, "text": text, "email": "x@y.example"}
            self.as_visitor(name, "POST", "/v1/visitor/leave-messages", body)
