"""Sockets below the protocol's own frames: handshakes of every kind, hostile bytes, slow readers, a stop."""

import asyncio
import socket
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from frontdesk.conversations import ChangedFrame, Text, deliver_subject, publish_frame
from frontdesk.conversations.log import QUEUE
from frontdesk.platform.config import Access
from tests.service.access_clients import Frame, SocketClient, eventually, until
from tests.service.access_raw import BINARY, CLOSE, PING, PONG, TEXT, RawSocket
from tests.service.access_server import Realtime, play, text
from tests.service.test_conversations_sending import hold_writer


async def alive(client: SocketClient) -> None:
    await client.send({"t": "ping"})
    assert (await until(client, "pong"))["t"] == "pong"


@pytest.mark.parametrize("connection", ["Upgrade", "keep-alive, Upgrade", "upgrade, keep-alive"])
@pytest.mark.parametrize("piece", [0, 7, 1])
def test_every_browsers_handshake_is_taken_whole_or_in_pieces(
    tmp_path: Path, connection: str, piece: int
) -> None:
    async def scenario(realtime: Realtime) -> None:
        raw = await RawSocket.open(realtime)
        head = (await raw.upgrade(connection=connection, piece=piece)).lower()
        assert head.startswith(b"http/1.1 101")
        assert b"sec-websocket-protocol: frontdesk.v1" in head
        raw.write(TEXT, b'{"t":"ping"}')
        assert await raw.close_code() == 4400
        raw.close()

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("GET /v1/other HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v1", 404),
        ("GET / HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v1", 404),
        ("GET /v1/realtime/ HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v1", 404),
        ("GET /v1/realtime HTTP/1.1", "", 400),
        ("GET /v1/realtime HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v2", 400),
        ("GET /v1/realtime HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v1\r\nContent-Length: 5", 400),
        ("POST /v1/realtime HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v1", 400),
        ("GET /v1/realtime HTTP/1.1", "Sec-WebSocket-Protocol: frontdesk.v1\r\nX: " + "x" * 20_000, 431),
    ],
)
def test_a_wrong_handshake_is_refused(tmp_path: Path, request_line: str, headers: str, status: int) -> None:
    async def scenario(realtime: Realtime) -> None:
        raw = await RawSocket.open(realtime)
        head = (
            f"{request_line}\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n\r\n"
        )
        raw.writer.write(head.replace("\r\n\r\n\r\n", "\r\n\r\n").encode())
        answer = await raw.reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(f"HTTP/1.1 {status} ".encode())
        await raw.reader.read()
        raw.close()

    play(tmp_path, scenario)


def test_only_allowed_origins_may_open_a_socket(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        await realtime.socket(origin="https://shop.example")
        await realtime.socket(origin="https://desk.example")
        hostile = [
            "https://evil.example",
            "https://shop.example.evil.example",
            "null",
            "http://shop.example",
            None,
        ]
        for origin in hostile:
            with pytest.raises(InvalidStatus) as refused:
                await realtime.socket(origin=origin)
            assert refused.value.response.status_code == 403

    play(tmp_path, scenario, Access(allowed_origins="https://shop.example, https://desk.example/"))


def test_http_and_sockets_share_the_port_and_a_connection(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"http://{realtime.authority}/v1/asyncapi.json")
        assert answer.json()["asyncapi"] == "3.0.0"
        raw = await RawSocket.open(realtime)
        raw.writer.write(b"GET /v1/asyncapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = await raw.reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        await raw.reader.readexactly(size)
        assert (await raw.upgrade()).startswith(b"HTTP/1.1 101")
        raw.close()

    play(tmp_path, scenario)


DEEP = "[" * 30_000 + "]" * 30_000
HOSTILE: dict[str, tuple[list[tuple[int, bytes, bool, int]], int]] = {
    "not JSON": ([(TEXT, b"hello", True, 0)], 4400),
    "nothing": ([(TEXT, b"", True, 0)], 4400),
    "an array": ([(TEXT, b"[]", True, 0)], 4400),
    "null": ([(TEXT, b"null", True, 0)], 4400),
    "no tag": ([(TEXT, b'{"x":1}', True, 0)], 4400),
    "an unknown tag": ([(TEXT, b'{"t":"entry"}', True, 0)], 4400),
    "a tag of the wrong type": ([(TEXT, b'{"t":7}', True, 0)], 4400),
    "a second hello": ([(TEXT, b'{"t":"hello","token":"","device":"d"}', True, 0)], 4400),
    "a field missing": ([(TEXT, b'{"t":"read","conversation":"1"}', True, 0)], 4400),
    "a field of the wrong type": ([(TEXT, b'{"t":"read","conversation":1,"seq":1}', True, 0)], 4400),
    "a negative seq": ([(TEXT, b'{"t":"read","conversation":"1","seq":-1}', True, 0)], 4400),
    "a seq beyond 64 bits": (
        [(TEXT, b'{"t":"read","conversation":"1","seq":9' + b"9" * 30 + b"}", True, 0)],
        4400,
    ),
    "a fraction": ([(TEXT, b'{"t":"read","conversation":"1","seq":1.5}', True, 0)], 4400),
    "something behind": ([(TEXT, b'{"t":"ping"}{"t":"ping"}', True, 0)], 4400),
    "too deep": ([(TEXT, f'{{"t":"ping","x":{DEEP}}}'.encode(), True, 0)], 4400),
    "too deep in a body": (
        [(TEXT, f'{{"t":"send","client_id":"c","conversation":"1","body":{DEEP}}}'.encode(), True, 0)],
        4400,
    ),
    "a lone surrogate": ([(TEXT, b'{"t":"typing","conversation":"1","text":"\\ud800"}', True, 0)], 4400),
    "a long ref": ([(TEXT, b'{"t":"history","conversation":"1","ref":"' + b"r" * 65 + b'"}', True, 0)], 4400),
    "binary": ([(BINARY, b'{"t":"ping"}', True, 0)], 4400),
    "not UTF-8": ([(TEXT, b'{"t":"ping","x":"\xff"}', True, 0)], 1007),
    "not UTF-8 over two fragments": (
        [(TEXT, b'{"t":"ping","x":"\xc3', False, 0), (0, b'("}', True, 0)],
        1007,
    ),
    "one byte too large": ([(TEXT, b" " * 65_537, True, 0)], 1009),
    "3 MB": ([(TEXT, b" " * 3_000_000, True, 0)], 1009),
    "fragments too large together": ([(TEXT, b" " * 60_000, False, 0), (0, b" " * 60_000, False, 0)], 1009),
    "a fragment of nothing": ([(0, b"x", True, 0)], 1002),
    "a frame between fragments": ([(TEXT, b"{", False, 0), (TEXT, b'{"t":"ping"}', True, 0)], 1002),
    "reserved bits": ([(TEXT, b'{"t":"ping"}', True, 4)], 1002),
    "an unknown opcode": ([(5, b"", True, 0)], 1002),
    "a fragmented ping": ([(PING, b"", False, 0)], 1002),
    "a large ping": ([(PING, b"x" * 126, True, 0)], 1002),
    "a close without a reason to be": ([(CLOSE, b"\x03\xe9", True, 0)], 1001),
    "a close with a forbidden code": ([(CLOSE, b"\x03\xee", True, 0)], 1002),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def test_hostile_frames_of_every_kind_close_with_their_code_and_harm_no_other(folder: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        witness = await realtime.socket()
        subject = realtime.visitor()
        await realtime.greet(witness, subject)
        await until(witness, "ready")
        wrong: list[str] = []
        for name, (frames, expected) in HOSTILE.items():
            raw = await RawSocket.open(realtime)
            await raw.upgrade()
            token = realtime.token(realtime.visitor())
            raw.write(TEXT, f'{{"t":"hello","token":"{token}","device":"d"}}'.encode())
            for kind, payload, fin, reserved in frames:
                raw.write(kind, payload, fin=fin, reserved=reserved)
            code = await raw.close_code()
            if code != expected:
                wrong.append(f"{name}: {code}, not {expected}")
            raw.close()
        assert not wrong, "\n".join(wrong)
        await alive(witness)
        await eventually(lambda: len(realtime.hub.connections) == 1)

    play(folder, scenario)


def test_unmasked_frames_are_refused(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        raw = await RawSocket.open(realtime)
        await raw.upgrade()
        raw.write(TEXT, b'{"t":"ping"}', masked=False)
        assert await raw.close_code() == 1002
        raw.close()

    play(tmp_path, scenario)


def test_a_frame_in_fragments_with_a_ping_between_is_one_frame(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        visitor = realtime.visitor()
        conversation = await realtime.conversation(visitor)
        raw = await RawSocket.open(realtime)
        await raw.upgrade()
        raw.write(TEXT, f'{{"t":"hello","token":"{realtime.token(visitor)}","device":"d"}}'.encode())
        frame = (
            f'{{"t":"send","client_id":"c-1","conversation":"{conversation.id}",'
            '"body":{"type":"text","text":"你好，世界"}}'
        ).encode()
        raw.write(TEXT, frame[:90], fin=False)
        raw.write(PING, b"still there?")
        for start in range(90, len(frame)):
            raw.write(0, frame[start : start + 1], fin=start == len(frame) - 1)
        seen: list[tuple[int, bytes]] = []
        while not seen or b'"ack"' not in seen[-1][1]:
            seen.append(await raw.read())
        assert (PONG, b"still there?") in seen
        assert "你好，世界".encode() in seen[-1][1]
        raw.close()

    play(tmp_path, scenario)


def test_a_close_is_answered_with_its_code(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        client = await realtime.socket()
        await client.socket.close(1001)
        assert client.socket.close_code == 1001
        await eventually(lambda: not realtime.hub.connections)

    play(tmp_path, scenario)


def test_a_slow_reader_is_cut_and_nobody_else_notices(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        visitor = realtime.visitor()
        plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", realtime.port))
        reader, writer = await asyncio.open_connection(sock=plain, limit=1024)
        stuck = RawSocket(reader, writer)
        await stuck.upgrade()
        stuck.write(TEXT, f'{{"t":"hello","token":"{realtime.token(visitor)}","device":"slow"}}'.encode())
        await eventually(lambda: len(realtime.hub.of_principal(visitor.id)) == 1)
        (slow,) = realtime.hub.of_principal(visitor.id)
        reader._transport.pause_reading()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  asyncio's own
        fast = await realtime.join(visitor)
        sent = 0
        largest = 0
        while slow in realtime.hub.of_principal(visitor.id):
            frame = ChangedFrame("x" * 20_000 + f"{sent}")
            publish_frame(realtime.platform.bus, deliver_subject(realtime.organization, visitor.id), frame)
            sent += 1
            largest = max(largest, slow.transport.buffered())
            await asyncio.sleep(0)
            assert sent < 2_000
        assert largest <= 256 * 1024 + 20_100
        for number in range(sent):
            assert (await fast.receive())["topic"].endswith(f"x{number}")
        assert realtime.hub.counts.slow == 1
        assert realtime.hub.counts.closed == {1013: 1}
        realtime.platform.clock.advance(seconds=3)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  a manual clock
        await eventually(lambda: realtime.hub.find(slow.id) is None)
        writer.transport.abort()

    play(tmp_path, scenario, Access(rate=10_000, burst=10_000))


def test_a_reader_that_stands_still_is_cut_in_time(tmp_path: Path) -> None:
    """Also when nothing more is sent to it, and although it keeps sending."""

    async def scenario(realtime: Realtime) -> None:
        visitor = realtime.visitor()
        client = await realtime.join(visitor)
        (connection,) = realtime.hub.of_principal(visitor.id)
        connection.stalled(full=True)
        realtime.platform.clock.advance(seconds=19)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  a manual clock
        await client.send({"t": "ping"})
        await until(client, "pong")
        realtime.platform.clock.advance(seconds=2)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  a manual clock
        assert await client.closed() == 1013

    play(tmp_path, scenario)


def test_a_stop_says_restart_and_loses_no_acknowledged_message(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        visitors = [realtime.visitor() for _ in range(8)]
        conversations = [await realtime.conversation(visitor) for visitor in visitors]
        sockets = [await realtime.join(visitor) for visitor in visitors[:4]]
        streams = [await realtime.join(visitor, "sse") for visitor in visitors[4:]]
        clients = [*sockets, *streams]
        acked: dict[int, list[str]] = {}

        async def write(number: int) -> int:
            client, sent = clients[number], 0
            try:
                while client.bye is None and sent < 500:
                    await client.send(text(conversations[number], f"{sent}", f"{number}-{sent}"))
                    sent += 1
                    if sent == 100:
                        realtime.server.should_exit = True
            except Exception:  # noqa: BLE001 - the connection ends at some point, however the client says it
                return sent
            return sent

        async def listen(number: int) -> Frame | None:
            client = clients[number]
            try:
                while client.bye is None:
                    frame = await client.receive()
                    if frame["t"] == "ack":
                        acked.setdefault(number, []).append(frame["client_id"])
            except Exception:  # noqa: BLE001 - as above
                return client.bye
            return client.bye

        results = await asyncio.gather(*(listen(n) for n in range(8)), *(write(n) for n in range(8)))
        byes = [bye for bye in results[:8] if isinstance(bye, dict)]
        assert [bye["code"] for bye in byes] == [1012] * 8
        assert all(bye["reconnect"] for bye in byes)
        assert len({bye["retry_after"] for bye in byes}) > 1
        for number, conversation in enumerate(conversations):
            stored = [client_id for _, client_id, _ in await realtime.stored(conversation)]
            told = acked.get(number, [])
            assert told == stored[: len(told)], "acknowledged, and not in the log"
            assert len(told) == len(stored), "taken, committed and not acknowledged"
        assert sum(map(len, acked.values())) >= 100

    play(tmp_path, scenario, Access(rate=100_000, burst=100_000))


def test_while_stopping_nobody_new_is_let_in(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        realtime.hub.draining = True
        with pytest.raises(InvalidStatus) as refused:
            await realtime.socket()
        assert refused.value.response.status_code == 503
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.post(f"http://{realtime.authority}/v1/realtime/sessions", content=b"{}")
        assert (answer.status_code, answer.json()["error"]["retry_after"]) == (503, 1)

    play(tmp_path, scenario)


def test_a_stuck_connection_does_not_hold_up_a_stop(tmp_path: Path) -> None:
    async def scenario(realtime: Realtime) -> None:
        raw = await RawSocket.open(realtime)
        await raw.upgrade()
        raw.write(
            TEXT, f'{{"t":"hello","token":"{realtime.token(realtime.visitor())}","device":"d"}}'.encode()
        )
        await raw.read()
        started = asyncio.get_running_loop().time()
        await realtime.hub.drain()
        assert asyncio.get_running_loop().time() - started < 2
        assert await raw.close_code() == 1012
        await eventually(lambda: not realtime.hub.connections)
        raw.close()

    play(tmp_path, scenario, Access(drain=0.3))


def test_who_was_told_to_come_later_is_not_heard_until_then_and_what_he_sends_is_not_lost(
    tmp_path: Path,
) -> None:
    async def scenario(realtime: Realtime) -> None:
        visitor, crowd = realtime.visitor(), realtime.visitor()
        conversation, theirs = await realtime.conversation(visitor), await realtime.conversation(crowd)
        client = await realtime.join(visitor)
        release, held = await hold_writer(realtime.platform)
        for number in range(QUEUE):
            realtime.log.submit(crowd, theirs.id, str(number), Text("hi"), origin="", done=lambda _: None)
        await client.send(text(conversation, "one", "c-1"))
        refusal = (await until(client, "error"))["error"]
        assert (refusal["code"], refusal["retry_after"]) == ("conversations.busy", 1)
        heard = realtime.hub.counts.frames_in
        await client.send({"t": "ping"})
        await client.send(text(conversation, "two", "c-2"))
        await asyncio.sleep(0.2)
        assert realtime.hub.counts.frames_in == heard
        release.set()
        await held
        await until(client, "pong")
        assert (await until(client, "ack"))["client_id"] == "c-2"
        assert [client_id for _, client_id, _ in await realtime.stored(conversation)] == ["c-2"]

    play(tmp_path, scenario)
