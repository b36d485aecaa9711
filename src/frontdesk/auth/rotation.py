"""Refresh tokens: each works once, and a second use is either a lost answer or a theft."""

import hashlib
from dataclasses import dataclass
from typing import Final

import structlog
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store, tokens
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.sessions import revoke_session_in
from frontdesk.auth.store_sessions import RefreshRow
from frontdesk.auth.types import Account, Organization, SignedIn
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

GRACE: Final[Millis] = 10_000
_MAX_REFRESH: Final = 128
_SEAL: Final = {"alg": "dir", "enc": "A256GCM"}
logger = structlog.get_logger("frontdesk.auth")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a session is entitled to: the next tokens of this account."""

    account: Account
    organization: Organization
    session_id: int
    refresh_token: str
    expires_at: Millis


@dataclass(frozen=True, slots=True)
class Reused:
    """A refresh token was used by two; the session has been ended."""

    account_id: int
    session_id: int


async def refresh(
    platform: Platform, authenticator: Authenticator, refresh_token: str, *, address: str = ""
) -> SignedIn:
    """The next access token and the next refresh token of a session.

    A repeat within `GRACE` (the answer was lost, or several tabs asked at once) gets the same refresh token as long as
    nobody has used that one. Any later repeat means that two hold the same token: the session ends for both.
    """
    if not is_plausible(refresh_token):
        raise _ended()
    successor = new_secret()

    async def work(tx: Transaction) -> Grant | Reused:
        return await rotate_in(platform, tx, refresh_token, successor, address=address)

    grant = await platform.database.write(EVERY_ORGANIZATION, work)
    if isinstance(grant, Reused):
        logger.warning("auth.refresh.reused", account=grant.account_id, session=grant.session_id)
        raise _ended()
    return signed_in(platform, authenticator, grant)


async def rotate_in(
    platform: Platform,
    tx: Transaction,
    refresh_token: str,
    successor: str,
    *,
    client_id: int | None = None,
    address: str = "",
) -> Grant | Reused:
    """For the session's own client alone: what an application has is worth nothing to the console, and the reverse."""
    now = platform.clock.now()
    row = await rows.refresh_by_hash(tx, hash_token(refresh_token))
    if row is None or now >= row.expires_at:
        raise _ended()
    session = await rows.session(tx, row.organization_id, row.session_id)
    if session is None or not session.is_live(now) or session.client_id != client_id:
        raise _ended()
    account = await store.account(tx, row.organization_id, session.principal_id)
    organization = await store.organization(tx, row.organization_id)
    if account is None or organization is None or not account.enabled:
        raise _ended()
    expires_at = now + platform.config.tokens.refresh_ttl * 1000
    if row.used_at is None:
        await rows.use_refresh(tx, row.hash, successor=_seal(refresh_token, successor), now=now)
        child = RefreshRow(
            hash_token(successor), session.id, row.organization_id, row.hash, expires_at, None, None
        )
        await rows.insert_refresh(tx, child, now=now)
        await rows.extend_session(
            tx, row.organization_id, session.id, expires_at=expires_at, address=address, now=now
        )
        if row.parent_hash is not None:
            await rows.forget_successor(tx, row.parent_hash)
        return Grant(account, organization, session.id, successor, expires_at)
    if row.successor is not None and now - row.used_at <= GRACE:
        return Grant(account, organization, session.id, _unseal(refresh_token, row.successor), expires_at)
    await revoke_session_in(platform, tx, row.organization_id, session.id, session.principal_id)
    holder = Subject(row.organization_id, SubjectKind.AGENT, account.id, session.id, account.role)
    target = Target("account", account.id, account.username)
    await record_in(platform, tx, holder, Action.TOKEN_REUSED, target)
    return Reused(account.id, session.id)


def signed_in(platform: Platform, authenticator: Authenticator, grant: Grant) -> SignedIn:
    """A fresh access token beside the refresh token of the grant."""
    subject = Subject(
        organization_id=grant.organization.id,
        kind=SubjectKind.AGENT,
        id=grant.account.id,
        session_id=grant.session_id,
        role=grant.account.role,
    )
    ttl = platform.config.tokens.access_ttl
    token = tokens.issue(authenticator.keys, subject, now=platform.clock.now(), ttl=ttl)
    return SignedIn(token, grant.refresh_token, grant.expires_at, grant.account, grant.organization)


def is_plausible(refresh_token: str) -> bool:
    """Whether it is worth a look into the database."""
    return 0 < len(refresh_token) <= _MAX_REFRESH


def hash_token(token: str) -> str:
    """What is kept of a refresh token. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _key(token: str) -> OctKey:
    material = hashlib.sha256(b"frontdesk.auth.successor\n" + token.encode()).digest()
    return OctKey.import_key(material)


def _seal(token: str, successor: str) -> str:
    """The successor, readable only with the token: the database alone gives neither."""
    return jwe.encrypt_compact(_SEAL, successor, _key(token))


def _unseal(token: str, sealed: str) -> str:
    try:
        plaintext = jwe.decrypt_compact(sealed, _key(token)).plaintext
    except JoseError as error:
        raise _ended() from error
    return (plaintext or b"").decode()


def _ended() -> FrontdeskError:
    return unauthenticated("auth.session", "Your session has ended.", hint="Sign in again.")
