"""Where requests to addresses of others' choice may go: the guard against being sent into our own network.

Pure. An address is read strictly and once, by us, and handed on in parts, so that no second parser can understand it
differently. Names are resolved by `pinned.py`, which connects to the very address that was checked here.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.platform.config import Previews, Push, Sso, Translation, Webhooks

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
MAX_URL: Final = 1_000
_DEFAULT_PORT: Final = {"https": 443, "http": 80}
_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<host>[a-z0-9._-]+))(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>[/?][A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*)?"
)
_HEAD: Final = re.compile(r"[^/?]*//[^/?]*")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")

# IANA's special-purpose registry for IPv4: private, shared, loopback, link-local, documentation, multicast, reserved.
_CLOSED_4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Of IPv6 only what is handed out as public, without what stands for another address (Teredo, 6to4) or for nobody.
# Mapped (::ffff:0:0/96) and translated (64:ff9b::/96) addresses lie outside of it.
_OPEN_6: Final = IPv6Network("2000::/3")
_CLOSED_6: Final = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


@dataclass(frozen=True, slots=True)
class Target:
    """A web address in parts. `host` is a name or an address without brackets, `target` the path with the query."""

    scheme: str
    host: str
    port: int
    target: str
    literal: Address | None

    @property
    def authority(self) -> str:
        """What goes into the Host header."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == _DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Guard:
    """What the operator allows, for what is called `section` in the configuration."""

    section: str
    allow_http: bool
    ports: frozenset[int]
    networks: tuple[Network, ...]

    @classmethod
    def of(cls, config: Webhooks | Sso | Push | Previews | Translation) -> "Guard":
        """Raises an `invalid` error that names what the configuration has wrong."""
        section = type(config).__name__.lower()
        try:
            ports = frozenset(int(part) for part in config.ports.split(",") if part.strip())
            networks = tuple(
                ip_network(part.strip()) for part in config.allow_networks.split(",") if part.strip()
            )
        except ValueError as error:
            raise invalid(
                "config.value",
                f"The configuration is wrong: {error} in [{section}].",
                hint="ports is like 443,8443; allow_networks is like 10.1.0.0/16,fd00::/8.",
            ) from error
        return cls(section, config.allow_http, ports, networks)

    def target(self, url: str) -> Target:
        """The address in parts. Raises an `invalid` error with the reason when requests may not go there."""
        try:
            target = _parse(url)
        except _UnusableError as error:
            raise self._refused(str(error)) from None
        if target.scheme == "http" and not self.allow_http:
            raise self._refused("Only https:// is allowed here.")
        if target.port not in self.ports:
            allowed = ", ".join(map(str, sorted(self.ports)))
            raise self._refused(f"Port {target.port} is not allowed; allowed: {allowed}.")
        if target.literal is not None:
            self.check(target.literal)
        return target

    def check(self, address: Address) -> None:
        """Raises an `invalid` error when this is no public address and in no network that the operator allows."""
        if not _is_public(address) and not any(
            address.version == network.version and address in network for network in self.networks
        ):
            raise self._refused("It leads to an address that is not public.")

    def _refused(self, reason: str) -> FrontdeskError:
        return invalid(
            f"{self.section}.address",
            f"Requests cannot go to this address. {reason}",
            hint="Give a public https address, or ask the operator to allow this one in the configuration.",
            details={"field": "url"},
        )


class _UnusableError(Exception):
    """Says what is wrong with a text that should be an address."""


def _parse(url: str) -> Target:
    if len(url) > MAX_URL:
        raise _UnusableError(f"It is longer than {MAX_URL} characters.")
    head = _HEAD.match(url)
    match = None if head is None else _URL.fullmatch(head[0].lower() + url[head.end() :])
    if match is None:
        raise _UnusableError("It is not a plain web address: no user name, no spaces, no #, ASCII only.")
    host, literal = match["host"] or "", None
    try:
        if match["six"]:
            literal = IPv6Address(match["six"])
            host = str(literal)
        elif _NUMBER.fullmatch(host.rpartition(".")[2]):
            literal = IPv4Address(host)  # four decimal numbers, or nothing
    except ValueError:
        raise _UnusableError("Its host is not an address in its usual form.") from None
    if literal is None and (len(host) > 253 or not all(map(_LABEL.fullmatch, host.split(".")))):
        raise _UnusableError("Its host is not a name.")
    target = match["target"] or "/"
    port = int(match["port"] or _DEFAULT_PORT[match["scheme"]])
    return Target(match["scheme"], host, port, target if target.startswith("/") else f"/{target}", literal)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def parse_address(text: str) -> Address:
    """An address as the resolver writes it, without its zone."""
    return ip_address(text.partition("%")[0])
