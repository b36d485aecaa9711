"""The shipped nginx configuration, run by a real nginx in front of a real Frontdesk."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus, WebSocketException

from tests.deploy.conftest import PASSWORD, SLUG, Shop
from tests.kit.nginx import Proxy, check_compose_site, running_nginx
from tests.kit.realtime import Frame, realtime
from tests.kit.server import Server, start_server

OURS = 20 * 1024 * 1024


@pytest.fixture
async def proxy(tmp_path: Path, shop: Shop) -> AsyncIterator[Proxy]:
    port = shop.server.port
    async with running_nginx(tmp_path / "nginx", access=[port], api=[port]) as running:
        yield running


def client(proxy: Proxy, *, source: str = "127.0.0.1", token: str = "") -> httpx.AsyncClient:
    """An HTTP client that trusts the test's certificate; `source` is the address it calls from."""
    transport = httpx.AsyncHTTPTransport(verify=proxy.certificate.trust, local_address=source)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.AsyncClient(transport=transport, base_url=proxy.url, headers=headers, timeout=20)


async def test_pages_and_the_api_come_through_and_what_is_for_operators_does_not(
    shop: Shop, proxy: Proxy
) -> None:
    conversation = shop.world.conversations[0]
    async with client(proxy, token=conversation.visitor) as http:
        home = await http.get("/console/")
        assert (home.status_code, home.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "max-age" in home.headers["strict-transport-security"]
        page = await http.get(f"/v1/conversations/{conversation.id}/entries?limit=10")
        assert page.status_code == 200
        assert [entry["seq"] for entry in page.json()["entries"]] == [1, 2]
        assert (await http.get("/health")).json()["status"] == "ok"
        assert (await http.get("/metrics")).status_code == 404
        assert (await http.get("/ready")).status_code == 404
        signed = await http.get("/v1/media/1/a.png?o=1&e=2&s=secret-signature")
        assert signed.status_code == 404
    async with httpx.AsyncClient() as plain:
        told = await plain.get(f"{proxy.plain_url}/console/?a=1")
    assert (told.status_code, told.headers["location"]) == (308, "https://127.0.0.1/console/?a=1")
    logged = [json.loads(line) for line in proxy.log().splitlines()]
    assert "/v1/media/1/a.png" in {line["path"] for line in logged}
    assert "secret-signature" not in proxy.log()


async def test_a_chat_over_sockets_goes_both_ways_through_tls(shop: Shop, proxy: Proxy) -> None:
    conversation, trust = shop.world.conversations[0], proxy.certificate.trust
    async with (
        realtime(proxy.url, conversation.visitor, tls=trust) as visitor,
        realtime(proxy.url, shop.world.agents[0], tls=trust) as agent,
    ):
        asked = await visitor.say(conversation.id, "q", "有人吗？")
        heard = await agent.until("entry", conversation=conversation.id)
        assert (asked["t"], heard["entry"]["seq"]) == ("ack", asked["seq"])
        answered = await agent.say(conversation.id, "a", "Yes.")
        heard = await visitor.until("entry", conversation=conversation.id)
        assert (answered["t"], heard["entry"]["seq"]) == ("ack", answered["seq"])


async def test_an_event_stream_arrives_frame_by_frame(shop: Shop, proxy: Proxy) -> None:
    conversation = shop.world.conversations[0]
    async with client(proxy, token=conversation.visitor) as http:
        hello: Frame = {"t": "hello", "token": conversation.visitor, "device": "stream", "heads": {}}
        opened = await http.post("/v1/realtime/sessions", json=hello)
        assert opened.status_code == 201
        session = f"/v1/realtime/sessions/{opened.json()['connection']}"
        async with http.stream("GET", f"{session}/events") as stream:
            lines = stream.aiter_lines()

            async def until(kind: str) -> Frame:
                async with asyncio.timeout(5):
                    async for line in lines:
                        frame: Frame = json.loads(line[5:]) if line.startswith("data:") else {"t": ""}
                        if frame["t"] == kind:
                            return frame
                raise EOFError

            await until("ready")
            body = {"type": "text", "text": "over a stream"}
            frame = {"t": "send", "client_id": "s1", "conversation": conversation.id, "body": body}
            posted = await http.post(f"{session}/frames", json=[frame])
            assert posted.status_code == 202
            assert (await until("ack"))["client_id"] == "s1"


async def test_a_file_that_is_too_large_is_refused_in_the_same_words_by_both(
    shop: Shop, proxy: Proxy
) -> None:
    async with client(proxy, token=shop.world.conversations[0].visitor) as http:

        async def upload(size: int) -> httpx.Response:
            return await http.post(
                "/v1/media", files={"file": ("notes.txt", b"words\n" * (size // 6), "text/plain")}
            )

        assert (await upload(OURS - 1024)).status_code == 201
        ours = await upload(OURS + 64 * 1024)
        assert (ours.status_code, ours.json()["error"]["kind"]) == (413, "too_large")
        assert ours.json()["error"]["code"] == "media.too-large"
        theirs = await upload(OURS + 4 * 1024 * 1024)
        assert (theirs.status_code, theirs.json()["error"]["kind"]) == (413, "too_large")
        assert theirs.json()["error"]["code"] == "web.too-large"


async def test_a_forged_address_is_not_believed(shop: Shop, proxy: Proxy) -> None:
    """The limit on sign-in sees the address that nginx saw, whatever the headers claim."""

    async def guess(http: httpx.AsyncClient, number: int, address: str) -> httpx.Response:
        lies = {"x-forwarded-for": address, "x-real-ip": address, "forwarded": f"for={address}"}
        who = {"organization": SLUG, "username": f"nobody{number}", "password": "guess"}
        return await http.post("/v1/auth/sign-in", json=who, headers=lies)

    async with client(proxy, source="127.0.0.2") as guesser, client(proxy, source="127.0.0.3") as victim:
        tries = [await guess(guesser, number, f"203.0.113.{number}") for number in range(60)]
        assert tries[0].status_code == 401
        assert tries[-1].status_code == 429
        assert tries[-1].json()["error"]["code"] == "auth.throttled"
        framed = await guess(victim, 100, "127.0.0.2")
        assert framed.status_code == 401, "an address of somebody else was believed"
        who = {"organization": SLUG, "username": "admin", "password": PASSWORD}
        good = await victim.post("/v1/auth/sign-in", json=who)
        assert good.status_code == 200
        assert "secure" in good.headers["set-cookie"].lower(), "https in front of us was not seen"


async def ask_often(proxy: Proxy, times: int) -> str:
    """What is answered to requests that are sent without waiting for the answers before."""
    reader, writer = await asyncio.open_connection(
        "localhost", int(proxy.url.rpartition(":")[2]), ssl=proxy.certificate.trust
    )
    request = "GET /health HTTP/1.1\r\nhost: localhost\r\n"
    writer.write((f"{request}\r\n" * (times - 1) + f"{request}connection: close\r\n\r\n").encode())
    answers = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return answers.decode()


async def test_too_many_requests_are_answered_429_and_a_pause_is_enough(shop: Shop, proxy: Proxy) -> None:
    answers = "".join(await asyncio.gather(*(ask_often(proxy, 200) for _ in range(5))))
    statuses = Counter(re.findall(r"HTTP/1\.1 (\d+)", answers))
    assert set(statuses) == {"200", "429"}, statuses
    assert statuses["200"] >= 200, "a burst of 200 is allowed"
    assert sum(statuses.values()) == 1_000
    assert '"code":"web.busy"' in answers
    assert "\r\nRetry-After: 2\r\n" in answers
    await asyncio.sleep(0.1)  # nginx has a clock of its own; ten more are allowed by then
    async with client(proxy) as http:
        assert (await http.get("/health")).status_code == 200


async def test_one_address_cannot_take_all_connections(tmp_path: Path, shop: Shop) -> None:
    port, token = shop.server.port, shop.world.conversations[0].visitor
    limits = {"limit_conn frontdesk_connections 500": "limit_conn frontdesk_connections 3"}
    async with running_nginx(tmp_path / "few", access=[port], api=[port], limits=limits) as proxy:
        trust = proxy.certificate.trust
        async with (
            realtime(proxy.url, token, tls=trust, device="one"),
            realtime(proxy.url, token, tls=trust, device="two"),
            realtime(proxy.url, token, tls=trust, device="three"),
        ):
            with pytest.raises(InvalidStatus) as refused:
                async with realtime(proxy.url, token, tls=trust, device="four"):
                    pass
            assert refused.value.response.status_code == 503
            async with client(proxy) as http:
                crowded = await http.get("/health")
            assert (crowded.status_code, crowded.json()["error"]["code"]) == (503, "web.crowded")
            async with client(proxy, source="127.0.0.2") as http:
                assert (await http.get("/health")).status_code == 200


async def test_a_restart_behind_nginx_loses_no_send(shop: Shop, proxy: Proxy) -> None:
    """A client that keeps what is not acked, as the widget does; two restarts, one polite and one not."""
    conversation, trust = shop.world.conversations[0], proxy.certificate.trust
    acked: dict[str, int] = {}
    goal, reached = 80, {20: asyncio.Event(), 50: asyncio.Event()}

    async def write() -> None:
        while len(acked) < goal:
            with suppress(WebSocketException, OSError, TimeoutError, EOFError, InvalidStatus):
                async with realtime(proxy.url, conversation.visitor, tls=trust) as visitor:
                    while len(acked) < goal:
                        client_id = f"m{len(acked)}"
                        answer = await visitor.say(conversation.id, client_id, client_id)
                        if answer["t"] == "ack":
                            acked[client_id] = answer["seq"]
                        if (event := reached.get(len(acked))) is not None:
                            event.set()
                        await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)

    async with asyncio.timeout(60):
        writing = asyncio.create_task(write())
        server = shop.server
        for event, end in ((reached[20], Server.stop), (reached[50], Server.kill)):
            await event.wait()
            await end(server)
            async with client(proxy) as http:
                down = await http.get("/health")
            assert (down.status_code, down.json()["error"]["code"]) == (503, "web.unavailable")
            environment = {"FRONTDESK_LISTEN__TRUSTED_PROXIES": "127.0.0.1"}
            server = await start_server(shop.data, environment=environment, port=shop.server.port)
        await writing
    try:
        async with client(proxy, token=conversation.visitor) as http:
            page = await http.get(f"/v1/conversations/{conversation.id}/entries?limit=100")
        entries = page.json()["entries"]
        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
        stored = [entry["client_id"] for entry in entries if entry.get("client_id")]
        assert sorted(stored) == sorted(acked), "each once"
    finally:
        await server.stop()


def test_nginx_takes_the_site_of_the_compose_file(tmp_path: Path) -> None:
    told = check_compose_site(tmp_path / "nginx")
    assert "syntax is ok" in told
    assert "warn" not in told
