"""The token endpoint: a code, a refresh token or the application's own secret becomes tokens."""

import hashlib
from base64 import urlsafe_b64encode
from secrets import compare_digest
from typing import Final

import structlog

from frontdesk.auth import store, store_oauth, tokens
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.oauth.types import OFFLINE, OPENID, PROFILE, SCOPES, Client, Code, Granted, OAuthError
from frontdesk.auth.rotation import Grant, Reused, hash_token, is_plausible, rotate_in
from frontdesk.auth.sessions import revoke_session_in
from frontdesk.auth.store_sessions import RefreshRow
from frontdesk.auth.types import Account, Organization, Session
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

_ID_LIFE: Final = 600
_STANDARD: Final = frozenset({OPENID, PROFILE, OFFLINE})
logger = structlog.get_logger("frontdesk.auth")


async def find_client(platform: Platform, code: str, secret: str | None) -> Client:
    """The application that asks, with the right secret if it has one. Every refusal is the same `invalid_client`.

    Nothing is slowed down here: a secret has 256 random bits, and many requests at once are what services do.
    """
    client = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: store_oauth.client_by_code(reader, code)
    )
    right = client is not None and client.enabled
    if client is None or client.secret_hash is None:
        right = right and secret is None
    else:
        right = right and compare_digest(client.secret_hash, hash_token(secret or ""))
    if client is None or not right:
        logger.warning("auth.client.refused", client=code[:64])
        raise OAuthError("invalid_client", "The client is not known, or its secret is wrong.", status=401)
    return client


async def exchange_code(
    platform: Platform,
    authenticator: Authenticator,
    client: Client,
    *,
    code: str,
    redirect_uri: str,
    verifier: str,
    issuer: str,
    user_agent: str = "",
) -> Granted:
    """Tokens for a code of this application. Works once: a second use ends what the first one gave."""
    organization_id, refresh_token = client.organization_id, new_secret()

    async def work(tx: Transaction) -> tuple[Code, Grant] | None:
        found = await store_oauth.code_by_hash(tx, organization_id, hash_token(code))
        now = platform.clock.now()
        if found is None or found.client_id != client.id:
            raise _bad_grant()
        if found.session_id is not None:
            await revoke_session_in(platform, tx, organization_id, found.session_id, found.account_id)
            return None
        if (
            now >= found.expires_at
            or found.redirect_uri != redirect_uri
            or not _proves(verifier, found.challenge)
        ):
            raise _bad_grant()
        by = await rows.session(tx, organization_id, found.by_session_id)
        if by is None or not by.is_live(now):
            raise _bad_grant()
        account, organization = await _who_in(tx, organization_id, found.account_id)
        config = platform.config.tokens
        lasting = OFFLINE in found.scope.split()
        expires_at = now + 1000 * (config.refresh_ttl if lasting else config.access_ttl)
        session = Session(
            platform.ids.new(), organization_id, account.id, SubjectKind.AGENT, 0, expires_at, None, client.id,
            found.scope,
        )  # fmt: skip
        await rows.insert_session(tx, session, user_agent=client.name or user_agent, now=now)
        if lasting:
            row = RefreshRow(
                hash_token(refresh_token), session.id, organization_id, None, expires_at, None, None
            )
            await rows.insert_refresh(tx, row, now=now)
        await store_oauth.use_code(tx, organization_id, found.hash, session_id=session.id)
        return found, Grant(account, organization, session.id, refresh_token if lasting else "", expires_at)

    done = await platform.database.write(organization_id, work)
    if done is None:
        logger.warning("auth.code.reused", client=client.code)
        raise _bad_grant()
    found, grant = done
    return _granted(platform, authenticator, client, grant, found.scope, issuer=issuer, nonce=found.nonce)


async def exchange_refresh(
    platform: Platform, authenticator: Authenticator, client: Client, *, refresh_token: str, issuer: str
) -> Granted:
    """The next tokens of what the application has. The rules of `rotation.py`: a second use ends it for both."""
    if not is_plausible(refresh_token):
        raise _bad_grant()
    organization_id, successor = client.organization_id, new_secret()

    async def work(tx: Transaction) -> tuple[Grant | Reused, str]:
        outcome = await rotate_in(platform, tx, refresh_token, successor, client_id=client.id)
        session = await rows.session(tx, organization_id, outcome.session_id)
        return outcome, "" if session is None else session.scope or ""

    try:
        outcome, scope = await platform.database.write(organization_id, work)
    except FrontdeskError as error:
        if error.code != "auth.session":
            raise
        raise _bad_grant() from error
    if isinstance(outcome, Reused):
        logger.warning("auth.refresh.reused", account=outcome.account_id, session=outcome.session_id)
        raise _bad_grant()
    return _granted(platform, authenticator, client, outcome, scope, issuer=issuer, nonce="")


async def grant_to_itself(
    platform: Platform, authenticator: Authenticator, client: Client, *, scope: str
) -> Granted:
    """A token with which the application acts for itself, as its own account."""
    account_id = client.service_account_id
    if account_id is None or client.secret_hash is None:
        raise OAuthError("unauthorized_client", "This application may not act for itself.")
    able = [one for one in client.scopes if one not in _STANDARD]
    wanted = scope.split() or able
    if not wanted or set(wanted) - set(able):
        raise OAuthError("invalid_scope", "The application may not ask for this.")
    organization_id, now = client.organization_id, platform.clock.now()
    ttl, said = platform.config.tokens.access_ttl, " ".join(one for one in SCOPES if one in wanted)
    session = Session(
        platform.ids.new(), organization_id, account_id, SubjectKind.AGENT, 0, now + ttl * 1000, None, client.id, said
    )  # fmt: skip

    async def work(tx: Transaction) -> tuple[Account, Organization]:
        who = await _who_in(tx, organization_id, account_id)
        await rows.insert_session(tx, session, user_agent=client.name, now=now)
        return who

    account, organization = await platform.database.write(organization_id, work)
    grant = Grant(account, organization, session.id, "", session.expires_at)
    return _granted(platform, authenticator, client, grant, said, issuer="", nonce="")


async def _who_in(tx: Transaction, organization_id: int, account_id: int) -> tuple[Account, Organization]:
    account = await store.account(tx, organization_id, account_id)
    organization = await store.organization(tx, organization_id)
    if account is None or organization is None or not account.enabled:
        raise _bad_grant()
    return account, organization


def _granted(
    platform: Platform,
    authenticator: Authenticator,
    client: Client,
    grant: Grant,
    scope: str,
    *,
    issuer: str,
    nonce: str,
) -> Granted:
    now, ttl = platform.clock.now(), platform.config.tokens.access_ttl
    subject = Subject(
        organization_id=grant.organization.id,
        kind=SubjectKind.AGENT,
        id=grant.account.id,
        session_id=grant.session_id,
        role=grant.account.role,
    )
    # Never without a scope: a token without one is the console's.
    token = tokens.issue(authenticator.keys, subject, now=now, ttl=ttl, scope=scope or OPENID)
    identity = None
    if OPENID in scope.split() and issuer:
        claims: dict[str, object] = {
            "iss": issuer,
            "sub": str(grant.account.id),
            "aud": client.code,
            "iat": now // 1000,
            "exp": now // 1000 + _ID_LIFE,
            "sid": str(grant.session_id),
            **({"nonce": nonce} if nonce else {}),
            **(profile(grant.account, grant.organization) if PROFILE in scope.split() else {}),
        }
        identity = authenticator.keys.sign_identity(claims)
    return Granted(token.text, ttl, scope, grant.refresh_token or None, identity)


def profile(account: Account, organization: Organization) -> dict[str, object]:
    """What an application with the scope `profile` learns of a person."""
    return {
        "preferred_username": account.username,
        "role": account.role,
        "organization": organization.slug,
    }


def _proves(verifier: str, challenge: str) -> bool:
    """RFC 7636, 4.6: the challenge is the verifier's hash."""
    if not 43 <= len(verifier) <= 128 or not verifier.isascii():
        return False
    computed = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return compare_digest(computed, challenge)


def _bad_grant() -> OAuthError:
    return OAuthError("invalid_grant", "The grant is not good any more, or was not given to this client.")
