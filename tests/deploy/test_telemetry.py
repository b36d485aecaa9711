"""What an operator sees of a running process: traces, logs, metrics; and what nobody must find in them."""

import json
from pathlib import Path

import httpx

from tests.chaos.test_bad_days import break_disk, mend_disk
from tests.deploy.conftest import PASSWORD, SLUG, fill
from tests.kit.collector import Collector, running_collector
from tests.kit.realtime import Frame, realtime
from tests.kit.server import Server, running_server

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
CANARY = "canary-9f3e"


def tracing(collector: Collector, share: float) -> dict[str, str]:
    return {"FRONTDESK_TELEMETRY__OTLP_URL": collector.url, "FRONTDESK_TELEMETRY__SHARE": str(share)}


async def test_one_message_is_followed_from_the_socket_to_the_push(tmp_path: Path) -> None:
    world = await fill(tmp_path / "data")
    conversation = world.conversations[0]
    with running_collector() as collector:
        async with (
            running_server(tmp_path / "data", environment=tracing(collector, 1)) as server,
            realtime(server.url, conversation.visitor) as visitor,
            realtime(server.url, world.agents[0]) as agent,
        ):
            ack = await visitor.say(conversation.id, "m1", f"文字 {CANARY}")
            await agent.until("entry", conversation=conversation.id)
            (append,) = await collector.until("message.append", conversation_id=conversation.id)
            (commit,) = await collector.until("message.commit")
            (publish,) = await collector.until("message.publish", seq=str(ack["seq"]))
            pushes = await collector.until("message.push", 2)
    assert append.parent == "", "it began at the socket"
    assert append.attributes["sender"] == "visitor"
    assert {span.trace for span in (commit, publish, *pushes)} == {append.trace}
    assert (commit.parent, publish.parent) == (append.id, append.id)
    assert {push.parent for push in pushes} == {publish.id}, (
        "to the visitor's other devices, and to the agent"
    )
    assert CANARY.encode() not in collector.raw
    assert conversation.visitor.encode() not in collector.raw


async def test_a_caller_who_follows_a_request_finds_it_in_its_trace(tmp_path: Path) -> None:
    world = await fill(tmp_path / "data")
    conversation = world.conversations[0]
    headers = {"authorization": f"Bearer {conversation.visitor}"}
    with running_collector() as collector:
        async with (
            running_server(tmp_path / "data", environment=tracing(collector, 0.001)) as server,
            httpx.AsyncClient(base_url=server.url, headers=headers, timeout=20) as http,
        ):

            async def ask(method: str, path: str, sampled: str, **options: object) -> None:
                parent = {"traceparent": f"00-{TRACE}-{CALLER}-{sampled}"}
                answer = await http.request(method, path, headers=parent, **options)  # pyright: ignore[reportArgumentType]  passed through
                assert answer.status_code < 300, answer.text

            hello: Frame = {"t": "hello", "token": conversation.visitor, "device": "s", "heads": {}}
            session = (await http.post("/v1/realtime/sessions", json=hello)).json()["connection"]
            body = {"type": "text", "text": "over a stream"}
            frame = {"t": "send", "client_id": "s1", "conversation": conversation.id, "body": body}
            await ask("GET", f"/v1/conversations/{conversation.id}/entries", "00")
            await ask("POST", f"/v1/realtime/sessions/{session}/frames", "01", json=[frame])
            (append,) = await collector.until("message.append")
            (request,) = await collector.until("POST /v1/realtime/sessions/{connection}/frames")
    assert (request.trace, request.parent) == (TRACE, CALLER)
    assert (append.trace, append.parent) == (TRACE, request.id)
    assert not [span for span in collector.spans if span.name.startswith("GET")], (
        "not followed there, not here"
    )


async def test_a_collector_that_is_away_holds_nobody_up(tmp_path: Path) -> None:
    world = await fill(tmp_path / "data")
    conversation = world.conversations[0]
    with running_collector() as collector:
        environment = tracing(collector, 1)
    async with (
        running_server(tmp_path / "data", environment=environment) as server,
        realtime(server.url, conversation.visitor) as visitor,
    ):
        for number in range(20):
            assert (await visitor.say(conversation.id, f"m{number}", "still here"))["t"] == "ack"
        assert await server.stop() == 0


def lines(server: Server) -> list[dict[str, object]]:
    return [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]


async def test_the_log_names_ids_and_traces_and_neither_texts_nor_secrets(tmp_path: Path) -> None:
    """Every level, every kind of refusal, and a disk that fails in the middle."""
    world = await fill(tmp_path / "data")
    conversation = world.conversations[0]
    with running_collector() as collector:
        environment = {
            **tracing(collector, 1),
            "FRONTDESK_LOGS__LEVEL": "debug",
            "FRONTDESK_LOGS__JSON": "true",
        }
        async with running_server(tmp_path / "data", environment=environment) as server:
            headers = {"authorization": f"Bearer {conversation.visitor}"}
            async with (
                httpx.AsyncClient(base_url=server.url, headers=headers, timeout=20) as http,
                realtime(server.url, conversation.visitor) as visitor,
            ):
                who = {"organization": SLUG, "username": "admin", "password": PASSWORD}
                signed_in = await http.post("/v1/auth/sign-in", json=who)
                assert signed_in.status_code == 200
                wrong = {**who, "password": f"{CANARY}-password"}
                assert (await http.post("/v1/auth/sign-in", json=wrong)).status_code == 401
                assert (
                    await http.get("/v1/me", headers={"authorization": f"Bearer {CANARY}"})
                ).status_code >= 400
                assert (await visitor.say(conversation.id, "m1", f"{CANARY} text"))["t"] == "ack"
                file = {"file": (f"{CANARY}.txt", f"{CANARY} in a file".encode(), "text/plain")}
                assert (await http.post("/v1/media", files=file)).status_code == 201
                broken = await http.post(
                    "/v1/media",
                    content=b"\xff" * 10,
                    headers={"content-type": "multipart/form-data; boundary=x"},
                )
                assert broken.status_code == 400
                assert server.log.stat().st_size > 0
                break_disk(server)
                refused = await visitor.say(conversation.id, "m2", f"{CANARY} text")
                assert refused["t"] == "error"
                mend_disk(server)
                await visitor.send(t="typing", conversation=conversation.id, text=f"{CANARY} typing")
                assert (await visitor.say(conversation.id, "m3", f"{CANARY} text"))["t"] == "ack"
        written = server.log.read_text()
    assert CANARY not in written
    for secret in (conversation.visitor, PASSWORD, signed_in.json()["access_token"]):
        assert secret not in written
    assert CANARY.encode() not in collector.raw
    assert all(line.startswith(("{", "Frontdesk answers")) for line in written.splitlines()), (
        "one object a line"
    )
    (guess,) = [line for line in lines(server) if line["event"] == "auth.sign-in.refused"]
    (sign_in, _) = await collector.until("POST /v1/auth/sign-in", 2)
    followed = {span.trace for span in collector.spans if span.name == sign_in.name}
    assert guess["trace_id"] in followed
