"""Texts put into another language by the organization's own service: who may, what is sent, and what when it fails."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, replace

import pytest
from msgspec import structs

from frontdesk.conversations import Conversation, Draft, EntryKind, Note, Sender, Text, recall
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform import Platform
from frontdesk.platform.config import Translation
from frontdesk.settings import SETTINGS_CHANGED, SettingsChanged
from frontdesk.translation import (
    Translator,
    read_service,
    remove_service,
    set_service,
    translate_answer,
    translate_message,
)
from frontdesk.translation.asking import can_translate
from frontdesk.translation.translator import BURST
from tests.kit.receiver import Heard, Receiver, Reply, receiver
from tests.service.test_conversations_log import (
    AGENT,
    CONTACT,
    OTHER_AGENT,
    agent,
    appended,
    assigned,
    opened,
    visitor,
)

VISITOR = Sender(SubjectKind.VISITOR, str(CONTACT))
STAFF = Sender(SubjectKind.AGENT, str(AGENT), "Mei")
JSON = {"content-type": "application/json"}


async def shouted(heard: Heard) -> Reply:
    """A translator into capitals."""
    texts = [f"{heard.json['to']}: {text.upper()}" for text in heard.json["texts"]]
    return Reply(200, JSON, json.dumps({"texts": texts}).encode())


@dataclass
class Desk:
    platform: Platform
    organization: int
    translator: Translator
    service: Receiver
    conversation: Conversation
    secret: str = ""

    @property
    def administrator(self) -> Subject:
        return agent(self.organization, 999, Role.ADMINISTRATOR)

    async def said(self, text: str, *, sender: Sender = VISITOR) -> int:
        return await self.append(Draft(EntryKind.MESSAGE, sender, Text(text)))

    async def append(self, draft: Draft) -> int:
        self.conversation = await appended(self.platform, self.organization, self.conversation, draft)
        return self.conversation.head

    async def read(self, seq: int, to: str = "en", *, who: Subject | None = None) -> str:
        subject = who or agent(self.organization)
        return await translate_message(
            self.platform, self.translator, subject, self.conversation.id, seq=seq, to=to
        )

    async def write(self, text: str, to: str = "zh-CN", *, who: Subject | None = None) -> str:
        subject = who or agent(self.organization)
        return await translate_answer(
            self.platform, self.translator, subject, self.conversation.id, text=text, to=to
        )


@pytest.fixture
async def desk(platform: Platform, organization: int) -> AsyncIterator[Desk]:
    async with receiver() as service:
        service.answering = shouted
        allowed = Translation(allow_http=True, ports=str(service.port), allow_networks="127.0.0.1/32")
        near = replace(platform, config=structs.replace(platform.config, translation=allowed))
        made = Desk(
            near,
            organization,
            Translator(near, timeout=1),
            service,
            await opened(near, organization, assigned()),
        )
        made.secret = (await set_service(near, made.administrator, service.url)).secret
        yield made
        await made.translator.close()


async def refused(attempt: Awaitable[object]) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await attempt
    return caught.value


async def test_a_message_is_read_and_an_answer_written_in_another_language(desk: Desk) -> None:
    seq = await desk.said("hello")
    assert await desk.read(seq, "zh-CN") == "zh-CN: HELLO"
    assert await desk.write("  here you are ", "pt-BR") == "pt-BR: HERE YOU ARE"
    assert [heard.json for heard in desk.service.heard] == [
        {"texts": ["hello"], "to": "zh-CN"},
        {"texts": ["here you are"], "to": "pt-BR"},
    ]


async def test_the_service_can_tell_that_it_is_us(desk: Desk) -> None:
    await desk.write("hello")
    (heard,) = desk.service.heard
    signed = b".".join((heard.id.encode(), heard.headers["webhook-timestamp"].encode(), heard.body))
    key = base64.b64decode(desk.secret.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert heard.headers["webhook-signature"] == f"v1,{signature}"
    assert heard.headers["content-type"] == "application/json"


async def test_what_was_translated_is_remembered_for_text_and_language(desk: Desk) -> None:
    first, second = await desk.said("hello"), await desk.said("hello")
    for seq in (first, second, first):
        await desk.read(seq)
    assert len(desk.service.heard) == 1
    await desk.read(first, "fr")
    assert len(desk.service.heard) == 2
    desk.secret = (await set_service(desk.platform, desk.administrator, desk.service.url)).secret
    await desk.read(first)  # another service may say it better
    assert len(desk.service.heard) == 3


async def test_only_who_may_read_gets_a_translation_and_only_of_words_that_are_there(
    desk: Desk, other_organization: int
) -> None:
    seq = await desk.said("mine", sender=STAFF)
    note = await desk.append(Draft(EntryKind.NOTE, STAFF, Note("note")))
    await desk.read(seq)
    strangers = {
        visitor(desk.organization): ErrorKind.FORBIDDEN,
        agent(desk.organization, OTHER_AGENT): ErrorKind.NOT_FOUND,
        agent(other_organization, AGENT, Role.ADMINISTRATOR): ErrorKind.NOT_FOUND,
    }
    for who, kind in strangers.items():
        assert (await refused(desk.read(seq, who=who))).kind is kind
        assert (await refused(desk.write("x", who=who))).kind is kind
    for place in (note, 1, 9_999, (1 << 63) - 1):
        assert (await refused(desk.read(place))).kind is ErrorKind.NOT_FOUND
    await recall(desk.platform, agent(desk.organization), desk.conversation.id, seq)
    assert (await refused(desk.read(seq))).kind is ErrorKind.NOT_FOUND
    assert len(desk.service.heard) == 1


@pytest.mark.parametrize("text", ["", "  \x00 ", "x" * 4_001])
async def test_an_answer_without_words_or_with_too_many_is_not_sent(desk: Desk, text: str) -> None:
    assert (await refused(desk.write(text))).kind is ErrorKind.INVALID
    assert desk.service.heard == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, {}, b"no"),
        Reply(204),
        Reply(302, {"location": "/elsewhere"}),
        Reply(200, JSON, b"not json"),
        Reply(200, JSON, b'{"texts": []}'),
        Reply(200, JSON, b'{"texts": ["a", "b"]}'),
        Reply(200, JSON, b'{"texts": [7]}'),
        Reply(200, JSON, b'{"texts": [" "]}'),
        Reply(200, JSON, json.dumps({"texts": ["x" * 16_001]}).encode()),
        Reply(200, JSON, b'{"texts": ["' + b"x" * 5_000_000),
        Reply(200, JSON, b'{"texts": ["', drip=True),
    ],
)
async def test_a_service_that_fails_is_told_as_that_and_asked_again(desk: Desk, reply: Reply) -> None:
    async def answer(_: Heard) -> Reply:
        return reply

    desk.service.answering = answer
    error = await refused(desk.write("hello"))
    assert (error.kind, error.code) == (ErrorKind.CONFLICT, "translation.failed")
    desk.service.answering = shouted
    assert await desk.write("hello") == "zh-CN: HELLO"


async def test_a_service_that_does_not_answer_is_not_waited_for(desk: Desk) -> None:
    async def never(_: Heard) -> Reply:
        await asyncio.Event().wait()
        return Reply()

    desk.service.answering = never
    assert (await refused(desk.write("hello"))).kind is ErrorKind.CONFLICT


async def test_who_translates_very_much_is_asked_to_wait(desk: Desk, clock: ManualClock) -> None:
    for number in range(BURST):
        await desk.write(str(number))
    assert (await refused(desk.write("more"))).kind is ErrorKind.BUSY
    clock.advance(seconds=1)
    await desk.write("more")


async def test_an_administrator_names_the_service_and_takes_it_away(desk: Desk) -> None:
    told: list[str] = []

    def remember(event: SettingsChanged) -> None:
        told.append(event.topic)

    stop = SETTINGS_CHANGED.subscribe(desk.platform.bus, remember)
    me = agent(desk.organization)
    for attempt in (
        read_service(desk.platform, me),
        set_service(desk.platform, me, desk.service.url),
        remove_service(desk.platform, me),
    ):
        assert (await refused(attempt)).kind is ErrorKind.FORBIDDEN
    assert await can_translate(desk.platform, me)
    changed = await set_service(desk.platform, desk.administrator, f"{desk.service.url}/v2")
    assert changed.secret != desk.secret
    assert await read_service(desk.platform, desk.administrator) == changed
    for _ in range(2):
        await remove_service(desk.platform, desk.administrator)
    assert told == ["translation", "translation"]
    stop()
    assert not await can_translate(desk.platform, me)
    seq = await desk.said("hello")
    for attempt in (desk.read(seq), desk.write("hello")):
        assert (await refused(attempt)).code == "translation.none"


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://10.0.0.8/", "http://translate.example/", "ftp://a.cn/", "", "x\x00"],
)
async def test_an_address_inside_is_refused_unless_the_operator_allows_it(
    platform: Platform, organization: int, url: str
) -> None:
    administrator = agent(organization, 999, Role.ADMINISTRATOR)
    error = await refused(set_service(platform, administrator, url))
    assert (error.kind, error.code) == (ErrorKind.INVALID, "translation.address")


async def test_an_organization_has_a_service_of_its_own(desk: Desk, other_organization: int) -> None:
    theirs = agent(other_organization, 999, Role.ADMINISTRATOR)
    assert await read_service(desk.platform, theirs) is None
    await remove_service(desk.platform, theirs)
    assert await read_service(desk.platform, desk.administrator) is not None
