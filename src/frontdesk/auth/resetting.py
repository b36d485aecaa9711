"""A new password by e-mail: a word that works once, for half an hour, sent to the address of the account."""

from dataclasses import replace
from typing import Final, Literal

import structlog

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store
from frontdesk.auth import store_resets as resets
from frontdesk.auth.accounts import find_account_by_email, normal_username, set_password_in
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.policy import choose_password
from frontdesk.auth.rotation import hash_token, is_plausible
from frontdesk.auth.store_resets import Reset
from frontdesk.auth.types import Account, Organization
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, invalid, not_found
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Origin, system_subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.mail import send_mail

LIFE: Final[Millis] = 1_800_000
_PAUSE: Final[Millis] = 60_000  # between two mails to one account
Language = Literal["zh-CN", "en"]
logger = structlog.get_logger("frontdesk.auth")

_SUBJECT: Final[dict[Language, str]] = {"en": "A new password for Frontdesk", "zh-CN": "重置 Frontdesk 密码"}
_TEXT: Final[dict[Language, str]] = {
    "en": """Somebody asked for a new password for {username} at {organization}. If it was you, choose one here within 30 minutes:

{address}

If it was not you, do nothing: your password stays as it is.
""",
    "zh-CN": """有人为 {organization} 的账号 {username} 申请了重置密码。如果是您本人，请在 30 分钟内打开以下地址设置新密码：

{address}

如果不是您本人，请忽略本邮件，您的密码不会改变。
""",
}


def is_available(platform: Platform) -> bool:
    return bool(platform.config.mail.url)


def check_available(platform: Platform) -> None:
    """Raise `not_found` where no mail can be sent: then there is no such thing here."""
    if not is_available(platform):
        raise not_found("mail")


def begin_reset(authenticator: Authenticator, *, organization: str, name: str, address: str) -> None:
    """Count the wish, before anything is looked up. Raises `busy` after many for one name or from one address."""
    authenticator.throttle.begin(
        f"reset\n{organization.strip().lower()[:64]}\n{name.strip().lower()[:64]}", address
    )


async def send_reset(platform: Platform, *, organization: str, name: str, language: Language) -> None:
    """Send the mail, if there is somebody to send it to: an enabled account with a password and an address.

    Nobody waits for this, so it takes the same time for everybody. The link leads to the address in the configuration:
    what a request says of its host is not believed.
    """
    found = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: _find(reader, organization.strip().lower()[:64], name)
    )
    if found is None:
        return
    account, owner = found
    word, now = new_secret(), platform.clock.now()

    async def work(tx: Transaction) -> bool:
        await resets.drop_expired(tx, now=now)
        newest = await resets.newest(tx, owner.id, account.id)
        if newest is not None and newest > now + LIFE - _PAUSE:
            return False
        await resets.drop(tx, owner.id, account.id)
        await resets.insert(tx, Reset(hash_token(word), owner.id, account.id, now + LIFE))
        return True

    if not await platform.database.write(owner.id, work):
        return
    text = _TEXT[language].format(
        username=account.username,
        organization=owner.name,
        address=f"{platform.config.listen.public_url.rstrip('/')}/console/#reset={word}",
    )
    try:
        await send_mail(platform.config.mail, to=account.email, subject=_SUBJECT[language], text=text)
    except FrontdeskError as error:
        logger.warning("auth.reset.not-sent", account=str(account.id), reason=error.message)


async def finish_reset(
    platform: Platform, authenticator: Authenticator, *, word: str, password: str, origin: Origin
) -> None:
    """Give the account this password, and end every session of it. The word is over with this, and every other one.

    Raises `invalid` for a word that is not good, whatever is wrong with it; then nothing has changed.
    """
    authenticator.throttle.begin_from(origin.address)
    if not is_plausible(word):
        raise _over()
    hashed, now = hash_token(word), platform.clock.now()
    account = await platform.database.read(EVERY_ORGANIZATION, lambda reader: _whose(reader, hashed, now))
    organization_id = account.organization_id
    fresh = await choose_password(platform, organization_id, account.username, password)

    async def work(tx: Transaction) -> None:
        await _whose(tx, hashed, now)  # another may have brought it meanwhile
        await set_password_in(platform, tx, organization_id, account.id, fresh)
        subject = replace(system_subject(organization_id), origin=origin)
        target = Target("account", account.id, account.username)
        await record_in(platform, tx, subject, Action.PASSWORD_RESET, target, by="e-mail")

    await platform.database.write(organization_id, work)


async def _whose(reader: Reader, hashed: str, now: Millis) -> Account:
    """The account that this word may give a password. Raises `invalid`."""
    reset = await resets.find(reader, hashed)
    account = None if reset is None else await store.account(reader, reset.organization_id, reset.account_id)
    if reset is None or now >= reset.expires_at or account is None or not account.enabled:
        raise _over()
    return account


async def _find(reader: Reader, slug: str, name: str) -> tuple[Account, Organization] | None:
    organization = await store.organization_by_slug(reader, slug)
    if organization is None:
        return None
    account = await find_account_by_email(reader, organization.id, name)
    if account is None:
        try:
            account = await store.account_by_name(reader, organization.id, normal_username(name))
        except FrontdeskError:
            return None
    if account is None or not account.enabled or not account.email:
        return None
    if await store.password_hash(reader, organization.id, account.id) is None:
        return None  # somebody whom another provider lets in
    return account, organization


def _over() -> FrontdeskError:
    return invalid(
        "auth.reset-over",
        "This link has been used, or is older than half an hour.",
        hint="Ask for another one on the sign-in page.",
    )
