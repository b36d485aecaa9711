"""Cards: sent by staff over a real connection, found, recalled, told to webhooks and mailed like every other message."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import pytest

from frontdesk.conversations import (
    Card,
    CardButton,
    Entry,
    Indexer,
    Log,
    decode_message,
    find,
    recall,
    search,
    snapshot,
)
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.media import upload
from frontdesk.platform import Platform
from frontdesk.platform.config import Access
from frontdesk.staff import AgentKind
from tests.service.access_clients import until
from tests.service.access_server import Realtime, serving, text
from tests.service.media_files import picture
from tests.service.staff_people import add_agent, subject_of
from tests.service.test_conversations_log import assigned, opened

LINK: Final = {"label": "See it", "link": "https://shop.example/lanterns?colour=red"}
REPLY: Final = {"label": "Send me one", "reply": "One red lantern, please"}
CARD: Final = {
    "type": "card",
    "title": "The red lantern",
    "text": "Hand made\nin Suzhou",
    "buttons": [LINK, REPLY],
}
FILLED: Final = Card(
    "The red lantern",
    "Hand made",
    buttons=(CardButton("See it", link="https://shop.example/red"), CardButton("Send me one", reply="Yes")),
)


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access(rate=10_000, burst=10_000)) as running:
        yield running


@pytest.fixture
async def log(platform: Platform) -> AsyncIterator[Log]:
    async def never(_organization: int, _conversation: int) -> bool:
        return False

    made = Log(platform, reopen=never)
    yield made
    await made.drain()


async def lin(realtime: Realtime) -> Subject:
    return subject_of(await add_agent(realtime.platform, realtime.organization, "lin"))


async def refusal(realtime: Realtime, who: Subject, body: Mapping[str, Any]) -> tuple[str, str]:
    """Kind and code of what a card is refused with; nothing is stored."""
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor, None if who.kind is SubjectKind.VISITOR else who)
    client = await realtime.join(visitor if who.kind is SubjectKind.VISITOR else who, "websocket")
    await client.send({**text(conversation, "", "c-1"), "body": body})
    error = await until(client, "error")
    assert error["ref"] == "c-1"
    assert await realtime.stored(conversation) == []
    return error["error"]["kind"], error["error"]["code"]


async def test_a_card_reaches_the_visitor_as_it_was_written_and_its_picture_has_addresses(
    realtime: Realtime,
) -> None:
    agent, visitor = await lin(realtime), realtime.visitor()
    conversation = await realtime.conversation(visitor, agent)
    shown = await upload(realtime.platform, agent, "lantern.png", picture("PNG"))
    desk, client = await realtime.join(agent, "websocket"), await realtime.join(visitor, "websocket")
    await desk.send({**text(conversation, "", "c-1"), "body": {**CARD, "media_id": str(shown.id)}})
    body = (await until(desk, "ack"))["entry"]["body"]
    seen = body.pop("picture")
    assert body == CARD
    assert (seen["type"], seen["name"], seen["width"]) == ("image", "lantern.png", 64)
    assert seen["url"].startswith(f"/v1/media/{shown.id}/")
    assert seen["thumbnail_url"].startswith(f"/v1/media/{shown.id}/")
    assert (await until(client, "entry"))["entry"]["body"] == {**body, "picture": seen}
    ((_seq, _client_id, kept),) = await realtime.stored(conversation)
    assert "signature" not in kept, "addresses end; they are not kept"
    last = (await snapshot(realtime.platform, agent, conversation.id)).last_message
    assert last is not None
    assert (last.type, last.preview) == ("card", "The red lantern")


async def test_its_words_are_trimmed_and_lose_what_only_confuses(realtime: Realtime) -> None:
    agent, visitor = await lin(realtime), realtime.visitor()
    conversation = await realtime.conversation(visitor, agent)
    desk = await realtime.join(agent, "sse")
    button = {"label": " Look\nhere ", "link": " https://shop.example/ "}
    said = {"type": "card", "title": " Red \u202e\x00 lantern\n", "text": " a\r\nb ", "buttons": [button]}
    await desk.send({**text(conversation, "", "c-1"), "body": said})
    assert (await until(desk, "ack"))["entry"]["body"] == {
        "type": "card",
        "title": "Red lantern",
        "text": "a\nb",
        "buttons": [{"label": "Look here", "link": "https://shop.example/"}],
    }


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript://shop.example/%0aalert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//shop.example",
        "/admin",
        "shop.example",
        "https://",
        "https://shop.example@evil.example/",
        "https://shop.example\\@evil.example/",
        "https://shop.example/ red",
        "https://shop.example/\u202ered",
        "https://[::1",
        "https://shop.example:99999/",
        "mailto:desk@shop.example",
    ],
)
async def test_a_button_opens_nothing_but_a_page_of_the_web(realtime: Realtime, link: str) -> None:
    body = {"type": "card", "title": "Look", "buttons": [{"label": "Here", "link": link}]}
    assert await refusal(realtime, await lin(realtime), body) == ("invalid", "conversations.card-link")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "access.body"),
        ({"title": " \u202e "}, "text.missing"),
        ({"title": "x" * 201}, "access.body"),
        ({"title": 7}, "access.body"),
        ({"text": "x" * 1_001}, "access.body"),
        ({"buttons": [REPLY] * 7}, "access.body"),
        ({"buttons": [{"label": "x" * 81, "reply": "x"}]}, "access.body"),
        ({"buttons": [{"label": " ", "reply": "x"}]}, "text.missing"),
        ({"buttons": [{"label": "x", "reply": "x" * 501}]}, "access.body"),
        ({"buttons": [{"label": "x", "link": f"https://x.example/{'x' * 2_000}"}]}, "access.body"),
        ({"buttons": [{"label": "x"}]}, "conversations.card-button"),
        ({"buttons": [{"label": "x", "reply": " "}]}, "conversations.card-button"),
        ({"buttons": [{**LINK, **REPLY}]}, "conversations.card-button"),
    ],
)
async def test_a_card_that_is_none_is_refused_and_says_why(
    realtime: Realtime, change: dict[str, Any], code: str
) -> None:
    assert await refusal(realtime, await lin(realtime), {**CARD, **change}) == ("invalid", code)


async def test_a_visitor_sends_no_card_whatever_is_in_it(realtime: Realtime) -> None:
    visitor = realtime.visitor()
    for body in (CARD, {**CARD, "media_id": "250000000000000001"}):
        assert await refusal(realtime, visitor, body) == ("forbidden", "conversations.card-sender")


async def test_its_picture_is_a_picture_and_ones_own(realtime: Realtime) -> None:
    agent, other = await lin(realtime), realtime.visitor()
    theirs = await upload(realtime.platform, other, "mine.png", picture("PNG"))
    notes = await upload(realtime.platform, agent, "notes.txt", b"not a picture")
    for media_id, expected in (
        (str(theirs.id), ("not_found", "not-found")),
        ("https://tracker.example/1.gif", ("not_found", "not-found")),
        (str(notes.id), ("invalid", "access.card")),
    ):
        assert await refusal(realtime, agent, {**CARD, "media_id": media_id}) == expected


async def sent(realtime: Realtime, card: Card = FILLED) -> tuple[Subject, Entry, int]:
    agent, visitor = await lin(realtime), realtime.visitor()
    conversation = await realtime.conversation(visitor, agent)
    entry = await realtime.log.send(agent, conversation.id, "c-1", card)
    return agent, entry, conversation.id


async def catch_up(platform: Platform) -> None:
    indexer = Indexer(platform)
    while await indexer.catch_up():
        pass


async def test_a_card_is_found_by_title_text_and_labels_until_it_is_taken_back(realtime: Realtime) -> None:
    agent, entry, conversation = await sent(realtime)
    platform = realtime.platform
    await catch_up(platform)
    leader = subject_of(await add_agent(platform, realtime.organization, "leo", Role.ADMINISTRATOR))
    for query in ("red lantern", "hand made", "send me one", "lantern see"):
        (hit,) = (await search(platform, leader, query)).items
        assert hit.entry_id == entry.id
        assert [one.seq for one in (await find(platform, agent, conversation, query)).items] == [entry.seq]
        assert any(piece.hit for piece in hit.snippet)
    await recall(platform, agent, conversation, entry.seq)
    await catch_up(platform)
    assert (await search(platform, leader, "lantern")).items == []
    assert (await find(platform, agent, conversation, "lantern")).items == []
    last = (await snapshot(platform, agent, conversation)).last_message
    assert last is not None
    assert last.preview == ""


async def test_a_repeat_adds_no_second_card(realtime: Realtime) -> None:
    agent, entry, conversation = await sent(realtime)
    again = await realtime.log.send(agent, conversation, "c-1", FILLED)
    assert (again.id, again.seq) == (entry.id, entry.seq)
    assert decode_message(again) == FILLED


async def test_a_bot_sends_cards_too(platform: Platform, organization: int, log: Log) -> None:
    conversation = await opened(platform, organization, assigned(55, AgentKind.BOT))
    bot = Subject(organization, SubjectKind.BOT, 55)
    assert decode_message(await log.send(bot, conversation.id, "c-1", FILLED)) == FILLED
