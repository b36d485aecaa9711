"""The shipped Traefik configuration, run by a real Traefik in front of a real Frontdesk."""

import asyncio
from pathlib import Path

import httpx

from tests.deploy.conftest import SLUG, Shop
from tests.kit.realtime import Frame, realtime
from tests.kit.traefik import running_traefik

OURS = 20 * 1024 * 1024


async def test_pages_the_api_sockets_streams_and_files_come_through(tmp_path: Path, shop: Shop) -> None:
    conversation = shop.world.conversations[0]
    async with running_traefik(tmp_path / "traefik", shop.server.port) as proxy:
        trust = proxy.certificate.trust
        headers = {"authorization": f"Bearer {conversation.visitor}"}
        async with httpx.AsyncClient(verify=trust, base_url=proxy.url, headers=headers, timeout=20) as http:
            home = await http.get("/console/")
            assert (home.status_code, home.headers["content-type"]) == (200, "text/html; charset=utf-8")
            page = await http.get(f"/v1/conversations/{conversation.id}/entries?limit=10")
            assert [entry["seq"] for entry in page.json()["entries"]] == [1, 2]
            assert (await http.get("/metrics")).status_code == 403
            assert (await http.get("/ready")).status_code == 403

            async with (
                realtime(proxy.url, conversation.visitor, tls=trust) as visitor,
                realtime(proxy.url, shop.world.agents[0], tls=trust) as agent,
            ):
                asked = await visitor.say(conversation.id, "q", "有人吗？")
                heard = await agent.until("entry", conversation=conversation.id)
                assert (asked["t"], heard["entry"]["seq"]) == ("ack", asked["seq"])
                answered = await agent.say(conversation.id, "a", "Yes.")
                heard = await visitor.until("entry", conversation=conversation.id)
                assert heard["entry"]["seq"] == answered["seq"]

            hello: Frame = {"t": "hello", "token": conversation.visitor, "device": "stream", "heads": {}}
            session = (await http.post("/v1/realtime/sessions", json=hello)).json()["connection"]
            async with http.stream("GET", f"/v1/realtime/sessions/{session}/events") as stream:
                async with asyncio.timeout(5):
                    async for line in stream.aiter_lines():
                        if '"t":"ready"' in line:
                            break

            async def upload(size: int) -> str:
                """The status and the code of a refusal. Traefik may end the line before it has read everything."""
                file = {"file": ("notes.txt", b"words\n" * (size // 6), "text/plain")}
                try:
                    answer = await http.post("/v1/media", files=file)
                except (httpx.ReadError, httpx.WriteError):
                    return "cut"
                told = answer.headers["content-type"] == "application/json" and answer.status_code >= 400
                return f"{answer.status_code} {answer.json()['error']['code'] if told else ''}".strip()

            assert await upload(OURS - 1024) == "201"
            assert await upload(OURS + 64 * 1024) == "413 media.too-large"
            assert await upload(OURS + 4 * 1024 * 1024) in {"413", "cut"}


async def test_a_forged_address_is_not_believed(tmp_path: Path, shop: Shop) -> None:
    async with running_traefik(tmp_path / "traefik", shop.server.port) as proxy:
        transport = httpx.AsyncHTTPTransport(verify=proxy.certificate.trust, local_address="127.0.0.2")
        async with httpx.AsyncClient(transport=transport, base_url=proxy.url, timeout=20) as http:

            async def guess(number: int) -> httpx.Response:
                who = {"organization": SLUG, "username": f"nobody{number}", "password": "guess"}
                lies = {"x-forwarded-for": f"203.0.113.{number}", "x-real-ip": f"203.0.113.{number}"}
                return await http.post("/v1/auth/sign-in", json=who, headers=lies)

            tries = [await guess(number) for number in range(60)]
        assert tries[0].status_code == 401
        assert (tries[-1].status_code, tries[-1].json()["error"]["code"]) == (429, "auth.throttled")
