"""Whom passkeys are for: the host of the public address, and pages of that address alone."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request

from frontdesk.core.errors import conflict
from frontdesk.platform import Platform
from frontdesk.platform.web import public_address

_HERE: Final = "localhost"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """`id` is the host's name; `origin` is scheme, host and port of the pages."""

    id: str
    origin: str


def find_relying_party(request: Request[Any, Any, Any], platform: Platform) -> RelyingParty | None:
    """None where browsers know no passkeys (without https, at an IP address), and where nobody has said by which address
    people come: what a request says of itself is believed at localhost alone.
    """
    parts = urlsplit(public_address(request, platform.config))
    host = parts.hostname or ""
    configured = bool(platform.config.listen.public_url)
    if host == _HERE or (configured and parts.scheme == "https" and not _is_ip(host)):
        return RelyingParty(host, f"{parts.scheme}://{parts.netloc}")
    return None


def present(party: RelyingParty | None) -> RelyingParty:
    """Raises `conflict` where passkeys cannot work."""
    if party is None:
        raise conflict(
            "auth.passkeys-off",
            "Passkeys do not work at this address.",
            hint="They need https and a name; the operator sets listen.public_url.",
        )
    return party


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
