"""From a first factor that was right to a session, by way of a second one where there is one or must be one.

    first factor ──┬────────────────────────────────▶ session
                   ├─▶ step `code` ─ right code ────▶ session
                   ├─▶ step `enrolment` ─ offer ─ right code ─▶ session, with recovery codes
                   └─▶ `passkey`: nothing to go on with, a passkey signs in by itself

A step is a row under the hash of a secret that only its browser has; it ends when the account's sessions are ended.
"""

from dataclasses import dataclass
from typing import Final

from frontdesk.audit import NOBODY, Action, Target, record_in
from frontdesk.auth import store, store_policy
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.opening import open_session_in
from frontdesk.auth.passkeys import store as passkeys
from frontdesk.auth.rotation import Grant, hash_token, is_plausible, signed_in
from frontdesk.auth.second_factor import store as factors
from frontdesk.auth.second_factor.checking import check_in
from frontdesk.auth.second_factor.enrolling import confirm_in, offer_in
from frontdesk.auth.second_factor.types import Needs, NextStep, Offer, Step
from frontdesk.auth.types import Account, Organization, SignedIn
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Origin, Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

_STEP_LIFE: Final[Millis] = 15 * 60_000  # long enough to install an app


@dataclass(frozen=True, slots=True)
class FirstFactor:
    """Who has shown who they are, how (for the audit log), and whether that was two factors in one already."""

    organization: Organization
    account_id: int
    by: str
    complete: bool = False


async def enter_in(
    platform: Platform, tx: Transaction, first: FirstFactor, origin: Origin
) -> Grant | NextStep:
    """The session that the first factor opens, or what it still needs. Raises `unauthenticated` for an account that may
    not sign in any more.
    """
    account = await _standing_in(tx, first.organization.id, first.account_id)
    needs = None if first.complete else await _needs_in(tx, account)
    if needs is None:
        return await _open_in(platform, tx, account, first.organization, origin, by=first.by)
    now = platform.clock.now()
    if needs is Needs.PASSKEY:
        return NextStep(needs, "", now)
    continuation, expires_at = new_secret(), now + _STEP_LIFE
    step = Step(hash_token(continuation), account.organization_id, account.id, needs, expires_at)
    await factors.insert_step(tx, step, now=now)
    return NextStep(needs, continuation, expires_at)


async def _needs_in(tx: Transaction, account: Account) -> Needs | None:
    app = await factors.totp(tx, account.organization_id, account.id)
    if app is not None and app.confirmed_at is not None:
        return Needs.CODE
    required = (await store_policy.policy(tx, account.organization_id)).second_factor
    if not required:
        return None
    keys = await passkeys.count(tx, account.organization_id, account.id)
    return Needs.PASSKEY if keys else Needs.ENROLMENT


async def show_code(
    platform: Platform, authenticator: Authenticator, continuation: str, code: str, origin: Origin
) -> SignedIn:
    """The session, by a code of the app or a recovery code. Raises `unauthenticated`, the same for a wrong code and for one
    that was used before, and `busy` after many.
    """

    async def work(tx: Transaction) -> Grant | FrontdeskError:
        account, organization = await _step_in(platform, tx, continuation, Needs.CODE)
        app = await factors.totp(tx, account.organization_id, account.id)
        if app is None or app.confirmed_at is None:
            raise _over()
        by = await check_in(tx, app, code, now=platform.clock.now())
        if isinstance(by, FrontdeskError):
            return by
        if by is None:
            nobody = Subject(account.organization_id, SubjectKind.AGENT, NOBODY, origin=origin)
            target = Target("account", account.id, account.username)
            await record_in(platform, tx, nobody, Action.SIGN_IN_FAILED, target, by="code")
            return _wrong_code()
        await factors.drop_step(tx, hash_token(continuation))
        return await _open_in(platform, tx, account, organization, origin, by=by.value)

    grant = await platform.database.write(EVERY_ORGANIZATION, work)
    if isinstance(grant, FrontdeskError):
        raise grant
    return signed_in(platform, authenticator, grant)


async def offer_app(platform: Platform, continuation: str) -> Offer:
    """What an authenticator app needs, for somebody whose organization asks for one before anything else."""

    async def work(tx: Transaction) -> Offer:
        account, _ = await _step_in(platform, tx, continuation, Needs.ENROLMENT)
        return await offer_in(platform, tx, account)

    return await platform.database.write(EVERY_ORGANIZATION, work)


async def confirm_app(
    platform: Platform, authenticator: Authenticator, continuation: str, code: str, origin: Origin
) -> tuple[SignedIn, list[str]]:
    """The session and the recovery codes, by a code of the app that was offered."""

    async def work(tx: Transaction) -> tuple[Grant, list[str]] | None:
        account, organization = await _step_in(platform, tx, continuation, Needs.ENROLMENT)
        subject = Subject(account.organization_id, SubjectKind.AGENT, account.id, origin=origin)
        codes = await confirm_in(platform, tx, subject, account, code)
        if codes is None:
            return None
        await factors.drop_step(tx, hash_token(continuation))
        return await _open_in(platform, tx, account, organization, origin, by="enrolment"), codes

    done = await platform.database.write(EVERY_ORGANIZATION, work)
    if done is None:
        raise _wrong_code()
    return signed_in(platform, authenticator, done[0]), done[1]


async def _open_in(
    platform: Platform,
    tx: Transaction,
    account: Account,
    organization: Organization,
    origin: Origin,
    *,
    by: str,
) -> Grant:
    return await open_session_in(
        platform, tx, account, organization, refresh_token=new_secret(), origin=origin, by=by
    )


async def _step_in(
    platform: Platform, tx: Transaction, continuation: str, needs: Needs
) -> tuple[Account, Organization]:
    step = await factors.step_by_hash(tx, hash_token(continuation)) if is_plausible(continuation) else None
    if step is None or step.needs is not needs or platform.clock.now() >= step.expires_at:
        raise _over()
    organization = await store.organization(tx, step.organization_id)
    if organization is None:
        raise _over()
    return await _standing_in(tx, step.organization_id, step.account_id), organization


async def _standing_in(tx: Transaction, organization_id: int, account_id: int) -> Account:
    account = await store.account(tx, organization_id, account_id)
    if account is None or not account.enabled:
        raise _over()
    return account


def _over() -> FrontdeskError:
    return unauthenticated("auth.sign-in-over", "This sign-in took too long.", hint="Begin again.")


def _wrong_code() -> FrontdeskError:
    return unauthenticated(
        "auth.code-wrong",
        "This code is not right.",
        hint="Wait for the next one; the clock of the device must be right.",
    )
