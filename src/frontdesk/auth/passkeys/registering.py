"""One's own passkeys: adding, naming, removing."""

from collections.abc import Sequence

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store as accounts
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.own_password import confirm_password
from frontdesk.auth.passkeys import credentials, store
from frontdesk.auth.passkeys.challenges import answered_in, ask_in
from frontdesk.auth.passkeys.credentials import Json
from frontdesk.auth.passkeys.relying_party import RelyingParty, present
from frontdesk.auth.passkeys.types import MAX_NAME, MOST, Passkey
from frontdesk.auth.second_factor.enrolling import proven_in
from frontdesk.auth.sessions import check_console_in
from frontdesk.core.errors import FrontdeskError, conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction


async def list_passkeys(platform: Platform, subject: Subject) -> Sequence[Passkey]:
    """One's own, the oldest first."""
    organization_id = _organization_of(subject)

    async def read(reader: Reader) -> Sequence[Passkey]:
        await check_console_in(reader, subject)
        return await store.of_account(reader, organization_id, subject.id)

    return await platform.database.read(organization_id, read)


async def begin(
    platform: Platform,
    authenticator: Authenticator,
    subject: Subject,
    party: RelyingParty | None,
    *,
    password: str,
    code: str,
) -> Json:
    """What the browser asks the authenticator for. By the password, and a code where an authenticator app is in use: a
    passkey is as good as both.
    """
    organization_id, here = _organization_of(subject), present(party)
    account, _ = await confirm_password(platform, authenticator, subject, password)

    async def work(tx: Transaction) -> Json | FrontdeskError:
        await check_console_in(tx, subject)
        refused = await proven_in(platform, tx, subject, code)
        if refused is not None:
            return refused
        known = list(await store.of_account(tx, organization_id, subject.id))
        if len(known) >= MOST:
            raise conflict(
                "auth.too-many-passkeys", f"An account has at most {MOST} passkeys.", hint="Remove one first."
            )
        organization = await accounts.organization(tx, organization_id)
        challenge = await ask_in(platform, tx, organization_id=organization_id, account_id=subject.id)
        name = "Frontdesk" if organization is None else organization.name
        return credentials.creation_options(here, account, name, challenge, known)

    options = await platform.database.write(organization_id, work)
    if isinstance(options, FrontdeskError):
        raise options
    return options


async def finish(
    platform: Platform, subject: Subject, party: RelyingParty | None, *, name: str, answer: Json
) -> Passkey:
    """Keep the key that the authenticator has made. A challenge is used up by whatever answers it."""
    organization_id, here = _organization_of(subject), present(party)
    name = clean_line(name, field="name", limit=MAX_NAME, required=True)
    challenge = credentials.challenge_of(answer)
    made = credentials.verified_creation(here, answer, challenge)

    async def work(tx: Transaction) -> Passkey | FrontdeskError:
        await check_console_in(tx, subject)
        asked = await answered_in(
            platform, tx, challenge, organization_id=organization_id, account_id=subject.id
        )
        if not asked or made is None or await store.by_credential(tx, made.credential) is not None:
            return _not_made()
        key = Passkey(
            platform.ids.new(), organization_id, subject.id, made.credential, made.public_key, made.sign_count,
            name, platform.clock.now(), None,
        )  # fmt: skip
        await store.insert(tx, key)
        await record_in(platform, tx, subject, Action.PASSKEY_ADDED, Target("passkey", key.id, name))
        return key

    kept = await platform.database.write(organization_id, work)
    if isinstance(kept, FrontdeskError):
        raise kept
    return kept


async def rename(platform: Platform, subject: Subject, passkey_id: int, name: str) -> None:
    organization_id = _organization_of(subject)
    name = clean_line(name, field="name", limit=MAX_NAME, required=True)

    async def work(tx: Transaction) -> None:
        await check_console_in(tx, subject)
        if not await store.rename(tx, organization_id, subject.id, passkey_id, name):
            raise not_found("passkey")

    await platform.database.write(organization_id, work)


async def remove(platform: Platform, subject: Subject, passkey_id: int) -> None:
    """It signs nobody in any more; sessions that it has opened go on."""
    organization_id = _organization_of(subject)

    async def work(tx: Transaction) -> None:
        await check_console_in(tx, subject)
        keys = await store.of_account(tx, organization_id, subject.id)
        key = next((each for each in keys if each.id == passkey_id), None)
        if key is None:
            raise not_found("passkey")
        await store.remove(tx, organization_id, subject.id, passkey_id)
        await record_in(platform, tx, subject, Action.PASSKEY_REMOVED, Target("passkey", key.id, key.name))

    await platform.database.write(organization_id, work)


def _organization_of(subject: Subject) -> int:
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("auth.agents-only", "Only agents sign in here.")
    return subject.organization_id


def _not_made() -> FrontdeskError:
    return invalid("auth.passkey-not-made", "This passkey cannot be kept.", hint="Begin again.")
