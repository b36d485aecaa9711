"""Signing in with a passkey: it says who one is, and its device has made sure of it."""

from frontdesk.audit import NOBODY, Action, Target, record_in
from frontdesk.auth import store as accounts
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.entering import FirstFactor, enter_in
from frontdesk.auth.passkeys import credentials, store
from frontdesk.auth.passkeys.challenges import answered_in, ask_in
from frontdesk.auth.passkeys.credentials import Json
from frontdesk.auth.passkeys.relying_party import RelyingParty, present
from frontdesk.auth.passkeys.types import Passkey
from frontdesk.auth.rotation import Grant, signed_in
from frontdesk.auth.second_factor.types import NextStep
from frontdesk.auth.types import SignedIn
from frontdesk.core.errors import FrontdeskError, unauthenticated
from frontdesk.core.subject import Origin, Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction


async def ask(
    platform: Platform, authenticator: Authenticator, party: RelyingParty | None, *, address: str
) -> Json:
    """What the browser asks an authenticator for. Slowed down for the address."""
    here = present(party)
    authenticator.throttle.begin_from(address)
    challenge = await platform.database.write(EVERY_ORGANIZATION, lambda tx: ask_in(platform, tx))
    return credentials.request_options(here, challenge)


async def sign_in(
    platform: Platform, authenticator: Authenticator, party: RelyingParty | None, answer: Json, origin: Origin
) -> SignedIn:
    """The session. Raises `unauthenticated`, the same for whatever is wrong; the challenge is used up all the same."""
    here = present(party)
    challenge, name = credentials.challenge_of(answer), credentials.credential_of(answer)

    async def work(tx: Transaction) -> Grant | FrontdeskError:
        asked = await answered_in(platform, tx, challenge)
        key = await store.by_credential(tx, name)
        if key is None:
            return _refused()
        count = credentials.verified_use(here, answer, challenge, key) if asked else None
        account = await accounts.account(tx, key.organization_id, key.account_id)
        organization = await accounts.organization(tx, key.organization_id)
        if count is None or account is None or not account.enabled or organization is None:
            await _record_failure_in(platform, tx, key, origin)
            return _refused()
        if not await store.used(tx, key, sign_count=count, now=platform.clock.now()):
            return _refused()
        first = FirstFactor(organization, account.id, by="passkey", complete=True)
        grant = await enter_in(platform, tx, first, origin)
        return _refused() if isinstance(grant, NextStep) else grant

    grant = await platform.database.write(EVERY_ORGANIZATION, work)
    if isinstance(grant, FrontdeskError):
        raise grant
    authenticator.throttle.succeeded_from(origin.address)
    return signed_in(platform, authenticator, grant)


async def _record_failure_in(platform: Platform, tx: Transaction, key: Passkey, origin: Origin) -> None:
    nobody = Subject(key.organization_id, SubjectKind.AGENT, NOBODY, origin=origin)
    account = await accounts.account(tx, key.organization_id, key.account_id)
    target = Target("account", key.account_id, "" if account is None else account.username)
    await record_in(platform, tx, nobody, Action.SIGN_IN_FAILED, target, by="passkey")


def _refused() -> FrontdeskError:
    return unauthenticated(
        "auth.passkey", "This passkey does not open anything here.", hint="Sign in with your password."
    )
