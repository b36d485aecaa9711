"""Reading an ID token (OpenID Connect Core, 3.1.3.7). Pure: keys and time are given."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from frontdesk.core.clock import Millis

Claims = Mapping[str, object]
MAX_TOKEN: Final = 32 * 1024
SKEW: Final[Millis] = 60_000  # the provider's clock may differ from ours
_SMALLEST_RSA: Final = 2048
# Signatures that only the provider can make, each with the one kind of key it is made with.
_KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "RS256": ("RSA", ""),
    "RS384": ("RSA", ""),
    "RS512": ("RSA", ""),
    "PS256": ("RSA", ""),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
}
_TYPES: Final = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_decode: Final = msgspec.json.Decoder(dict[str, object]).decode


class IdentityTokenError(Exception):
    """Says what is wrong, for the log."""


class UnknownKeyError(IdentityTokenError):
    """It may be signed by a key that was published since."""


def read(
    token: str, keys: Iterable[Mapping[str, Any]], *, issuer: str, client_id: str, nonce: str, now: Millis
) -> Claims:
    """What an ID token says, when it counts for this client and this sign-in. Raises an `IdentityTokenError`."""
    claims = _verified(token, keys)
    audiences = texts_of(claims, "aud")
    if claims.get("iss") != issuer:
        raise IdentityTokenError("another issuer")
    if client_id not in audiences:
        raise IdentityTokenError("another audience")
    if claims.get("azp", client_id) != client_id or (len(audiences) > 1 and "azp" not in claims):
        raise IdentityTokenError("another authorized party")
    if claims.get("nonce") != nonce:
        raise IdentityTokenError("another nonce")
    if now >= _time(claims, "exp") + SKEW:
        raise IdentityTokenError("over")
    if _time(claims, "iat") > now + SKEW or ("nbf" in claims and _time(claims, "nbf") > now + SKEW):
        raise IdentityTokenError("from the future")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise IdentityTokenError("no subject")
    return claims


def texts_of(claims: Claims, name: str) -> Sequence[str]:
    """What a claim names, whether it names one or a list of them."""
    value = claims.get(name)
    several = cast("list[object]", value) if isinstance(value, list) else [value]
    return [one for one in several if isinstance(one, str)]


def _time(claims: Claims, name: str) -> Millis:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e11:
        raise IdentityTokenError(f"no {name}")
    return int(value * 1000)


def _verified(token: str, keys: Iterable[Mapping[str, Any]]) -> Claims:
    if len(token) > MAX_TOKEN or not token.isascii():
        raise IdentityTokenError("not a token")
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise IdentityTokenError("not a token") from error
    algorithm, name = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in _KEYS:
        raise IdentityTokenError(f"signed with {str(algorithm)[:20]}")
    registry = jws.JWSRegistry(algorithms=[algorithm])
    for key in _fitting(keys, algorithm, name):
        try:
            return _decode(jws.deserialize_compact(token, key, registry=registry).payload)
        except (JoseError, msgspec.DecodeError, ValueError, TypeError, KeyError):
            continue
    raise UnknownKeyError("signed by none of the published keys")


def _fitting(
    keys: Iterable[Mapping[str, Any]], algorithm: str, name: object
) -> Iterable[RSAKey | ECKey | OKPKey]:
    """The published keys that can have made such a signature."""
    kind, curve = _KEYS[algorithm]
    for jwk in keys:
        if jwk.get("kty") != kind or jwk.get("use", "sig") != "sig" or jwk.get("alg", algorithm) != algorithm:
            continue
        if (curve and jwk.get("crv") != curve) or (name is not None and jwk.get("kid") != name):
            continue
        try:
            key = _TYPES[kind].import_key(dict(jwk))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if not isinstance(key, RSAKey) or key.public_key.key_size >= _SMALLEST_RSA:
            yield key
