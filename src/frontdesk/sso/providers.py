"""Setting up identity providers: what they are called, what they let people in as."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import Permission, may_grant_in, require, revoke_principal_in
from frontdesk.core.errors import FrontdeskError, conflict, invalid, not_found
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.addresses import Guard
from frontdesk.sso import store
from frontdesk.sso.types import (
    MAX_DOMAINS,
    MAX_NAME,
    MAX_PROVIDERS,
    MAX_RULES,
    MAX_TEXT,
    NewProvider,
    Provider,
    ProviderChanges,
    RoleRule,
)

_SCOPE: Final = re.compile(r"[!#-\[\]-~]{1,200}")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_VISIBLE: Final = re.compile(rf"[!-~]{{1,{MAX_TEXT}}}")


async def list_providers(platform: Platform, subject: Subject) -> Sequence[Provider]:
    """Every provider of the organization, oldest first."""
    require(subject, Permission.SSO_MANAGE)
    return await platform.database.read(
        subject.organization_id, lambda reader: store.providers(reader, subject.organization_id)
    )


async def create_provider(platform: Platform, subject: Subject, new: NewProvider) -> Provider:
    """Add a provider. Raises `forbidden` for one that would let in who may do more than the subject."""
    require(subject, Permission.SSO_MANAGE)
    organization_id = subject.organization_id
    made = _checked(
        Provider(
            id=platform.ids.new(),
            organization_id=organization_id,
            created_at=platform.clock.now(),
            enabled=True,
            name=new.name,
            issuer=_issuer(platform, new.issuer),
            client_id=new.client_id,
            client_secret=new.client_secret,
            scopes=new.scopes,
            role_claim=new.role_claim,
            role_rules=new.role_rules,
            default_role=new.default_role,
            domains=new.domains,
            creates_accounts=new.creates_accounts,
        )
    )

    async def work(tx: Transaction) -> Provider:
        known = await store.providers(tx, organization_id)
        if len(known) >= MAX_PROVIDERS:
            raise conflict("sso.too-many", f"There are {MAX_PROVIDERS} providers already.")
        if any((one.issuer, one.client_id) == (made.issuer, made.client_id) for one in known):
            raise conflict(
                "sso.known", "This provider is here already.", hint="Change that one, or use another client."
            )
        await _check_rank(tx, subject, made)
        await store.insert_provider(tx, made)
        await record_in(platform, tx, subject, Action.PROVIDER_CREATED, _target(made), issuer=made.issuer)
        return made

    return await platform.database.write(organization_id, work)


async def update_provider(
    platform: Platform, subject: Subject, provider_id: int, changes: ProviderChanges
) -> Provider:
    """Change what is set. Switched off, it lets nobody in any more, and who came in by it is signed out everywhere."""
    require(subject, Permission.SSO_MANAGE)
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}

    async def work(tx: Transaction) -> Provider:
        before = await _get(tx, subject, provider_id)
        after = _checked(structs.replace(before, **set_ones))
        await _check_rank(tx, subject, after)
        await store.update_provider(tx, after)
        if before.enabled and not after.enabled:
            await _sign_out_in(platform, tx, after)
        told = changed_fields(changes)
        await record_in(platform, tx, subject, Action.PROVIDER_CHANGED, _target(after), **told)
        return after

    return await platform.database.write(subject.organization_id, work)


async def remove_provider(platform: Platform, subject: Subject, provider_id: int) -> None:
    """Remove it; who came in by it is signed out everywhere. Accounts stay, and nobody is known by it any more."""
    require(subject, Permission.SSO_MANAGE)

    async def work(tx: Transaction) -> None:
        provider = await _get(tx, subject, provider_id)
        await _sign_out_in(platform, tx, provider)
        await store.delete_provider(tx, provider.organization_id, provider.id)
        await record_in(platform, tx, subject, Action.PROVIDER_REMOVED, _target(provider))

    await platform.database.write(subject.organization_id, work)


async def _sign_out_in(platform: Platform, tx: Transaction, provider: Provider) -> None:
    for account_id in await store.linked_accounts(tx, provider.organization_id, provider.id):
        await revoke_principal_in(platform, tx, provider.organization_id, SubjectKind.AGENT, account_id)


async def _get(reader: Reader, subject: Subject, provider_id: int) -> Provider:
    provider = await store.provider(reader, subject.organization_id, provider_id)
    if provider is None:
        raise not_found("provider")
    await _check_rank(reader, subject, provider)
    return provider


async def _check_rank(reader: Reader, subject: Subject, provider: Provider) -> None:
    """Raise unless the subject may do what anybody may whom this provider lets in. A provider that speaks for addresses
    can let in whoever has one, administrators too.
    """
    roles = {rule.role for rule in provider.role_rules} | {provider.default_role} - {""}
    for role in sorted(roles | ({Role.ADMINISTRATOR.value} if provider.domains else set())):
        await may_grant_in(reader, subject, role)


def _issuer(platform: Platform, text: str) -> str:
    """An address that requests may go to, kept as it is written: providers compare it letter by letter."""
    try:
        target = Guard.of(platform.config.sso).target(text)
    except FrontdeskError as error:
        raise _wrong("issuer", error.message, hint=error.hint or "") from error
    if "?" in target.target:
        raise _wrong(
            "issuer", "An issuer has no query.", hint="For example: https://login.example.com/tenant"
        )
    return text


def _checked(one: Provider) -> Provider:
    if not _VISIBLE.fullmatch(one.client_id):
        raise _wrong("client_id", "The client id is what the provider has given: no spaces, not empty.")
    if one.client_secret and not _VISIBLE.fullmatch(one.client_secret):
        raise _wrong("client_secret", "A secret has no spaces.", hint="Copy it once more.")
    scopes = tuple(dict.fromkeys(("openid", *one.scopes)))
    if len(scopes) > 20 or not all(map(_SCOPE.fullmatch, scopes)):
        raise _wrong("scopes", "Scopes are up to 20 words.", hint="For example: openid profile email.")
    domains = tuple(dict.fromkeys(domain.strip().lower().removeprefix("@") for domain in one.domains))
    if len(domains) > MAX_DOMAINS or not all(map(_DOMAIN.fullmatch, domains)):
        raise _wrong("domains", f"Up to {MAX_DOMAINS} domains.", hint="For example: example.com.")
    return structs.replace(
        one,
        name=clean_line(one.name, field="name", limit=MAX_NAME, required=True),
        role_claim=clean_line(one.role_claim, field="role_claim", limit=100, required=bool(one.role_rules)),
        scopes=scopes,
        domains=domains,
        role_rules=_rules(one.role_rules),
    )


def _rules(rules: Sequence[RoleRule]) -> tuple[RoleRule, ...]:
    if len(rules) > MAX_RULES:
        raise _wrong("role_rules", f"Up to {MAX_RULES} rules.")
    return tuple(
        RoleRule(clean_line(rule.value, field="role_rules", limit=MAX_TEXT, required=True), rule.role)
        for rule in rules
    )


def _target(provider: Provider) -> Target:
    return Target("provider", provider.id, provider.name)


def _wrong(field: str, message: str, *, hint: str = "") -> FrontdeskError:
    return invalid(f"sso.{field.replace('_', '-')}", message, hint=hint, details={"field": field})
