"""What may be said over a real connection, and what of it is kept."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.media import upload
from frontdesk.platform import Platform
from frontdesk.platform.config import Access
from tests.service.access_clients import until
from tests.service.access_server import Realtime, serving, text
from tests.service.media_files import webm
from tests.service.staff_people import add_agent, subject_of


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access(rate=10_000, burst=10_000)) as running:
        yield running


async def test_a_recording_is_kept_as_a_voice_message_and_nothing_else_is(realtime: Realtime) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    spoken = await upload(realtime.platform, visitor, "voice", webm())
    written = await upload(realtime.platform, visitor, "notes.txt", b"not a sound")
    client = await realtime.join(visitor, "websocket")
    said = {"type": "voice", "media_id": str(spoken.id), "duration": 4200, "mime": "text/html"}
    await client.send({**text(conversation, "", "c-1"), "body": said})
    body = (await until(client, "ack"))["entry"]["body"]
    assert (body["type"], body["name"], body["mime"]) == ("voice", "voice.webm", "video/webm")
    assert body["duration"] == 4200
    assert body["url"].startswith(f"/v1/media/{spoken.id}/")
    for number, (media_id, duration) in enumerate(
        ((written.id, 1000), (spoken.id, -1), (spoken.id, 600_001))
    ):
        refused = {"type": "voice", "media_id": str(media_id), "duration": duration}
        await client.send({**text(conversation, "", f"r-{number}"), "body": refused})
        error = await until(client, "error")
        assert (error["ref"], error["error"]["kind"]) == (f"r-{number}", "invalid")
    assert len(await realtime.stored(conversation)) == 1


async def test_words_keep_what_they_quote_and_only_those_of_staff_have_marks(realtime: Realtime) -> None:
    visitor = realtime.visitor()
    agent = subject_of(await add_agent(realtime.platform, realtime.organization, "ada"))
    conversation = await realtime.conversation(visitor, agent)
    client, desk = await realtime.join(visitor, "websocket"), await realtime.join(agent, "websocket")
    said = {"type": "text", "text": "[Bank](https://bank.example)", "format": "markdown", "quotes": 1}
    await client.send({**text(conversation, "", "c-1"), "body": said})
    kept = (await until(client, "ack"))["entry"]["body"]
    assert kept == {"type": "text", "text": "[Bank](https://bank.example)", "quotes": 1}
    await desk.send({**text(conversation, "", "d-1"), "body": said})
    assert (await until(desk, "ack"))["entry"]["body"] == said
    assert (await until(client, "entry"))["entry"]["body"] == said


async def test_an_unknown_format_or_a_quote_before_the_beginning_is_refused(realtime: Realtime) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, "websocket")
    for number, extra in enumerate(({"format": "html"}, {"quotes": -1}, {"quotes": "1"})):
        body = {"type": "text", "text": "x", **extra}
        await client.send({**text(conversation, "", f"c-{number}"), "body": body})
        error = await until(client, "error")
        assert (error["ref"], error["error"]["kind"]) == (f"c-{number}", "invalid")
