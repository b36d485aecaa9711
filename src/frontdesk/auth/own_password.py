"""One's own password: shown once more before what matters, and changed."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import passwords, store
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.policy import choose_password
from frontdesk.auth.sessions import check_console_in, revoke_principal_in
from frontdesk.auth.store_resets import drop as drop_resets
from frontdesk.auth.types import Account
from frontdesk.core.errors import FrontdeskError, forbidden, invalid
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Transaction


async def confirm_password(
    platform: Platform, authenticator: Authenticator, subject: Subject, password: str
) -> tuple[Account, str]:
    """The account and the hash of its password, if this is it. Guesses are slowed down as at the sign-in.

    Raises `invalid` for another one, and `forbidden` for whoever has none and for applications.
    """
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("auth.no-password", "Only agents have a password.")
    key, address = f"\n{subject.id}", subject.origin.address
    authenticator.throttle.begin(key, address)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> tuple[Account | None, str | None]:
        await check_console_in(reader, subject)
        return (
            await store.account(reader, organization_id, subject.id),
            await store.password_hash(reader, organization_id, subject.id),
        )

    account, hashed = await platform.database.read(organization_id, read)
    right = await passwords.matches(hashed, password)
    if not right or account is None or hashed is None:
        raise _wrong()
    authenticator.throttle.succeeded(key, address)
    return account, hashed


async def change_password(
    platform: Platform, authenticator: Authenticator, subject: Subject, *, old: str, new: str
) -> None:
    """Change one's own password. Every other session of the account ends at once; this one goes on."""
    account, hashed = await confirm_password(platform, authenticator, subject, old)
    organization_id = subject.organization_id
    fresh = await choose_password(platform, organization_id, account.username, new)

    async def work(tx: Transaction) -> None:
        if await store.password_hash(tx, organization_id, subject.id) != hashed:
            raise _wrong()
        await store.set_password_hash(tx, organization_id, subject.id, fresh.text)
        await drop_resets(tx, organization_id, subject.id)
        await revoke_principal_in(
            platform, tx, organization_id, SubjectKind.AGENT, subject.id, keep=subject.session_id
        )
        await record_in(platform, tx, subject, Action.PASSWORD_CHANGED, Target("account", subject.id))

    await platform.database.write(organization_id, work)


def _wrong() -> FrontdeskError:
    return invalid("auth.password-wrong", "The present password is not right.", hint="Type it again.")
