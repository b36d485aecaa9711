"""The key by which push services know this installation (VAPID, RFC 8292): made at the first start, kept in the database.

It is never followed by another: every subscription is bound to it, and browsers would have to subscribe anew.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey

from frontdesk.core.clock import Millis
from frontdesk.platform import EVERY_ORGANIZATION, Config, Database, Platform
from frontdesk.push.store import keys as store
from frontdesk.push.types import HOUR

_LIFE: Final[Millis] = 12 * HOUR  # at most a day, says the RFC
_ALGORITHM: Final = "ES256"
_REGISTRY: Final = jws.JWSRegistry(algorithms=[_ALGORITHM])
_HEADER: Final = {"typ": "JWT", "alg": _ALGORITHM}


class PushKey:
    """Signs what is said to push services."""

    def __init__(self, key: ECKey) -> None:
        self._key = key
        parts = key.as_dict(private=False)
        self.public = encode(b"\x04" + decode(str(parts["x"])) + decode(str(parts["y"])))

    def authorization(self, origin: str, *, contact: str, now: Millis) -> str:
        """The header that tells the push service at `origin` who we are, and whom to write to when we misbehave."""
        claims: dict[str, Any] = {"aud": origin, "exp": (now + _LIFE) // 1000}
        if contact:
            claims["sub"] = contact
        token = jws.serialize_compact(_HEADER, msgspec.json.encode(claims), self._key, registry=_REGISTRY)
        return f"vapid t={token}, k={self.public}"


_keys: Final[WeakKeyDictionary[Database, PushKey]] = WeakKeyDictionary()


async def load_push_key(platform: Platform) -> None:
    """Read the installation's key, or make it. Processes that start together agree."""
    fresh = ECKey.generate_key("P-256", private=True)
    text = msgspec.json.encode(fresh.as_dict(private=True)).decode()
    now = platform.clock.now()
    found = await platform.database.write(EVERY_ORGANIZATION, lambda tx: store.push_key(tx, text, now=now))
    _keys[platform.database] = PushKey(ECKey.import_key(msgspec.json.decode(found, type=dict[str, Any])))


def push_key(platform: Platform) -> PushKey:
    return _keys[platform.database]


def contact_of(config: Config) -> str:
    """Whom push services may write to: as configured, else the public address if it is one that they accept."""
    public = config.listen.public_url
    return config.push.contact or (public if public.startswith("https://") else "")


def decode(text: str) -> bytes:
    """Base64url, with or without its padding. Raises a `ValueError` for anything else."""
    return urlsafe_b64decode(text.rstrip("=").encode("ascii") + b"=" * (-len(text.rstrip("=")) % 4))


def encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
