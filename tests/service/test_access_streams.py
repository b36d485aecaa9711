"""What only the fallback has: sessions without a stream, streams that break, posted batches."""

from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest

from frontdesk.conversations import ChangedFrame, deliver_subject, publish_frame
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.config import Access
from tests.service.access_clients import StreamClient, eventually, until, upto
from tests.service.access_server import Realtime, serving, text


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access(rate=1_000, burst=1_000)) as running:
        yield running


async def streaming(realtime: Realtime, subject: Subject) -> StreamClient:
    client = realtime.stream(subject)
    await realtime.greet(client, subject)
    await until(client, "ready")
    return client


def tell(realtime: Realtime, subject: Subject, topic: str) -> None:
    publish_frame(
        realtime.platform.bus, deliver_subject(realtime.organization, subject.id), ChangedFrame(topic)
    )


async def hung_up(realtime: Realtime, client: StreamClient) -> None:
    await client.hang_up()
    connection = realtime.hub.find(client.session)
    assert connection is not None
    await eventually(lambda: not getattr(connection.transport, "listening", True))


async def test_a_broken_stream_goes_on_behind_the_last_event(realtime: Realtime) -> None:
    visitor = realtime.visitor()
    client = await streaming(realtime, visitor)
    for topic in "abc":
        tell(realtime, visitor, topic)
    await until(client, "changed")
    seen = client.last_event
    await hung_up(realtime, client)
    tell(realtime, visitor, "d")
    await client.listen(**{"last-event-id": seen})
    assert [(await client.receive())["topic"] for _ in range(3)] == ["b", "c", "d"]


@pytest.mark.parametrize("last_event", [None, "999", "-1", "x"])
async def test_a_stream_that_could_skip_a_frame_is_refused(
    realtime: Realtime, last_event: str | None
) -> None:
    client = await streaming(realtime, realtime.visitor())
    await hung_up(realtime, client)
    headers = {} if last_event is None else {"last-event-id": last_event}
    assert (await client.listen(**headers)).status_code == 404


async def test_a_session_without_a_stream_is_dropped_after_15_seconds(
    realtime: Realtime, clock: ManualClock
) -> None:
    visitor = realtime.visitor()
    client = await streaming(realtime, visitor)
    await hung_up(realtime, client)
    clock.advance(seconds=14)
    realtime.hub.wheel.advance()
    assert (await client.post(b'[{"t":"ping"}]')).status_code == 202
    clock.advance(seconds=2)
    await eventually(lambda: not realtime.hub.connections)
    assert (await client.post(b'[{"t":"ping"}]')).status_code == 404


async def test_somebody_elses_session_looks_like_none(realtime: Realtime) -> None:
    client = await streaming(realtime, realtime.visitor())
    stranger = realtime.stream(realtime.visitor())
    answers: list[httpx.Response] = []
    for session in (client.session, "4611686018427387904", "x"):
        stranger.session = session
        answers.append(await stranger.post(b'[{"t":"ping"}]'))
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content for answer in answers}) == 1
    nobody = StreamClient(
        httpx.AsyncClient(base_url=f"http://{realtime.authority}", trust_env=False), "nothing"
    )
    realtime.clients.append(nobody)
    nobody.session = client.session
    assert (await nobody.post(b"[]")).status_code == 401


async def test_a_batch_is_handled_in_order(realtime: Realtime) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await streaming(realtime, visitor)
    frames = [text(conversation, f"{number}", f"c-{number}") for number in range(16)]
    assert (await client.post(msgspec.json.encode([*frames, {"t": "ping"}]))).status_code == 202
    acks = [(await until(client, "ack"))["client_id"] for _ in range(16)]
    assert acks == [f"c-{number}" for number in range(16)]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, 4400),
        (b"{}", 400, 4400),
        (b'[{"t":"ping"}', 400, 4400),
        (b'[{"t":"ping"},{"t":"nonsense"}]', 400, 4400),
        (b'[{"t":"ping","x":"\xff"}]', 400, 4400),
        (b"[" + b" " * 10 + b'{"t":"ping","x":"' + b"x" * 66_000 + b'"}]', 413, 1009),
    ],
)
async def test_hostile_posts_close_the_session(
    realtime: Realtime, body: bytes, status: int, code: int
) -> None:
    client = await streaming(realtime, realtime.visitor())
    assert (await client.post(body)).status_code == status
    bye = (await upto(client, "bye"))[-1]
    assert bye["code"] == code
    await eventually(lambda: not realtime.hub.connections)


async def test_a_stream_without_news_is_kept_alive(platform: Platform, organization: int) -> None:
    async with serving(platform, organization, Access(heartbeat=0.05)) as realtime:
        client = await streaming(realtime, realtime.visitor())
        headers = {"authorization": f"Bearer {client.token}"}
        seen = client.last_event
        await hung_up(realtime, client)
        url = f"http://{realtime.authority}/v1/realtime/sessions/{client.session}/events"
        async with (
            httpx.AsyncClient(trust_env=False) as http,
            http.stream("GET", url, headers={**headers, "last-event-id": seen}) as response,
        ):
            comments = [line async for line in _few(response.aiter_lines(), 4) if line]
        assert comments == [": frontdesk", ":"]


async def _few(lines: AsyncIterator[str], number: int) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        number -= 1
        if not number:
            return
