"""The keys that sign access tokens: Ed25519, made at the first start, kept in the database, published as a JWKS."""

from typing import Any, Final, cast

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from msgspec import Struct

from frontdesk.auth import store_sessions as store
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

ALGORITHM: Final = "Ed25519"  # RFC 9864's name for what used to be called EdDSA, with the curve fixed
TYPE: Final = "at+jwt"
MAX_TOKEN: Final = 4096
_ALGORITHMS: Final = (ALGORITHM,)
_REGISTRY: Final = jws.JWSRegistry(algorithms=list(_ALGORITHMS))


class Claims(Struct, frozen=True, forbid_unknown_fields=True):
    """What an access token says. `chn` is the channel of a visitor, `role` an agent's; ids are decimal strings."""

    iss: str
    aud: str
    sub: str
    org: str
    kind: str
    sid: str
    iat: int
    exp: int
    jti: str
    role: str = ""
    chn: str = "0"


_decode_claims: Final = msgspec.json.Decoder(Claims).decode


class Keys:
    """Signs with the newest key; verifies with every key that has been published and not removed."""

    def __init__(self, keys: list[OKPKey], *, signing: OKPKey) -> None:
        self._signing = signing
        self._header = {"alg": ALGORITHM, "kid": signing.kid, "typ": TYPE}
        self._set = KeySet(cast("list[Any]", keys))  # its own annotation names a closed union of key types
        self._known = frozenset(key.kid for key in keys)

    @classmethod
    async def load(cls, platform: Platform) -> "Keys":
        """The installation's keys; makes the first one. Processes that start together agree on one."""
        fresh = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, private=True, auto_kid=True)

        async def work(tx: Transaction) -> list[tuple[str, str, bool]]:
            rows = list(await store.signing_keys(tx))
            if any(signs for _kid, _jwk, signs in rows):
                return rows
            text = msgspec.json.encode(fresh.as_dict(private=True)).decode()
            await store.insert_signing_key(tx, _kid_of(fresh), text, now=platform.clock.now())
            return [(_kid_of(fresh), text, True), *rows]

        rows = await platform.database.write(EVERY_ORGANIZATION, work)
        keys = [
            (OKPKey.import_key(msgspec.json.decode(jwk, type=dict[str, str | list[str]])), signs)
            for _, jwk, signs in rows
        ]
        return cls([key for key, _ in keys], signing=next(key for key, signs in keys if signs))

    def sign(self, claims: Claims) -> str:
        return jws.serialize_compact(
            self._header, msgspec.json.encode(claims), self._signing, registry=_REGISTRY
        )

    def verify(self, token: str) -> Claims:
        """What a token that we signed says. Expiry, audience and revocation are the caller's to check.

        Raises `unauthenticated` for everything else: another algorithm, another type, an unknown key, a forgery.
        """
        if len(token) > MAX_TOKEN:
            raise refused()
        try:
            found = jws.deserialize_compact(token, self._set, registry=_REGISTRY)
            header = found.headers()
            # The set falls back to its only key when a token names none; ours always name theirs.
            if header.get("typ") != TYPE or header.get("kid") not in self._known:
                raise refused()
            return _decode_claims(found.payload)
        except (JoseError, msgspec.DecodeError, ValueError, TypeError, KeyError) as error:
            raise refused() from error

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public halves, for whoever verifies our tokens elsewhere."""
        found = [cast("dict[str, str]", key.as_dict(private=False)) for key in self._set.keys]
        return {"keys": found}


def refused() -> FrontdeskError:
    """The one answer to every token that is not good: it must not tell what was wrong with it."""
    return unauthenticated("auth.token", "You are not signed in.", hint="Sign in again.")


def _kid_of(key: OKPKey) -> str:
    if key.kid is None:
        message = "a signing key without a name"
        raise ValueError(message)
    return key.kid
