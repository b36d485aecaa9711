"""Networks and addresses: how they are written, and as text that sorts as they do. Pure."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from frontdesk.core.errors import FrontdeskError, invalid

Network = IPv4Network | IPv6Network
_WIDEST: Final = {4: 16, 6: 32}
_ONE_PLACE: Final = {4: 32, 6: 64}  # a household has a /64 of IPv6 for itself


def parse_network(text: str) -> Network:
    """A network or a single address, as people write them. Raises `contacts.network` for anything else, or too wide a one."""
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise _wrong("This is no address and no network.") from error
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped is not None:
        raise _wrong("This is an IPv4 address inside IPv6.")
    if network.prefixlen < _WIDEST[network.version]:
        raise _wrong(f"This network is too wide: at most a /{_WIDEST[network.version]}.")
    return network


def network_of(address: str) -> Network:
    """The network that stands for one place: an IPv4 address, or the /64 around an IPv6 one."""
    parsed = ip_address(address)
    return ip_network(f"{address}/{_ONE_PLACE[parsed.version]}", strict=False)


def bounds(network: Network) -> tuple[str, str]:
    """Its first and last address, sortable."""
    return _sortable(network.network_address), _sortable(network.broadcast_address)


def sortable(address: str) -> str | None:
    """An address as text that compares as addresses do; None for what is none (a Unix socket)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return _sortable(mapped or parsed)


def _sortable(address: IPv4Address | IPv6Address) -> str:
    return f"{address.version}:{int(address):0{address.max_prefixlen // 4}x}"


def _wrong(sentence: str) -> FrontdeskError:
    return invalid(
        "contacts.network",
        sentence,
        hint="Write it like 203.0.113.7 or 203.0.113.0/24.",
        details={"field": "network"},
    )
