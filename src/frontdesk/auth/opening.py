"""Opening the session of somebody who has shown who they are, in whatever way."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.rotation import Grant, hash_token
from frontdesk.auth.store_sessions import RefreshRow
from frontdesk.auth.types import Account, Organization, Session
from frontdesk.core.subject import Origin, Subject, SubjectKind
from frontdesk.platform import Platform, Transaction


async def open_session_in(
    platform: Platform,
    tx: Transaction,
    account: Account,
    organization: Organization,
    *,
    refresh_token: str,
    origin: Origin,
    by: str = "",
) -> Grant:
    """A new session of the account at the console, told in the audit log; `by` is what let it in, unless a password.

    The account is what this transaction has read: enabled, and let in for what still holds.
    """
    now = platform.clock.now()
    expires_at = now + platform.config.tokens.refresh_ttl * 1000
    session = Session(platform.ids.new(), organization.id, account.id, SubjectKind.AGENT, 0, expires_at, None)
    await rows.drop_expired_refresh(tx, now=now)
    await rows.insert_session(tx, session, user_agent=origin.user_agent, now=now, address=origin.address)
    row = RefreshRow(hash_token(refresh_token), session.id, organization.id, None, expires_at, None, None)
    await rows.insert_refresh(tx, row, now=now)
    subject = Subject(organization.id, SubjectKind.AGENT, account.id, session.id, account.role, origin=origin)
    target, facts = Target("account", account.id, account.username), {"by": by} if by else {}
    await record_in(platform, tx, subject, Action.SIGNED_IN, target, **facts)
    return Grant(account, organization, session.id, refresh_token, expires_at)
