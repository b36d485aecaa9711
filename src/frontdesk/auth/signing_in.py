"""Signing in with a password, and signing out."""

import structlog

from frontdesk.audit import NOBODY, Action, Target, record_in
from frontdesk.auth import passwords, store
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.accounts import normal_username
from frontdesk.auth.authenticator import Authenticator, clean_user_agent
from frontdesk.auth.entering import FirstFactor, enter_in
from frontdesk.auth.rotation import Grant, hash_token, is_plausible, signed_in
from frontdesk.auth.second_factor.types import NextStep
from frontdesk.auth.sessions import revoke_session_in
from frontdesk.auth.types import Account, Organization, SignedIn
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.core.subject import NOWHERE, Origin, Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction

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
) -> SignedIn | NextStep:
    """A new session for an account, or what is needed besides the password.

    Raises `unauthenticated`, the same for whatever is wrong, and `busy` after many.
    """
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
    origin = Origin(address, clean_user_agent(user_agent))
    if not right or found is None or account is None or not account.enabled:
        logger.warning("auth.sign-in.refused", organization=slug, address=address)
        if found is not None:
            await _record_failure(platform, found, account, origin)
        raise _wrong()
    throttle.succeeded(key, address)
    first = FirstFactor(found, account.id, by="password")

    async def work(tx: Transaction) -> Grant | NextStep:
        # What was read before the hashing may have changed meanwhile: a session must not outlive what it was given for.
        if await store.password_hash(tx, found.id, account.id) != hashed:
            raise _wrong()
        return await enter_in(platform, tx, first, origin)

    entered = await platform.database.write(found.id, work)
    return entered if isinstance(entered, NextStep) else signed_in(platform, authenticator, entered)


async def _record_failure(
    platform: Platform, organization: Organization, account: Account | None, origin: Origin
) -> None:
    """A sign-in was refused. A name that is no account's is not kept: people type passwords into the wrong field."""
    target = Target("account", 0) if account is None else Target("account", account.id, account.username)
    subject = Subject(organization.id, SubjectKind.AGENT, NOBODY, origin=origin)
    await platform.database.write(
        organization.id, lambda tx: record_in(platform, tx, subject, Action.SIGN_IN_FAILED, target)
    )


async def sign_out(platform: Platform, refresh_token: str, origin: Origin = NOWHERE) -> None:
    """End the session of this refresh token, used or not; a token that is not ours changes nothing."""
    if not is_plausible(refresh_token):
        return

    async def work(tx: Transaction) -> None:
        row = await rows.refresh_by_hash(tx, hash_token(refresh_token))
        session = None if row is None else await rows.session(tx, row.organization_id, row.session_id)
        if session is not None:
            subject = Subject(
                session.organization_id, SubjectKind.AGENT, session.principal_id, session.id, origin=origin
            )
            await _end_in(platform, tx, subject)

    await platform.database.write(EVERY_ORGANIZATION, work)


async def end_session(platform: Platform, subject: Subject) -> None:
    """End the session that the subject acts in."""
    await platform.database.write(subject.organization_id, lambda tx: _end_in(platform, tx, subject))


async def _end_in(platform: Platform, tx: Transaction, subject: Subject) -> None:
    session = await rows.session(tx, subject.organization_id, subject.session_id)
    await revoke_session_in(platform, tx, subject.organization_id, subject.session_id, subject.id)
    if session is not None and session.revoked_at is None and subject.kind is SubjectKind.AGENT:
        await record_in(platform, tx, subject, Action.SIGNED_OUT, Target("account", subject.id))


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
