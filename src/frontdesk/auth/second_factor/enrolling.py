"""Setting up an authenticator app, taking it out of use, and helping a colleague who has lost it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store as accounts
from frontdesk.auth import store_policy
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.own_password import confirm_password
from frontdesk.auth.passkeys import store as passkeys
from frontdesk.auth.permissions import Permission, require
from frontdesk.auth.roles import may_grant_in
from frontdesk.auth.second_factor import recovery, store, totp
from frontdesk.auth.second_factor.checking import check_in
from frontdesk.auth.second_factor.types import Offer, SecondFactorStatus
from frontdesk.auth.sessions import check_console_in, revoke_principal_in
from frontdesk.auth.types import Account
from frontdesk.core.errors import FrontdeskError, conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.qr import qr_code

_T = TypeVar("_T")


async def get_status(platform: Platform, subject: Subject, account_id: int) -> SecondFactorStatus:
    """One's own, or for who manages staff, an agent's."""
    _check(subject, account_id)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> SecondFactorStatus:
        await check_console_in(reader, subject)
        if await accounts.account(reader, organization_id, account_id) is None:
            raise not_found("agent")
        app = await store.totp(reader, organization_id, account_id)
        since = None if app is None else app.confirmed_at
        left = await store.codes_left(reader, organization_id, account_id)
        policy = await store_policy.policy(reader, organization_id)
        keys = await passkeys.count(reader, organization_id, account_id)
        return SecondFactorStatus(since is not None, since, left, policy.second_factor, keys)

    return await platform.database.read(organization_id, read)


async def offer_in(platform: Platform, tx: Transaction, account: Account) -> Offer:
    """A secret for an app, which is not in use before a code of it was shown. One that was offered before is worth
    nothing then. Raises `conflict` when an app is in use.
    """
    app = await store.totp(tx, account.organization_id, account.id)
    if app is not None and app.confirmed_at is not None:
        raise conflict(
            "auth.second-factor-on", "An authenticator app is in use already.", hint="Turn it off first."
        )
    secret = totp.new_secret()
    await store.offer(tx, account.organization_id, account.id, secret, now=platform.clock.now())
    organization = await accounts.organization(tx, account.organization_id)
    name = "Frontdesk" if organization is None else organization.name
    text = totp.address(secret, organization=name, username=account.username)
    return Offer(secret, text, qr_code(text))


async def confirm_in(
    platform: Platform, tx: Transaction, subject: Subject, account: Account, code: str
) -> list[str] | None:
    """Take the offered app into use by a code of it, and return the recovery codes. None: the code is wrong."""
    organization_id, now = account.organization_id, platform.clock.now()
    app = await store.totp(tx, organization_id, account.id)
    if app is None or app.confirmed_at is not None:
        raise conflict(
            "auth.second-factor-offer", "No authenticator app is being set up.", hint="Begin again."
        )
    step = totp.matching_step(app.secret, recovery.plain(code), now=now, after=0)
    if step is None:
        return None
    await store.confirm(tx, organization_id, account.id, step=step, now=now)
    await record_in(platform, tx, subject, Action.SECOND_FACTOR_ENABLED, _target(account))
    return await _new_codes_in(tx, account)


async def offer(
    platform: Platform, authenticator: Authenticator, subject: Subject, *, password: str
) -> Offer:
    """The same for one's own account, by its password."""
    await confirm_password(platform, authenticator, subject, password)

    async def work(tx: Transaction) -> Offer:
        return await offer_in(platform, tx, await _own_in(tx, subject))

    return await platform.database.write(subject.organization_id, work)


async def confirm(platform: Platform, subject: Subject, code: str) -> list[str]:
    """Take one's own app into use, and get the recovery codes, which nothing tells again."""

    async def work(tx: Transaction) -> list[str] | None:
        return await confirm_in(platform, tx, subject, await _own_in(tx, subject), code)

    codes = await platform.database.write(subject.organization_id, work)
    if codes is None:
        raise wrong_code()
    return codes


async def renew_codes(
    platform: Platform, authenticator: Authenticator, subject: Subject, *, password: str, code: str
) -> list[str]:
    """Ten other recovery codes, by password and code; the former ones are worth nothing."""
    await confirm_password(platform, authenticator, subject, password)

    async def change(tx: Transaction, account: Account) -> list[str]:
        await record_in(platform, tx, subject, Action.RECOVERY_CODES_RENEWED, _target(account))
        return await _new_codes_in(tx, account)

    return await _with_code(platform, subject, code, change)


async def disable(
    platform: Platform, authenticator: Authenticator, subject: Subject, *, password: str, code: str
) -> None:
    """Sign in by the password alone from now on; by password and code. Raises `conflict` where the organization asks for a
    second factor.
    """
    await confirm_password(platform, authenticator, subject, password)

    async def change(tx: Transaction, account: Account) -> None:
        if (await store_policy.policy(tx, subject.organization_id)).second_factor:
            raise conflict(
                "auth.second-factor-required",
                "Your organization asks for a second factor.",
                hint="To move to another device, ask an administrator to reset it.",
            )
        await store.remove(tx, account.organization_id, account.id)
        await record_in(platform, tx, subject, Action.SECOND_FACTOR_DISABLED, _target(account))

    await _with_code(platform, subject, code, change)


async def reset(platform: Platform, subject: Subject, account_id: int) -> None:
    """Take a colleague's app and passkeys away, for whom they are lost: the next sign-in is by the password alone, or sets
    up another one where the organization asks for it. Every session of theirs ends. A repeat changes nothing.
    """
    require(subject, Permission.STAFF_MANAGE)
    if account_id == subject.id:
        raise forbidden(
            "auth.second-factor-own",
            "Your own second factor is turned off with a code.",
            hint="Use a recovery code, or ask another administrator.",
        )
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        await check_console_in(tx, subject)
        account = await accounts.account(tx, organization_id, account_id)
        if account is None:
            raise not_found("agent")
        await may_grant_in(tx, subject, account.role)
        apps = await store.remove(tx, organization_id, account_id)
        if apps + await passkeys.remove_all(tx, organization_id, account_id):
            await revoke_principal_in(platform, tx, organization_id, SubjectKind.AGENT, account_id)
            await record_in(platform, tx, subject, Action.SECOND_FACTOR_RESET, _target(account))

    await platform.database.write(organization_id, work)


async def proven_in(
    platform: Platform, tx: Transaction, subject: Subject, code: str
) -> FrontdeskError | None:
    """Why the code does not do, to be raised once this is committed. Where no app is in use none is asked for."""
    app = await store.totp(tx, subject.organization_id, subject.id)
    if app is None or app.confirmed_at is None:
        return None
    by = await check_in(tx, app, code, now=platform.clock.now())
    if isinstance(by, FrontdeskError):
        return by
    return wrong_code() if by is None else None


def wrong_code() -> FrontdeskError:
    return invalid(
        "auth.code-wrong",
        "This code is not right.",
        hint="Wait for the next one; the clock of the device must be right.",
    )


async def _with_code(
    platform: Platform, subject: Subject, code: str, change: Callable[[Transaction, Account], Awaitable[_T]]
) -> _T:
    """A change that needs a right code, in its transaction. That a code was wrong is kept, too."""

    async def work(tx: Transaction) -> _T | FrontdeskError:
        account = await _own_in(tx, subject)
        app = await store.totp(tx, subject.organization_id, subject.id)
        if app is None or app.confirmed_at is None:
            raise conflict(
                "auth.second-factor-off", "No authenticator app is in use.", hint="Set one up first."
            )
        by = await check_in(tx, app, code, now=platform.clock.now())
        if by is None or isinstance(by, FrontdeskError):
            return by or wrong_code()
        return await change(tx, account)

    done = await platform.database.write(subject.organization_id, work)
    if isinstance(done, FrontdeskError):
        raise done
    return done


async def _own_in(tx: Transaction, subject: Subject) -> Account:
    _check(subject, subject.id)
    await check_console_in(tx, subject)
    account = await accounts.account(tx, subject.organization_id, subject.id)
    if account is None:
        raise not_found("account")
    return account


async def _new_codes_in(tx: Transaction, account: Account) -> list[str]:
    codes = recovery.new_codes()
    hashes = [recovery.hash_code(account.id, code) for code in codes]
    await store.put_codes(tx, account.organization_id, account.id, hashes)
    return codes


def _check(subject: Subject, account_id: int) -> None:
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("auth.agents-only", "Only agents sign in here.")
    if account_id != subject.id:
        require(subject, Permission.STAFF_MANAGE)


def _target(account: Account) -> Target:
    return Target("account", account.id, account.username)
