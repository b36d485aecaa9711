"""Nobody makes us send a request where they could not go themselves; and a hostile receiver gains nothing."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import Platform
from frontdesk.platform.addresses import Guard
from frontdesk.platform.config import Webhooks
from frontdesk.platform.posting import KEPT, Answer, Poster
from frontdesk.webhooks import DeliveryState, EventType, Relay, get_delivery, send_test
from tests.kit.certificates import make_certificate
from tests.kit.receiver import Heard, Receiver, Reply, receiver
from tests.service.webhooks.world import world_of

# Ways to write 127.0.0.1 and its like; {port} is the canary's.
FORMS: Final = (
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.000.000.001",
    "2130706433",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "0177.1",
    "127.0.0.1%00",
    "127.0.0.1%20",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "0",
    "0.0.0.0",  # noqa: S104 - where nobody may go
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost.localdomain",
    "ip6-localhost",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::127.0.0.1]",
    "[2002:7f00:1::1]",
    "[2001:0:7f00:1::1]",
    "[fe80::1%25lo]",
    "[::1%25lo]",
    "[fd00::1]",
    "user@127.0.0.1",
    "user:pass@127.0.0.1",
    "example.com@127.0.0.1",
    "127.0.0.1#@example.com",
    "127.0.0.1\\@example.com",
    "example.com#@127.0.0.1",
    "127.0.0.1/..;@example.com",
    "127.0.0.1?@example.com",
)
BODY: Final = b'{"type":"webhook.test"}'


@pytest.fixture
async def canary() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


def guard_of(*ports: int, networks: str = "") -> Guard:
    return Guard.of(Webhooks(allow_http=True, ports=",".join(map(str, ports)), allow_networks=networks))


async def post(guard: Guard, url: str, *, patience: float = 5.0) -> Answer:
    poster = Poster(guard, timeout=patience)
    try:
        return await poster.post(url, {"webhook-id": "evt_1"}, BODY)
    finally:
        await poster.close()


async def test_no_way_of_writing_our_own_address_reaches_it(canary: Receiver) -> None:
    guard = guard_of(canary.port)
    for form in FORMS:
        host, mark, rest = form.partition("#")
        for url in (f"http://{form}:{canary.port}/", f"http://{host}:{canary.port}{mark}{rest}/"):
            answer = await post(guard, url)
            assert answer.status is None, url
            assert answer.error, url
    assert canary.connections == 0
    assert (
        await post(guard_of(canary.port, networks="127.0.0.0/8"), canary.url)
    ).status == 204  # it does listen


def resolving(monkeypatch: pytest.MonkeyPatch, answers: Callable[[str], list[str]]) -> list[str]:
    """Have the system's resolver answer for *.example; returns what it was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - the system's own signature
        if not str(host).endswith(".example"):
            return real(host, port, *rest, **more)
        asked.append(host)
        return [
            (socket.AF_INET6 if ":" in text else socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port))
            for text in answers(host)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["fe80::1%lo"],
        ["93.184.215.14", "127.0.0.1"],
        ["127.0.0.1", "93.184.215.14"],
    ],
)
async def test_a_name_that_leads_inside_is_refused(
    canary: Receiver, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolving(monkeypatch, lambda _: addresses)
    answer = await post(guard_of(canary.port), f"http://hooks.example:{canary.port}/")
    assert answer.status is None
    assert answer.error.endswith("It leads to an address that is not public.")
    assert canary.connections == 0


async def test_a_name_that_changes_while_it_is_looked_at_gains_nothing(
    canary: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for once a connection, and the connection goes to what was checked."""
    turns = iter(["127.0.0.2", "127.0.0.1", "127.0.0.1"])
    asked = resolving(monkeypatch, lambda _: [next(turns)])
    answer = await post(
        guard_of(canary.port, networks="127.0.0.2/32"), f"http://hooks.example:{canary.port}/"
    )
    assert asked == ["hooks.example"]
    assert answer.error == "The connection was refused."  # nobody listens at 127.0.0.2
    assert canary.connections == 0


async def test_a_request_keeps_the_names_host_and_certificate_when_it_goes_to_the_checked_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, "hooks.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))
    resolving(monkeypatch, lambda _: ["127.0.0.1"])
    served, names = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), list[str | None]()
    served.load_cert_chain(certificate.chain, certificate.key)
    served.sni_callback = lambda _socket, name, _context: names.append(name)
    async with receiver(served) as shop:
        guard = Guard.of(Webhooks(ports=str(shop.port), allow_networks="127.0.0.1/32"))
        good = await post(guard, f"https://hooks.example:{shop.port}/in?x=1")
        assert (good.status, shop.heard[0].path) == (204, "/in?x=1")
        assert shop.heard[0].headers["host"] == f"hooks.example:{shop.port}"
        wrong = await post(guard, f"https://other.example:{shop.port}/")
        assert wrong.status is None
        assert wrong.error.startswith("The certificate is not good")
        assert names == ["hooks.example", "other.example"]
        assert len(shop.heard) == 1


async def test_a_certificate_of_nobody_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path, "hooks.example")
    resolving(monkeypatch, lambda _: ["127.0.0.1"])
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate.chain, certificate.key)
    async with receiver(served) as shop:
        guard = Guard.of(Webhooks(ports=str(shop.port), allow_networks="127.0.0.1/32"))
        answer = await post(guard, f"https://hooks.example:{shop.port}/")
        assert answer.error.startswith("The certificate is not good")
        assert shop.heard == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(canary: Receiver, status: int) -> None:
    async with receiver() as shop:
        shop.answers(status, headers={"location": canary.url})
        guard = guard_of(shop.port, canary.port, networks="127.0.0.0/8")
        answer = await post(guard, shop.url)
        assert (answer.status, answer.is_success) == (status, False)
        assert canary.connections == 0


async def test_of_a_huge_answer_the_beginning_is_read_and_no_more(canary: Receiver) -> None:
    async def flood(_: Heard) -> Reply:
        return Reply(200, {"content-length": "1000000000"}, b"x" * 50_000_000)

    canary.answering = flood
    answer = await post(guard_of(canary.port, networks="127.0.0.0/8"), canary.url)
    assert (answer.status, answer.text) == (200, "x" * KEPT)


@pytest.mark.parametrize("status", [200, 500])
async def test_an_answer_that_never_ends_counts_by_its_status(canary: Receiver, status: int) -> None:
    async def drip(_: Heard) -> Reply:
        return Reply(status, drip=True)

    canary.answering = drip
    answer = await post(guard_of(canary.port, networks="127.0.0.0/8"), canary.url, patience=0.3)
    assert (answer.status, answer.is_success) == (status, status == 200)
    assert set(answer.text) == {"x"}


async def test_no_answer_is_waited_for_longer_than_allowed(canary: Receiver) -> None:
    forever = asyncio.Event()

    async def never(_: Heard) -> Reply:
        await forever.wait()
        return Reply()

    canary.answering = never
    answer = await post(guard_of(canary.port, networks="127.0.0.0/8"), canary.url, patience=0.3)
    assert answer == Answer(None, "", "No complete answer within 0.3 seconds.")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\x01\x02",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000,
        b"HTTP/1.1 99999999999999999999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzzzz\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000,
        b"HTTP/2 200\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_a_failure_in_words(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        got = await post(guard_of(port, networks="127.0.0.0/8"), f"http://127.0.0.1:{port}/", patience=2)
    assert got.status is None or got.status == 200
    assert got.error or got.status == 200


async def test_a_refused_address_is_refused_when_it_is_given_and_when_it_is_used(
    platform: Platform, clock: ManualClock, organization: int, canary: Receiver
) -> None:
    """The second time because a name may have changed, or the configuration."""
    async with world_of(platform, clock, organization, canary) as world:
        webhook = await world.listen(canary, EventType.NOTE_CREATED)
        sent = await send_test(world.platform, world.admin, webhook.id)
        async with world_of(platform, clock, organization, canary) as strict:
            strict.platform = platform
            with pytest.raises(FrontdeskError):
                await strict.listen(canary)
        await Relay(platform).settle()
        assert canary.connections == 0
        story = await get_delivery(world.platform, world.admin, webhook.id, sent.id)
        assert story.delivery.state is DeliveryState.PENDING
        assert "Only https:// is allowed here." in story.attempts[0].error
