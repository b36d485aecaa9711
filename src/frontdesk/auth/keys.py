"""The keys that sign tokens: made at the first start, kept in the database, published as a JWKS, followed by others."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, cast

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey
from msgspec import Struct, structs

from frontdesk.auth import store_sessions as store
from frontdesk.auth.store_sessions import StoredKey
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

ALGORITHM: Final = "Ed25519"  # RFC 9864's name for what used to be called EdDSA, with the curve fixed
TYPE: Final = "at+jwt"
MAX_TOKEN: Final = 4096
_ALGORITHMS: Final = (ALGORITHM,)
_REGISTRY: Final = jws.JWSRegistry(algorithms=list(_ALGORITHMS))
IDENTITY_ALGORITHM: Final = "ES256"
_IDENTITY_REGISTRY: Final = jws.JWSRegistry(algorithms=[IDENTITY_ALGORITHM])
REMEMBERED: Final = 4_096  # tokens whose signature was found good: a client shows its own at every request
RELOAD: Final = 20.0  # seconds between two looks for new keys
LEAD: Final[Millis] = 90_000  # from publishing a key to signing with it: every process has looked meanwhile


class Claims(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an access token says. `chn` is the channel of a visitor, `role` an agent's; ids are decimal strings.

    `scope` limits an application's token; without it the token is our own console's or a visitor's.
    """

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
    scope: str = ""


_decode_claims: Final = msgspec.json.Decoder(Claims).decode


class Keys:
    """Signs with the newest key that every process knows by now; verifies with every key that is published.

    Access tokens are signed with Ed25519. ID tokens are for other people's programs, which all know ES256.
    """

    def __init__(self, keys: list[OKPKey], *, signing: OKPKey, identity: Sequence[ECKey] = ()) -> None:
        self._known: frozenset[str | None] = frozenset()
        self._put(keys, signing, identity)

    def _put(self, keys: list[OKPKey], signing: OKPKey, identity: Sequence[ECKey]) -> None:
        self._signing = signing
        self._header = {"alg": ALGORITHM, "kid": signing.kid, "typ": TYPE}
        self._set = KeySet(cast("list[Any]", keys))  # its own annotation names a closed union of key types
        known = frozenset(key.kid for key in keys)
        if known != self._known:
            # What a key that is no longer published has signed is forgotten with it.
            self._known, self._signed = known, lru_cache(maxsize=REMEMBERED)(self._read)
        self._identity = tuple(identity)  # the one that signs first

    @classmethod
    async def load(cls, platform: Platform) -> "Keys":
        """The installation's keys; makes the first ones. Processes that start together agree on them."""
        fresh = _make()

        async def work(tx: Transaction) -> Sequence[StoredKey]:
            rows = await store.signing_keys(tx)
            kinds = {_kind(row) for row in rows}
            now = platform.clock.now()
            for key in fresh:
                if _kind(key) not in kinds:
                    await store.insert_signing_key(tx, key, now=now)
            return await store.signing_keys(tx)

        rows = await platform.database.write(EVERY_ORGANIZATION, work)
        keys, signing, identity = _parts(rows, platform.clock.now())
        return cls(keys, signing=signing, identity=identity)

    async def reload(self, platform: Platform) -> None:
        """Learn of keys that another process made, and sign with the newest one whose time has come.

        A key that is `tokens.key_days` old is followed by another first.
        """
        rows = await platform.database.read(EVERY_ORGANIZATION, store.signing_keys)
        now = platform.clock.now()
        if now - max(row.created_at for row in rows) >= platform.config.tokens.key_days * 86_400_000:
            rows = await rotate(platform, only_if_older=True)
        self._put(*_parts(rows, now))

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
        return self._signed(token)

    def _read(self, token: str) -> Claims:
        try:
            found = jws.deserialize_compact(token, self._set, registry=_REGISTRY)
            header = found.headers()
            # The set falls back to its only key when a token names none; ours always name theirs.
            if header.get("typ") != TYPE or header.get("kid") not in self._known:
                raise refused()
            return _decode_claims(found.payload)
        except (JoseError, msgspec.DecodeError, ValueError, TypeError, KeyError) as error:
            raise refused() from error

    def sign_identity(self, claims: Mapping[str, object]) -> str:
        """An ID token, or what else is for a program that knows us by our published keys."""
        header = {"alg": IDENTITY_ALGORITHM, "kid": self._identity[0].kid, "typ": "JWT"}
        return jws.serialize_compact(
            header, msgspec.json.encode(claims), self._identity[0], registry=_IDENTITY_REGISTRY
        )

    def read_identity(self, token: str) -> dict[str, object]:
        """The claims of an ID token of ours, also of one that is over. Raises `unauthenticated`."""
        if len(token) > MAX_TOKEN:
            raise refused()
        try:
            found = jws.deserialize_compact(
                token, KeySet(cast("list[Any]", list(self._identity))), registry=_IDENTITY_REGISTRY
            )
            if found.headers().get("kid") not in {key.kid for key in self._identity}:
                raise refused()
            return msgspec.json.decode(found.payload, type=dict[str, object])
        except (JoseError, msgspec.DecodeError, ValueError, TypeError, KeyError) as error:
            raise refused() from error

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public halves, for whoever verifies our tokens elsewhere."""
        found = [
            cast("dict[str, str]", key.as_dict(private=False)) for key in (*self._set.keys, *self._identity)
        ]
        return {"keys": found}


async def rotate(platform: Platform, *, only_if_older: bool = False) -> Sequence[StoredKey]:
    """Publish new keys, which sign from `LEAD` on; drop those whose tokens are all over. Returns what is there then.

    With `only_if_older` nothing is made if another process was faster.
    """
    fresh, tokens = _make(), platform.config.tokens
    kept = 1000 * max(tokens.access_ttl, tokens.visitor_ttl) + LEAD

    async def work(tx: Transaction) -> Sequence[StoredKey]:
        now = platform.clock.now()
        rows = await store.signing_keys(tx)
        age = now - max((row.created_at for row in rows), default=0)
        if only_if_older and age < tokens.key_days * 86_400_000:
            return rows
        for key in fresh:
            await store.insert_signing_key(tx, structs.replace(key, signs_at=now + LEAD), now=now)
        for kind in ("OKP", "EC"):
            newest_first = [row for row in rows if _kind(row) == kind]
            for follower, former in pairwise(newest_first):
                if follower.signs_at + kept <= now:
                    await store.delete_signing_key(tx, former.kid)
        return await store.signing_keys(tx)

    return await platform.database.write(EVERY_ORGANIZATION, work)


def _make() -> tuple[StoredKey, StoredKey]:
    access = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, private=True, auto_kid=True)
    identity = ECKey.generate_key(
        "P-256", {"use": "sig", "alg": IDENTITY_ALGORITHM}, private=True, auto_kid=True
    )
    return _stored(access), _stored(identity)


def _stored(key: OKPKey | ECKey) -> StoredKey:
    if key.kid is None:
        message = "a signing key without a name"
        raise ValueError(message)
    return StoredKey(key.kid, msgspec.json.encode(key.as_dict(private=True)).decode(), 0, 0)


def _kind(row: StoredKey) -> str:
    return msgspec.json.decode(row.jwk, type=dict[str, Any])["kty"]


def _parts(rows: Sequence[StoredKey], now: Millis) -> tuple[list[OKPKey], OKPKey, list[ECKey]]:
    """Access keys, the one of them that signs, identity keys with the one that signs first. Rows: the newest first."""
    ready_first = sorted(rows, key=lambda row: (row.signs_at > now, -row.signs_at))
    read = [msgspec.json.decode(row.jwk, type=dict[str, Any]) for row in ready_first]
    access = [OKPKey.import_key(jwk) for jwk in read if jwk["kty"] == "OKP"]
    return access, access[0], [ECKey.import_key(jwk) for jwk in read if jwk["kty"] == "EC"]


def refused() -> FrontdeskError:
    """The one answer to every token that is not good: it must not tell what was wrong with it."""
    return unauthenticated("auth.token", "You are not signed in.", hint="Sign in again.")
