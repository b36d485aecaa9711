"""Registering applications: what they are called, where people are sent back to, what they may ask for."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, Struct, UnsetType, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import store as accounts
from frontdesk.auth import store_oauth as store
from frontdesk.auth.accounts import create_account_in, set_enabled_in
from frontdesk.auth.oauth.addresses import check_address
from frontdesk.auth.oauth.types import SCOPES, Client
from frontdesk.auth.permissions import Permission, require
from frontdesk.auth.roles import may_grant_in
from frontdesk.auth.rotation import hash_token
from frontdesk.auth.sessions import revoke_session_in
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.ids import new_code, new_secret
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Transaction

MAX_CLIENTS: Final = 50
MAX_NAME: Final = 60
_MAX_URIS: Final = 10
_SERVICE_NAME: Final = re.compile(r"[^a-z0-9]+")


class NewClient(Struct, frozen=True, kw_only=True):
    """`secret`: it can keep one. `service_role`: it may also act for itself, in this role; it needs a secret."""

    name: str
    secret: bool = False
    trusted: bool = False
    redirect_uris: tuple[str, ...] = ()
    logout_uris: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("openid", "profile")
    service_role: str | None = None


class ClientChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    trusted: bool | UnsetType = UNSET
    redirect_uris: tuple[str, ...] | UnsetType = UNSET
    logout_uris: tuple[str, ...] | UnsetType = UNSET
    scopes: tuple[str, ...] | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


async def create_client(platform: Platform, subject: Subject, new: NewClient) -> tuple[Client, str | None]:
    """Register an application; its secret, if it has one, is returned now and never again."""
    require(subject, Permission.CLIENT_MANAGE)
    organization_id = subject.organization_id
    secret = new_secret() if new.secret else None
    if new.service_role is not None and secret is None:
        raise invalid(
            "auth.client-secret",
            "An application that acts for itself needs a secret.",
            hint="Give it one, or let it act for people only.",
            details={"field": "service_role"},
        )
    client = _checked(
        Client(
            id=platform.ids.new(),
            organization_id=organization_id,
            code=new_code(length=20),
            name=new.name,
            secret_hash=None if secret is None else hash_token(secret),
            trusted=new.trusted,
            redirect_uris=new.redirect_uris,
            logout_uris=new.logout_uris,
            scopes=new.scopes,
            service_account_id=None,
            enabled=True,
            created_at=platform.clock.now(),
        )
    )

    async def work(tx: Transaction) -> Client:
        if len(await store.clients(tx, organization_id)) >= MAX_CLIENTS:
            raise conflict(
                "auth.too-many-clients",
                f"There are {MAX_CLIENTS} applications already.",
                hint="Remove one that nobody uses.",
            )
        made = client
        if new.service_role is not None:
            await may_grant_in(tx, subject, new.service_role)
            username = f"{_SERVICE_NAME.sub('-', client.name.lower()).strip('-')[:30]}.{client.code}"
            account = await create_account_in(platform, tx, organization_id, username, None, new.service_role)
            made = structs.replace(client, service_account_id=account)
        await store.insert_client(tx, made)
        target = _target(made)
        await record_in(platform, tx, subject, Action.APPLICATION_CREATED, target, scopes=list(made.scopes))
        return made

    return await platform.database.write(organization_id, work), secret


async def update_client(
    platform: Platform, subject: Subject, client_id: int, changes: ClientChanges
) -> Client:
    """Change what is set. Whatever takes something away ends what the application has, at once."""
    require(subject, Permission.CLIENT_MANAGE)
    organization_id = subject.organization_id
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}

    async def work(tx: Transaction) -> Client:
        before = await _get(tx, subject, client_id)
        after = _checked(structs.replace(before, **set_ones))
        await store.update_client(tx, after)
        if before.service_account_id is not None and after.enabled != before.enabled:
            await set_enabled_in(
                platform, tx, organization_id, before.service_account_id, enabled=after.enabled
            )
        if not after.enabled or set(before.scopes) - set(after.scopes):
            await _end_in(platform, tx, after)
        told = changed_fields(changes)
        await record_in(platform, tx, subject, Action.APPLICATION_CHANGED, _target(after), **told)
        return after

    return await platform.database.write(organization_id, work)


async def renew_secret(platform: Platform, subject: Subject, client_id: int) -> tuple[Client, str]:
    """Another secret in place of the former, which is refused from now on; what the application has goes on."""
    require(subject, Permission.CLIENT_MANAGE)
    organization_id, secret = subject.organization_id, new_secret()

    async def work(tx: Transaction) -> Client:
        before = await _get(tx, subject, client_id)
        if before.secret_hash is None:
            raise conflict(
                "auth.public-client",
                "This application cannot keep a secret, so it has none.",
                hint="Register another one that can.",
            )
        after = structs.replace(before, secret_hash=hash_token(secret))
        await store.update_client(tx, after)
        await record_in(platform, tx, subject, Action.APPLICATION_SECRET_RENEWED, _target(after))
        return after

    return await platform.database.write(organization_id, work), secret


async def remove_client(platform: Platform, subject: Subject, client_id: int) -> None:
    """Remove it; what it has ends at once. The account that it acted as stays, disabled, for the records."""
    require(subject, Permission.CLIENT_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        client = await _get(tx, subject, client_id)
        await _end_in(platform, tx, client)
        if client.service_account_id is not None:
            await set_enabled_in(platform, tx, organization_id, client.service_account_id, enabled=False)
        await store.delete_client(tx, organization_id, client_id)
        await record_in(platform, tx, subject, Action.APPLICATION_REMOVED, _target(client))

    await platform.database.write(organization_id, work)


async def list_clients(platform: Platform, subject: Subject) -> Sequence[Client]:
    """Every application of the organization, oldest first."""
    require(subject, Permission.CLIENT_MANAGE)
    return await platform.database.read(
        subject.organization_id, lambda reader: store.clients(reader, subject.organization_id)
    )


async def _end_in(platform: Platform, tx: Transaction, client: Client) -> None:
    for session_id, principal_id in await store.sessions_of_client(tx, client.organization_id, client.id):
        await revoke_session_in(platform, tx, client.organization_id, session_id, principal_id)


async def _get(tx: Transaction, subject: Subject, client_id: int) -> Client:
    """The application. One that acts for itself is only theirs to change who may do what it may."""
    client = await store.client(tx, subject.organization_id, client_id)
    if client is None:
        raise not_found("application")
    if client.service_account_id is not None:
        account = await accounts.account(tx, subject.organization_id, client.service_account_id)
        if account is not None:
            await may_grant_in(tx, subject, account.role)
    return client


def _target(client: Client) -> Target:
    return Target("application", client.id, client.name)


def _checked(client: Client) -> Client:
    if set(client.scopes) - set(SCOPES):
        raise invalid(
            "auth.scope",
            "One of these scopes does not exist.",
            hint="The discovery document lists them.",
            details={"field": "scopes"},
        )
    if max(len(client.redirect_uris), len(client.logout_uris)) > _MAX_URIS:
        raise invalid(
            "auth.redirect-uris", f"At most {_MAX_URIS} addresses.", details={"field": "redirect_uris"}
        )
    return structs.replace(
        client,
        name=clean_line(client.name, field="name", limit=MAX_NAME, required=True),
        redirect_uris=tuple(dict.fromkeys(map(check_address, client.redirect_uris))),
        logout_uris=tuple(dict.fromkeys(map(check_address, client.logout_uris))),
        scopes=tuple(scope for scope in SCOPES if scope in client.scopes),
    )
