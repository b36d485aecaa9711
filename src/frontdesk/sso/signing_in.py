"""Sending a browser to a provider, and letting in who comes back from it."""

import hashlib
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import structlog

from frontdesk.auth import (
    Authenticator,
    Grant,
    SignedIn,
    find_organization,
    get_organization,
    hash_token,
    open_session_in,
    signed_in,
)
from frontdesk.core.errors import FrontdeskError, not_found
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Origin
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.sso import store
from frontdesk.sso.claims import claimed_of
from frontdesk.sso.errors import cancelled, expired, failed
from frontdesk.sso.oidc import Directory
from frontdesk.sso.people import admit_in
from frontdesk.sso.types import ATTEMPT_LIFE, Attempt, Provider

HOME: Final = "/console/"
_LONGEST: Final = 2_000
_PLACE: Final = re.compile(r"/console/[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,128}")
logger = structlog.get_logger("frontdesk.sso")


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and what it has to hold when it comes back."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a browser brings back, as it says."""

    state: str
    code: str
    error: str
    issuer: str
    browser: str


async def list_for_sign_in(platform: Platform, slug: str) -> list[tuple[int, str]]:
    """(id, name) of the providers that let people of this organization in; none for one that there is not."""

    async def read(reader: Reader) -> list[tuple[int, str]]:
        organization = await find_organization(reader, slug[:64])
        if organization is None:
            return []
        return [(one.id, one.name) for one in await store.providers(reader, organization.id) if one.enabled]

    return await platform.database.read(EVERY_ORGANIZATION, read)


async def begin(
    platform: Platform,
    directory: Directory,
    provider_id: int,
    *,
    redirect_uri: str,
    return_to: str,
    browser: str,
) -> Begun:
    """Send a browser away. `browser` is what it holds already: tabs that begin side by side share it.

    Raises `not_found` for a provider that lets nobody in, `unavailable` for one that does not answer.
    """
    provider = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: store.provider_by_id(reader, provider_id)
    )
    if provider is None or not provider.enabled:
        raise not_found("provider")
    metadata = await directory.metadata(provider)
    state, now = new_secret(), platform.clock.now()
    browser = browser if _SECRET.fullmatch(browser) else new_secret()
    attempt = Attempt(
        state_hash=hash_token(state),
        organization_id=provider.organization_id,
        provider_id=provider.id,
        browser_hash=hash_token(browser),
        redirect_uri=redirect_uri,
        return_to=return_to if _is_place(return_to) else HOME,
        expires_at=now + ATTEMPT_LIFE,
    )
    await platform.database.write(
        provider.organization_id, lambda tx: store.insert_attempt(tx, attempt, now=now)
    )
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(provider.scopes),
        "state": state,
        "nonce": _derived("nonce", browser, state),
        "code_challenge": _hashed(_derived("verifier", browser, state)),
        "code_challenge_method": "S256",
    }
    parts = urlsplit(metadata.authorization_endpoint)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *asked.items()])
    return Begun(parts._replace(query=query).geturl(), browser)


async def complete(
    platform: Platform, authenticator: Authenticator, directory: Directory, back: Returned, origin: Origin
) -> tuple[SignedIn, str]:
    """Let in who comes back, and say where to. The attempt is over with this, however it ends."""
    attempt = await platform.database.write(
        EVERY_ORGANIZATION,
        lambda tx: store.take_attempt(tx, hash_token(back.state), hash_token(back.browser)),
    )
    if attempt is None or platform.clock.now() >= attempt.expires_at:
        raise expired()
    provider = await platform.database.read(
        attempt.organization_id, lambda reader: _provider(reader, attempt)
    )
    metadata = await directory.metadata(provider)
    named = back.issuer or (
        "" if metadata.authorization_response_iss_parameter_supported else provider.issuer
    )
    if named != provider.issuer:  # RFC 9207: the answer is another provider's
        logger.warning("sso.mix-up", provider=str(provider.id), issuer=back.issuer[:200])
        raise failed()
    if back.error or not back.code:
        logger.warning("sso.refused", provider=str(provider.id), error=back.error[:100])
        raise cancelled() if back.error == "access_denied" else failed()
    claims = await directory.claims(
        provider,
        code=back.code,
        redirect_uri=attempt.redirect_uri,
        verifier=_derived("verifier", back.browser, back.state),
        nonce=_derived("nonce", back.browser, back.state),
    )
    refresh_token = new_secret()

    async def work(tx: Transaction) -> Grant:
        current = await _provider(tx, attempt)  # it may have been changed or switched off meanwhile
        account = await admit_in(platform, tx, current, claimed_of(current, claims), origin)
        organization = await get_organization(tx, current.organization_id)
        return await open_session_in(
            platform, tx, account, organization, refresh_token=refresh_token, origin=origin, by=current.name
        )

    try:
        grant = await platform.database.write(attempt.organization_id, work)
    except FrontdeskError as error:
        logger.warning("sso.not-let-in", provider=str(provider.id), reason=error.code, address=origin.address)
        raise
    return signed_in(platform, authenticator, grant), attempt.return_to


async def _provider(reader: Reader, attempt: Attempt) -> Provider:
    provider = await store.provider(reader, attempt.organization_id, attempt.provider_id)
    if provider is None or not provider.enabled:
        raise expired()
    return provider


def _is_place(address: str) -> bool:
    """Whether this is a page of our own console, and nothing that a browser would take for elsewhere."""
    return len(address) <= _LONGEST and _PLACE.fullmatch(address) is not None


def _derived(purpose: str, browser: str, state: str) -> str:
    """A secret of this attempt that only who holds both can make again."""
    return _hashed(f"frontdesk.sso\n{purpose}\n{browser}\n{state}")


def _hashed(text: str) -> str:
    return (
        urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
        .rstrip(b"=")
        .decode()
    )
