"""A visitor whom the company has signed in: its back end says who it is, in a token signed with the channel's key.

The token is a JWT, HS256 and nothing else. Claims: `sub` (the company's id of its user), `aud` (the channel's code),
`exp` (at most a day ahead), and, if the back end likes to say them, `name`, `email`, `phone`, `company`, `fields`.
"""

from typing import Final, cast

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from msgspec import Struct

from frontdesk.channels import store
from frontdesk.channels.types import Channel
from frontdesk.contacts import MAX_EXTERNAL_ID, Identity
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.platform import Reader

ALGORITHM: Final = "HS256"
LONGEST: Final[Millis] = 86_400_000
SKEW: Final[Millis] = 60_000  # the company's clock may differ from ours
MAX_TOKEN: Final = 4096
_REGISTRY: Final = jws.JWSRegistry(algorithms=[ALGORITHM])


class _Claims(Struct, frozen=True):
    sub: str
    aud: str
    exp: int
    nbf: int = 0
    name: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    fields: object = None


_decode: Final = msgspec.json.Decoder(_Claims).decode


async def verify_identity(reader: Reader, channel: Channel, token: str, *, now: Millis) -> Identity:
    """Who the company says this is. Raises `unauthenticated`, the same for whatever is wrong with the token."""
    if len(token) > MAX_TOKEN:
        raise _refused()
    for key in await store.find_keys(reader, channel.organization_id, channel.id):
        payload = _payload(token, key.secret)
        if payload is not None:
            return _identity(payload, channel, now=now)
    raise _refused()


def required() -> FrontdeskError:
    """The answer to a visitor without an identity where one is needed."""
    return unauthenticated(
        "channels.identity-required",
        "This chat is for people who have signed in.",
        hint="Sign in on the page that the chat is on.",
    )


def _payload(token: str, secret: str) -> bytes | None:
    try:
        return jws.deserialize_compact(token, OctKey.import_key(secret), registry=_REGISTRY).payload
    except (JoseError, ValueError, TypeError):
        return None


def _identity(payload: bytes, channel: Channel, *, now: Millis) -> Identity:
    try:
        claims = _decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _refused() from error
    expires_at = claims.exp * 1000
    known = claims.sub.strip()
    if claims.aud != channel.code or not known or len(known) > MAX_EXTERNAL_ID or not known.isprintable():
        raise _refused()
    if not now < expires_at + SKEW or expires_at > now + LONGEST + SKEW or claims.nbf * 1000 > now + SKEW:
        raise _refused()
    fields = cast("dict[str, object]", claims.fields) if isinstance(claims.fields, dict) else {}
    return Identity(known, claims.name, claims.email, claims.phone, claims.company, fields)


def _refused() -> FrontdeskError:
    return unauthenticated(
        "channels.identity",
        "We could not make sure who you are.",
        hint="The identity is not signed with this channel's key, is for another channel, or has expired.",
    )
