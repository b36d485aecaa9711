"""What an organization asks of those who sign in, and choosing a password that keeps to it."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import store, store_policy
from frontdesk.auth.password_rules import check_password
from frontdesk.auth.passwords import PasswordHash, hash_password
from frontdesk.auth.permissions import Permission, require
from frontdesk.auth.types import SignInPolicy
from frontdesk.core.errors import forbidden, invalid
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction

SHORTEST: Final = 8
LONGEST: Final = 64  # of what can be asked for; a password may be longer


class PolicyChanges(Struct, frozen=True):
    password_length: int | UnsetType = UNSET
    second_factor: bool | UnsetType = UNSET


async def get_policy(platform: Platform, subject: Subject) -> SignInPolicy:
    """What holds, for staff: whoever chooses a password is told first."""
    if not subject.is_staff:
        raise forbidden("auth.staff-only", "Only staff see this.")
    organization_id = subject.organization_id
    return await platform.database.read(
        organization_id, lambda reader: store_policy.policy(reader, organization_id)
    )


async def change_policy(platform: Platform, subject: Subject, changes: PolicyChanges) -> SignInPolicy:
    """Change what is set. Passwords that people have stay as they are until they choose others."""
    require(subject, Permission.SETTINGS_MANAGE)
    if changes.password_length is not UNSET and not SHORTEST <= changes.password_length <= LONGEST:
        raise invalid(
            "auth.policy-length",
            f"At least {SHORTEST} characters can be asked for, and at most {LONGEST}.",
            details={"field": "password_length"},
        )
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> SignInPolicy:
        before = await store_policy.policy(tx, organization_id)
        given = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}
        after = structs.replace(before, **given)
        if after != before:
            now = platform.clock.now()
            await store_policy.put_policy(tx, organization_id, after, changed_by=subject.id, now=now)
            target = Target("organization", organization_id)
            facts = changed_fields(changes)
            await record_in(platform, tx, subject, Action.SIGN_IN_POLICY_CHANGED, target, **facts)
        return after

    return await platform.database.write(organization_id, work)


async def choose_password(
    platform: Platform, organization_id: int, username: str, password: str
) -> PasswordHash:
    """The hash to keep of a password for this user name. Raises an `invalid` error when the organization asks for more,
    or when it is easy to guess.
    """

    async def read(reader: Reader) -> tuple[SignInPolicy, list[str]]:
        organization = await store.organization(reader, organization_id)
        names = [username] if organization is None else [username, organization.slug, organization.name]
        return await store_policy.policy(reader, organization_id), names

    policy, names = await platform.database.read(organization_id, read)
    check_password(password, length=policy.password_length, names=names)
    return await hash_password(password)
