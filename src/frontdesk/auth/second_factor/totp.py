"""Codes that change with time (RFC 6238 over RFC 4226): SHA-1, six digits, thirty seconds, as every app knows them."""

import hmac
import struct
from base64 import b32decode, b32encode
from typing import Final
from urllib.parse import quote, urlencode

from frontdesk.core.clock import Millis
from frontdesk.core.ids import new_bytes

DIGITS: Final = 6
STEP: Final[Millis] = 30_000
_WINDOW: Final = 1  # steps that a clock may be wrong by
_SECRET: Final = 20  # bytes, as RFC 4226 recommends


def new_secret() -> str:
    """In base32, which is what people can type."""
    return b32encode(new_bytes(_SECRET)).decode()


def code_at(secret: str, step: int) -> str:
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, *, now: Millis, after: int) -> int | None:
    """The step whose code this is, near to now and later than `after`; every step is compared, in the same time."""
    current, found = now // STEP, None
    for step in range(current - _WINDOW, current + _WINDOW + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def address(secret: str, *, organization: str, username: str) -> str:
    """What an app reads from the picture; it shows organization and user name beside its codes."""
    label = quote(f"{organization}:{username}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': organization}, quote_via=quote)}"
