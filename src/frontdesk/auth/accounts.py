"""Accounts: making them, finding them, and changes that end sessions."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store
from frontdesk.auth.passwords import PasswordHash
from frontdesk.auth.policy import choose_password
from frontdesk.auth.sessions import revoke_principal_in
from frontdesk.auth.store_resets import drop as drop_resets
from frontdesk.auth.types import MAX_EMAIL, MAX_USERNAME, Account
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction

# ASCII only, so that no address can look like another one.
_EMAIL: Final = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)


async def create_account_in(  # noqa: PLR0917  a row of the account table, in its order
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    username: str,
    password: PasswordHash | None,
    role: str,
    email: str = "",
) -> int:
    """A new enabled account; its id is the agent's id. Without a password nobody can sign in with it (bots).

    Raises `conflict` when the user name or the e-mail address is taken.
    """
    name = normal_username(username)
    if await store.account_by_name(tx, organization_id, name) is not None:
        raise conflict(
            "auth.username-taken", f"There is an account {name} already.", hint="Choose another user name."
        )
    address = normal_email(email)
    await _check_email(tx, organization_id, address)
    account = Account(
        id=platform.ids.new(),
        organization_id=organization_id,
        username=name,
        role=role,
        enabled=True,
        created_at=platform.clock.now(),
        email=address,
    )
    await store.insert_account(tx, account, password_hash=None if password is None else password.text)
    return account.id


async def find_account(reader: Reader, organization_id: int, account_id: int) -> Account | None:
    return await store.account(reader, organization_id, account_id)


async def find_account_by_email(reader: Reader, organization_id: int, email: str) -> Account | None:
    """The account that has this address, in whatever case it is written; nobody has an empty one."""
    return await store.account_by_email(reader, organization_id, email.strip().lower())


async def find_account_by_name(reader: Reader, organization_id: int, username: str) -> Account | None:
    """The account that has this user name, spelled as `normal_username` has it."""
    return await store.account_by_name(reader, organization_id, username)


async def set_email_in(tx: Transaction, organization_id: int, account_id: int, email: str) -> None:
    """Give the account an e-mail address, or none. Raises `conflict` when another account has it. Who may is the
    caller's to ask: whoever has the address may be let in by it.
    """
    address = normal_email(email)
    await _check_email(tx, organization_id, address, besides=account_id)
    if not await store.set_email(tx, organization_id, account_id, address):
        raise not_found("account")


async def find_accounts(reader: Reader, organization_id: int) -> Sequence[Account]:
    """Every account of the organization, enabled or not, in the order of their creation."""
    return await store.accounts(reader, organization_id)


async def set_password(platform: Platform, subject: Subject, account_id: int, password: str) -> None:
    """Give an account a new password and end every session of it at once. Who may is the caller's to ask.

    Raises an `invalid` error for a password that the organization does not take.
    """
    organization_id = subject.organization_id
    account = await platform.database.read(
        organization_id, lambda reader: store.account(reader, organization_id, account_id)
    )
    if account is None:
        raise not_found("account")
    hashed = await choose_password(platform, organization_id, account.username, password)

    async def work(tx: Transaction) -> None:
        await set_password_in(platform, tx, organization_id, account_id, hashed)
        target = Target("account", account_id, account.username)
        await record_in(platform, tx, subject, Action.PASSWORD_RESET, target)

    await platform.database.write(organization_id, work)


async def set_password_in(
    platform: Platform, tx: Transaction, organization_id: int, account_id: int, hashed: PasswordHash
) -> None:
    if not await store.set_password_hash(tx, organization_id, account_id, hashed.text):
        raise not_found("account")
    await drop_resets(tx, organization_id, account_id)
    await revoke_principal_in(platform, tx, organization_id, SubjectKind.AGENT, account_id)


async def set_enabled_in(
    platform: Platform, tx: Transaction, organization_id: int, account_id: int, *, enabled: bool
) -> None:
    """Let the account sign in, or not any more: then its sessions end at once."""
    if not await store.set_enabled(tx, organization_id, account_id, enabled=enabled):
        raise not_found("account")
    if not enabled:
        await revoke_principal_in(platform, tx, organization_id, SubjectKind.AGENT, account_id)


def normal_email(email: str) -> str:
    """In lower case, without white space around. Raises an `invalid` error for what cannot be an address."""
    address = email.strip().lower()
    if address and (len(address) > MAX_EMAIL or not _EMAIL.fullmatch(address)):
        raise invalid(
            "auth.email",
            "This is no e-mail address.",
            hint="For example: mei@example.com.",
            details={"field": "email"},
        )
    return address


async def _check_email(reader: Reader, organization_id: int, address: str, *, besides: int = 0) -> None:
    known = await store.account_by_email(reader, organization_id, address)
    if known is not None and known.id != besides:
        raise conflict(
            "auth.email-taken",
            "Another account has this e-mail address.",
            hint="Give each person their own.",
            details={"field": "email"},
        )


def normal_username(username: str) -> str:
    """One spelling for names that look alike: NFKC, lower case, no white space around."""
    name = clean_line(
        unicodedata.normalize("NFKC", username).casefold(),
        field="username",
        limit=MAX_USERNAME,
        required=True,
    )
    if " " in name:
        raise invalid(
            "auth.username", "A user name has no spaces.", hint="Use letters, digits, dots or hyphens."
        )
    return name
