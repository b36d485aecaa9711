"""Who somebody at a provider is here: known already, an account with the same address, or a new one."""

from dataclasses import replace

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Account, find_account, find_account_by_email, find_account_by_name
from frontdesk.core.errors import FrontdeskError, not_found
from frontdesk.core.ids import new_code
from frontdesk.core.subject import Origin, system_subject
from frontdesk.platform import Platform, Transaction
from frontdesk.sso import store
from frontdesk.sso.claims import role_for, speaks_for
from frontdesk.sso.errors import no_account
from frontdesk.sso.types import Claimed, Link, Provider
from frontdesk.staff import AgentKind, NewAgent, create_agent_in, follow_role_in, load


async def admit_in(
    platform: Platform, tx: Transaction, provider: Provider, claimed: Claimed, origin: Origin
) -> Account:
    """The enabled account of this person, linked or made if need be. Raises `forbidden` for who has none."""
    organization_id = provider.organization_id
    link = await store.link(tx, organization_id, provider.id, claimed.subject)
    if link is None:
        account_id = await _found_in(tx, provider, claimed)
        made = account_id is None
        if account_id is None:
            account_id = await _made_in(platform, tx, provider, claimed, origin)
        link = Link(
            provider.id,
            claimed.subject,
            organization_id,
            account_id,
            made=made,
            linked_at=platform.clock.now(),
        )
        await store.insert_link(tx, link)
        target = Target("account", account_id, claimed.username)
        subject = replace(system_subject(organization_id), origin=origin)
        await record_in(platform, tx, subject, Action.PROVIDER_LINKED, target, provider=provider.name)
    elif link.made and provider.role_rules:
        await _follow_in(platform, tx, provider, claimed, link.account_id)
    account = await find_account(tx, organization_id, link.account_id)
    if account is None or not account.enabled:
        raise no_account()
    return account


async def _found_in(tx: Transaction, provider: Provider, claimed: Claimed) -> int | None:
    """The person's account from before, by an address that the provider may speak for.

    Raises when there is one that is not theirs to have: it is no person's, is disabled, or was somebody else's at this
    provider, as addresses are given to others in time.
    """
    if not speaks_for(provider, claimed.email):
        return None
    account = await find_account_by_email(tx, provider.organization_id, claimed.email)
    if account is None:
        return None
    try:
        agent = await load(tx, provider.organization_id, account.id)
    except FrontdeskError as error:
        raise no_account() from error
    if agent.kind is not AgentKind.HUMAN or not agent.enabled:
        raise no_account()
    if await store.is_linked(tx, provider.organization_id, provider.id, account.id):
        raise no_account()
    return account.id


async def _made_in(
    platform: Platform, tx: Transaction, provider: Provider, claimed: Claimed, origin: Origin
) -> int:
    """A new agent in the role that the rules give, without a password."""
    role, spoken_for = role_for(provider, claimed), speaks_for(provider, claimed.email)
    if not provider.creates_accounts or not role or (provider.domains and not spoken_for):
        raise no_account()
    new = NewAgent(
        username=await _free_name(tx, provider.organization_id, claimed.username),
        name=claimed.name,
        role=role,
        email=claimed.email if spoken_for else "",
    )
    subject = replace(system_subject(provider.organization_id), origin=origin)
    try:
        return (await create_agent_in(platform, tx, subject, new, None)).id
    except FrontdeskError as error:
        if error.code != not_found("role").code:
            raise
        raise no_account() from error  # the role of the rule is gone


async def _follow_in(
    platform: Platform, tx: Transaction, provider: Provider, claimed: Claimed, account_id: int
) -> None:
    """The role is what the provider says now. The last administrator stays one: somebody has to be there."""
    role = role_for(provider, claimed)
    if not role:
        raise no_account()
    try:
        await follow_role_in(platform, tx, system_subject(provider.organization_id), account_id, role)
    except FrontdeskError as error:
        if error.code != "staff.last-administrator":
            raise no_account() from error


async def _free_name(tx: Transaction, organization_id: int, wanted: str) -> str:
    name = wanted
    while await find_account_by_name(tx, organization_id, name) is not None:
        name = f"{wanted}-{new_code(length=4).lower()}"
    return name
