"""Who is asking, as far as the network can tell. Headers are believed only from proxies that the operator named."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import structlog
from litestar.connection import ASGIConnection

from frontdesk.platform.config import Config

Connection = ASGIConnection[Any, Any, Any, Any]
_Address = IPv4Address | IPv6Address
logger = structlog.get_logger("frontdesk.web")


def client_address(connection: Connection, config: Config) -> str:
    """The address of the client: the nearest one that is not a trusted proxy. Empty when there is none (a Unix socket).

    Addresses that the client itself wrote into X-Forwarded-For stand further left and are never reached.
    """
    peer = "" if connection.client is None else connection.client.host
    address = _parse(peer)
    if address is None or not _trusted(address, config):
        return peer
    chain = connection.headers.getall("x-forwarded-for", [])
    for hop in reversed([part for line in chain for part in line.split(",")]):
        found = _parse(hop)
        if found is None:
            break
        address = found
        if not _trusted(found, config):
            break
    return str(address)


def is_secure(connection: Connection, config: Config) -> bool:
    """Whether the client speaks HTTPS: to us, to a trusted proxy, or by the public address that was configured."""
    if config.listen.public_url:
        return config.listen.public_url.lower().startswith("https:")
    if connection.scope["scheme"] in {"https", "wss"}:
        return True
    peer = None if connection.client is None else _parse(connection.client.host)
    if peer is None or not _trusted(peer, config):
        return False
    return connection.headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower() == "https"


def public_address(connection: Connection, config: Config) -> str:
    """Where people reach us, without a slash at its end: as configured, else as they asked."""
    public = config.listen.public_url.rstrip("/")
    if public:
        return public
    scheme = "https" if is_secure(connection, config) else "http"
    return f"{scheme}://{connection.headers.get('host', connection.url.netloc)}"


def _parse(text: str) -> _Address | None:
    """The address in `text`, without a port or brackets; an IPv4 address inside IPv6 is the IPv4 address."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _trusted(address: _Address, config: Config) -> bool:
    return any(
        address.version == network.version and address in network
        for network in _networks(config.listen.trusted_proxies)
    )


@lru_cache(maxsize=8)
def _networks(listed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    networks: list[IPv4Network | IPv6Network] = []
    for part in listed.split(","):
        if not part.strip():
            continue
        try:
            networks.append(ip_network(part.strip(), strict=False))
        except ValueError:
            logger.exception("web.trusted-proxy.not-an-address", value=part.strip())
    return tuple(networks)
