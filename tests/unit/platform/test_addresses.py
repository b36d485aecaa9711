"""How an address is read, and which ones are public."""

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.addresses import Guard, parse_address
from frontdesk.platform.config import Webhooks

STRICT = Guard.of(Webhooks())


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "authority"),
    [
        ("https://crm.example.com", "crm.example.com", 443, "/", "crm.example.com"),
        ("HTTPS://CRM.Example.com/In?a=1&B=%20", "crm.example.com", 443, "/In?a=1&B=%20", "crm.example.com"),
        ("https://crm.example.com:8443/x", "crm.example.com", 8443, "/x", "crm.example.com:8443"),
        ("https://crm.example.com:443?x", "crm.example.com", 443, "/?x", "crm.example.com"),
        ("https://xn--fiq228c.example/", "xn--fiq228c.example", 443, "/", "xn--fiq228c.example"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/", "8.8.8.8"),
        ("https://[2606:4700:0:0::1111]/", "2606:4700::1111", 443, "/", "[2606:4700::1111]"),
        ("https://0x7f.example/", "0x7f.example", 443, "/", "0x7f.example"),
    ],
)
def test_an_address_is_read_in_parts(url: str, host: str, port: int, target: str, authority: str) -> None:
    read = STRICT.target(url)
    assert (read.host, read.port, read.target, read.authority) == (host, port, target, authority)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "crm.example.com",
        "//crm.example.com/",
        "http://crm.example.com/",
        "ftp://crm.example.com/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user@crm.example.com/",
        "https://user:secret@crm.example.com/",
        "https://crm.example.com@evil.example/",
        "https://crm.example.com\\@evil.example/",
        "https://crm.example.com#@evil.example/",
        "https://crm.example.com/#fragment",
        "https://crm.example.com/a b",
        "https://crm.example.com/a\r\nHost: evil.example",
        "https://crm.example.com/\x00",
        "https://crm.example.com /",
        " https://crm.example.com/",
        "https://crm.example.com:22/",
        "https://crm.example.com:0/",
        "https://crm.example.com:99999/",
        "https://crm.example.com:/",
        "https://crm.example.com:443:443/",
        "https://crm..example.com/",
        "https://-crm.example.com/",
        "https://crm.example.com./",
        "https://crm%2eexample.com/",
        "https://中国.example/",
        "https://①②⑦.⓪.⓪.①/",
        "https://[2606:4700::1111%25eth0]/",
        "https://[::1",
        "https://" + "a" * 64 + ".example/",
        "https://crm.example.com/" + "a" * 1_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FrontdeskError) as refused:
        STRICT.target(url)
    assert (refused.value.kind, refused.value.code) == (ErrorKind.INVALID, "webhooks.address")


@pytest.mark.parametrize("text", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:80f::200e"])
def test_public_addresses_are_allowed(text: str) -> None:
    STRICT.check(parse_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",  # noqa: S104 - where nobody may go
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public_are_refused(text: str) -> None:
    with pytest.raises(FrontdeskError):
        STRICT.check(parse_address(text))


def test_the_operator_may_allow_a_network_a_port_and_plain_http() -> None:
    guard = Guard.of(Webhooks(allow_http=True, ports="80, 9000", allow_networks="10.1.0.0/16, fd00:1::/32"))
    assert guard.target("http://10.1.2.3:9000/").port == 9000
    guard.check(parse_address("fd00:1::5"))
    for refused in (
        "http://10.2.0.1/",
        "http://127.0.0.1/",
        "http://[::ffff:10.1.2.3]/",
        "https://10.1.2.3/",
    ):
        with pytest.raises(FrontdeskError):
            guard.target(refused)


@pytest.mark.parametrize(
    "config",
    [
        Webhooks(ports="https"),
        Webhooks(allow_networks="10.1.2.3/16"),
        Webhooks(allow_networks="intranet"),
    ],
)
def test_a_wrong_configuration_says_what_is_wrong(config: Webhooks) -> None:
    with pytest.raises(FrontdeskError) as wrong:
        Guard.of(config)
    assert wrong.value.code == "config.value"
    assert "[webhooks]" in wrong.value.message
