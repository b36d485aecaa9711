"""Signing in with a password, signing out, changing one's password."""

from typing import Final

import structlog

from frontdesk.auth import passwords, store
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.accounts import normal_username
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.rotation import Grant, hash_token, is_plausible, signed_in
from frontdesk.auth.sessions import revoke_principal_in, revoke_session_in
from frontdesk.auth.store_sessions import RefreshRow
from frontdesk.auth.types import Account, Organization, Session, SignedIn
from frontdesk.core.errors import FrontdeskError, forbidden, invalid, unauthenticated
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction

_MAX_USER_AGENT: Final = 200
logger = structlog.get_logger("frontdesk.auth")


async def sign_in(
    platform: Platform,
    authenticator: Authenticator,
    *,
    organization: str,
    username: str,
    password: str,
    address: str,
    user_agent: str = "",
) -> SignedIn:
    """A new session for an account. Raises `unauthenticated`, the same for whatever is wrong, and `busy` after many."""
    slug, name = organization.strip().lower()[:64], _name(username)
    throttle, key = authenticator.throttle, f"{slug}\n{name}"
    throttle.begin(key, address)

    async def find(reader: Reader) -> tuple[Organization | None, Account | None, str | None]:
        found = await store.organization_by_slug(reader, slug)
        account = None if found is None else await store.account_by_name(reader, found.id, name)
        if account is None:
            return found, None, None
        return found, account, await store.password_hash(reader, account.organization_id, account.id)

    found, account, hashed = await platform.database.read(EVERY_ORGANIZATION, find)
    right = await passwords.matches(hashed, password)
    if not right or found is None or account is None or not account.enabled:
        logger.warning("auth.sign-in.refused", organization=slug, address=address)
        raise _wrong()
    throttle.succeeded(key, address)
    now = platform.clock.now()
    expires_at = now + platform.config.tokens.refresh_ttl * 1000
    session = Session(platform.ids.new(), found.id, account.id, SubjectKind.AGENT, 0, expires_at, None)
    refresh_token = new_secret()

    async def work(tx: Transaction) -> Account:
        # What was read before the hashing may have changed meanwhile: a session must not outlive what it was given for.
        current = await store.account(tx, found.id, account.id)
        if current is None or not current.enabled:
            raise _wrong()
        if await store.password_hash(tx, found.id, account.id) != hashed:
            raise _wrong()
        await rows.drop_expired_refresh(tx, now=now)
        await rows.insert_session(tx, session, user_agent=user_agent[:_MAX_USER_AGENT], now=now)
        row = RefreshRow(hash_token(refresh_token), session.id, found.id, None, expires_at, None, None)
        await rows.insert_refresh(tx, row, now=now)
        return current

    current = await platform.database.write(found.id, work)
    return signed_in(platform, authenticator, Grant(current, found, session.id, refresh_token, expires_at))


async def sign_out(platform: Platform, refresh_token: str) -> None:
    """End the session of this refresh token, used or not; a token that is not ours changes nothing."""
    if not is_plausible(refresh_token):
        return

    async def work(tx: Transaction) -> None:
        row = await rows.refresh_by_hash(tx, hash_token(refresh_token))
        session = None if row is None else await rows.session(tx, row.organization_id, row.session_id)
        if session is not None:
            await revoke_session_in(platform, tx, session.organization_id, session.id, session.principal_id)

    await platform.database.write(EVERY_ORGANIZATION, work)


async def end_session(platform: Platform, subject: Subject) -> None:
    """End the session that the subject acts in."""

    async def work(tx: Transaction) -> None:
        await revoke_session_in(platform, tx, subject.organization_id, subject.session_id, subject.id)

    await platform.database.write(subject.organization_id, work)


async def change_password(
    platform: Platform, authenticator: Authenticator, subject: Subject, *, old: str, new: str, address: str
) -> None:
    """Change one's own password. Every other session of the account ends at once; this one goes on."""
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("auth.no-password", "Only agents have a password.")
    key = f"\n{subject.id}"
    authenticator.throttle.begin(key, address)
    organization_id = subject.organization_id
    hashed = await platform.database.read(
        organization_id, lambda reader: store.password_hash(reader, organization_id, subject.id)
    )
    if not await passwords.matches(hashed, old):
        raise invalid("auth.password-wrong", "The old password is not right.", hint="Type it again.")
    authenticator.throttle.succeeded(key, address)
    fresh = await passwords.hash_password(new)

    async def work(tx: Transaction) -> None:
        if await store.password_hash(tx, organization_id, subject.id) != hashed:
            raise invalid("auth.password-wrong", "The old password is not right.", hint="Type it again.")
        await _replace_password_in(platform, tx, subject, fresh)

    await platform.database.write(organization_id, work)


async def _replace_password_in(
    platform: Platform, tx: Transaction, subject: Subject, fresh: passwords.PasswordHash
) -> None:
    await store.set_password_hash(tx, subject.organization_id, subject.id, fresh.text)
    await revoke_principal_in(
        platform, tx, subject.organization_id, SubjectKind.AGENT, subject.id, keep=subject.session_id
    )


def _name(username: str) -> str:
    try:
        return normal_username(username)
    except FrontdeskError:
        return ""  # nobody's name: refused like any other stranger's


def _wrong() -> FrontdeskError:
    return unauthenticated(
        "auth.credentials",
        "The organization, the user name or the password is not right.",
        hint="Check all three and try again.",
    )
