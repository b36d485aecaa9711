"""Where an account is signed in, and ending it: one's own sessions, and for who manages staff, an agent's."""

from collections.abc import Sequence

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.permissions import Permission, require
from frontdesk.auth.roles import may_grant_in
from frontdesk.auth.sessions import check_console_in, revoke_principal_in, revoke_session_in
from frontdesk.auth.types import Account, Device
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Transaction


async def list_devices(platform: Platform, subject: Subject, account_id: int) -> Sequence[Device]:
    """The standing sessions of an account, the one used last first. `last_seen_at` is the last renewal, minutes exact."""
    _check(subject, account_id)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Sequence[Device]:
        await check_console_in(reader, subject)
        if await store.account(reader, organization_id, account_id) is None:
            raise not_found("agent")
        return await rows.devices(reader, organization_id, account_id, now=platform.clock.now())

    return await platform.database.read(organization_id, read)


async def end_device(platform: Platform, subject: Subject, account_id: int, session_id: int) -> None:
    """End one session of the account, at once and everywhere. A repeat changes nothing."""
    _check(subject, account_id)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        await check_console_in(tx, subject)
        session = await rows.session(tx, organization_id, session_id)
        account = await store.account(tx, organization_id, account_id)
        if session is None or session.kind is not SubjectKind.AGENT or session.principal_id != account_id:
            raise not_found("session")
        await _check_rank(tx, subject, account)
        if account is None or not session.is_live(platform.clock.now()):
            return
        await revoke_session_in(platform, tx, organization_id, session_id, account_id)
        target = Target("account", account_id, account.username)
        await record_in(platform, tx, subject, Action.SESSION_ENDED, target, session=str(session_id))

    await platform.database.write(organization_id, work)


async def end_others(platform: Platform, subject: Subject) -> None:
    """Sign out everywhere else: every session of one's own ends, applications' too; this one goes on."""
    await _end_all(platform, subject, subject.id, keep=subject.session_id)


async def end_all(platform: Platform, subject: Subject, account_id: int) -> None:
    """Sign an agent out everywhere; of one's own sessions, this one too."""
    await _end_all(platform, subject, account_id, keep=0)


async def _end_all(platform: Platform, subject: Subject, account_id: int, *, keep: int) -> None:
    _check(subject, account_id)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        await check_console_in(tx, subject)
        account = await store.account(tx, organization_id, account_id)
        if account is None:
            raise not_found("agent")
        await _check_rank(tx, subject, account)
        await revoke_principal_in(platform, tx, organization_id, SubjectKind.AGENT, account_id, keep=keep)
        target = Target("account", account_id, account.username)
        await record_in(platform, tx, subject, Action.SESSIONS_ENDED, target)

    await platform.database.write(organization_id, work)


def _check(subject: Subject, account_id: int) -> None:
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("auth.agents-only", "Only agents have sessions to look at.")
    if account_id != subject.id:
        require(subject, Permission.STAFF_MANAGE)


async def _check_rank(reader: Reader, subject: Subject, account: Account | None) -> None:
    """Nobody signs out who may do more than they may themselves."""
    if account is not None and account.id != subject.id:
        await may_grant_in(reader, subject, account.role)
