"""What a provider publishes and gives: its addresses, its keys, the claims about somebody for a code."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import structlog
from msgspec import Struct

from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import Platform
from frontdesk.platform.addresses import Guard
from frontdesk.sso import identity_tokens
from frontdesk.sso.errors import failed
from frontdesk.sso.fetching import Fetcher, FetchError
from frontdesk.sso.identity_tokens import Claims, IdentityTokenError, UnknownKeyError
from frontdesk.sso.types import Metadata, Provider

KEPT_S: Final = 300.0  # what a provider publishes is asked again after this time
AGAIN_S: Final = 10.0  # keys are asked for again no sooner, whatever tokens name
logger = structlog.get_logger("frontdesk.sso")


class _Tokens(Struct, frozen=True):
    id_token: str
    access_token: str = ""


class _Keys(Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


class _Known(Struct):
    """What one issuer has published, and when it was read."""

    metadata: Metadata
    read_at: float
    keys: Sequence[Mapping[str, Any]]
    keys_at: float


class Directory:
    """Providers as this process knows them. Every failure is the same for the person; the log says which."""

    def __init__(self, platform: Platform) -> None:
        self._guard = Guard.of(platform.config.sso)
        self._fetcher = Fetcher(self._guard)
        self._clock = platform.clock
        self._known: dict[str, _Known] = {}
        self._reading = asyncio.Lock()

    async def close(self) -> None:
        await self._fetcher.close()

    async def metadata(self, provider: Provider) -> Metadata:
        """Raises `unavailable` when the provider does not tell, or tells of another issuer."""
        try:
            return (await self._know(provider.issuer)).metadata
        except (FetchError, IdentityTokenError, FrontdeskError, msgspec.DecodeError, ValueError) as error:
            raise _told(provider, "discovery", error) from error

    async def claims(
        self, provider: Provider, *, code: str, redirect_uri: str, verifier: str, nonce: str
    ) -> Claims:
        """Exchange a code and read what it gives. Raises `unavailable`."""
        try:
            known = await self._know(provider.issuer)
            tokens = await self._exchange(
                provider, known.metadata, code=code, redirect_uri=redirect_uri, verifier=verifier
            )
            claims = await self._read(provider, known, tokens.id_token, nonce)
            return await self._completed(provider, known.metadata, claims, tokens.access_token)
        except (FetchError, IdentityTokenError, FrontdeskError, msgspec.DecodeError, ValueError) as error:
            raise _told(provider, "exchange", error) from error

    async def _know(self, issuer: str) -> _Known:
        now = self._clock.monotonic()
        known = self._known.get(issuer)
        if known is None or now - known.read_at >= KEPT_S:
            address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
            metadata = msgspec.json.decode(await self._fetcher.get(address), type=Metadata)
            if metadata.issuer != issuer:
                raise IdentityTokenError(f"the issuer there is {metadata.issuer[:200]}")
            self._guard.target(metadata.authorization_endpoint)  # where we send browsers to
            keys = msgspec.json.decode(await self._fetcher.get(metadata.jwks_uri), type=_Keys).keys
            known = self._known[issuer] = _Known(metadata, now, keys, now)
        return known

    async def _exchange(
        self, provider: Provider, metadata: Metadata, *, code: str, redirect_uri: str, verifier: str
    ) -> _Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        basic = None
        if provider.client_secret and "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            basic = (provider.client_id, provider.client_secret)
        else:
            form["client_id"] = provider.client_id
            if provider.client_secret:
                form["client_secret"] = provider.client_secret
        answer = await self._fetcher.post(metadata.token_endpoint, form, basic=basic)
        return msgspec.json.decode(answer, type=_Tokens)

    async def _read(self, provider: Provider, known: _Known, token: str, nonce: str) -> Claims:
        """With the keys that are known, and once more with fresh ones when none of them has signed it."""
        for attempt in range(2):
            try:
                return identity_tokens.read(
                    token,
                    known.keys,
                    issuer=provider.issuer,
                    client_id=provider.client_id,
                    nonce=nonce,
                    now=self._clock.now(),
                )
            except UnknownKeyError:
                if attempt or not await self._renew(known):
                    raise
        raise AssertionError

    async def _renew(self, known: _Known) -> bool:
        """Whether the keys are fresh now."""
        async with self._reading:
            now = self._clock.monotonic()
            if now - known.keys_at < AGAIN_S:
                return False
            known.keys_at = now
            known.keys = msgspec.json.decode(
                await self._fetcher.get(known.metadata.jwks_uri), type=_Keys
            ).keys
        return True

    async def _completed(
        self, provider: Provider, metadata: Metadata, claims: Claims, access_token: str
    ) -> Claims:
        """With what the userinfo endpoint adds, where the ID token is short; it overrides nothing."""
        wanted = {"email", "preferred_username", *([provider.role_claim] if provider.role_claim else [])}
        if not wanted - set(claims) or not metadata.userinfo_endpoint or not access_token:
            return claims
        answer = await self._fetcher.get(metadata.userinfo_endpoint, bearer=access_token)
        more = msgspec.json.decode(answer, type=dict[str, object])
        if more.get("sub") != claims["sub"]:
            raise IdentityTokenError("userinfo is about somebody else")
        source = (
            claims if "email" in claims else more
        )  # an address and whether it is verified come from one place
        return {**more, **claims, "email_verified": source.get("email_verified")}


def _told(provider: Provider, step: str, error: Exception) -> FrontdeskError:
    logger.warning("sso.provider.failed", provider=str(provider.id), step=step, reason=str(error)[:300])
    return failed()
