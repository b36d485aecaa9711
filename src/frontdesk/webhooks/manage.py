"""Making, changing, removing and listing webhooks. Administrators only; secrets are shown when they are made, and never again."""

from urllib.parse import urlsplit

from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.clock import Millis
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.addresses import Guard
from frontdesk.platform.signing import make_secret
from frontdesk.webhooks.listening import listen_in
from frontdesk.webhooks.store import deliveries, webhooks
from frontdesk.webhooks.types import (
    MAX_DESCRIPTION,
    MAX_SECRETS,
    MAX_WEBHOOKS,
    DisabledFor,
    NewWebhook,
    Secret,
    Webhook,
    WebhookChanges,
)


async def create_webhook(platform: Platform, subject: Subject, new: NewWebhook) -> tuple[Webhook, Secret]:
    """Add a webhook, switched on: it is told what happens from now on."""
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()
    webhook = _checked(
        platform,
        Webhook(
            id=platform.ids.new(),
            organization_id=organization_id,
            url=new.url,
            description=new.description,
            events=new.events,
            enabled=True,
            enabled_at=now,
            disabled_for=None,
            failing_since=None,
            created_by=subject.id,
            created_at=now,
        ),
    )
    secret = _fresh(platform, now)

    async def work(tx: Transaction) -> None:
        if len(await webhooks.find_all(tx, organization_id)) >= MAX_WEBHOOKS:
            raise conflict(
                "webhooks.too-many",
                f"There are {MAX_WEBHOOKS} webhooks already.",
                hint="Remove one, or let one receiver pass events on.",
            )
        await webhooks.insert(tx, organization_id, webhook)
        await webhooks.insert_secret(tx, organization_id, webhook.id, secret)
        await record_in(platform, tx, subject, Action.WEBHOOK_CREATED, target_of(webhook))
        await listen_in(platform, tx, organization_id)

    await platform.database.write(organization_id, work)
    return webhook, secret


async def update_webhook(
    platform: Platform, subject: Subject, webhook_id: int, changes: WebhookChanges
) -> tuple[Webhook, list[Secret]]:
    """Change what is set. What is pending goes to the new address.

    Switched off, it is sent nothing and nothing is kept for it. Switched on, it is sent what was pending when it was
    switched off, and what happens from now on.
    """
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}

    async def work(tx: Transaction) -> tuple[Webhook, list[Secret]]:
        before = await get_in(tx, organization_id, webhook_id)
        after = _checked(platform, structs.replace(before, **set_ones))
        if after.enabled and not before.enabled:
            after = structs.replace(after, enabled_at=now, disabled_for=None, failing_since=None)
            await deliveries.wake_all(tx, organization_id, webhook_id, now)
        elif before.enabled and not after.enabled:
            after = structs.replace(after, disabled_for=DisabledFor.ASKED)
        await webhooks.update(tx, organization_id, after)
        facts = changed_fields(changes)
        await record_in(platform, tx, subject, Action.WEBHOOK_CHANGED, target_of(after), **facts)
        await listen_in(platform, tx, organization_id)
        return after, await webhooks.find_secrets(tx, organization_id, webhook_id)

    return await platform.database.write(organization_id, work)


async def remove_webhook(platform: Platform, subject: Subject, webhook_id: int) -> None:
    """Remove it with its secrets, at once; its deliveries are cleared away within minutes."""
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> None:
        webhook = await get_in(tx, organization_id, webhook_id)
        await webhooks.remove(tx, organization_id, webhook_id, now)
        await record_in(platform, tx, subject, Action.WEBHOOK_REMOVED, target_of(webhook))
        await listen_in(platform, tx, organization_id)

    await platform.database.write(organization_id, work)


async def list_webhooks(platform: Platform, subject: Subject) -> list[tuple[Webhook, list[Secret]]]:
    """Every webhook of the organization with its secrets, oldest first."""
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id = subject.organization_id

    async def work(reader: Reader) -> list[tuple[Webhook, list[Secret]]]:
        found = await webhooks.find_all(reader, organization_id)
        return [(one, await webhooks.find_secrets(reader, organization_id, one.id)) for one in found]

    return await platform.database.read(organization_id, work)


async def add_secret(platform: Platform, subject: Subject, webhook_id: int) -> Secret:
    """Begin a rotation: from now on everything is signed with the new secret and with the old one.

    Raises `conflict` while a rotation is under way: the old secret must be removed first.
    """
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id = subject.organization_id
    secret = _fresh(platform, platform.clock.now())

    async def work(tx: Transaction) -> None:
        webhook = await get_in(tx, organization_id, webhook_id)
        if len(await webhooks.find_secrets(tx, organization_id, webhook_id)) >= MAX_SECRETS:
            raise conflict(
                "webhooks.two-secrets",
                "There are two secrets already.",
                hint="Remove the old one once the receiver knows the new one.",
            )
        await webhooks.insert_secret(tx, organization_id, webhook_id, secret)
        target = target_of(webhook)
        await record_in(platform, tx, subject, Action.WEBHOOK_CHANGED, target, fields=["secret added"])

    await platform.database.write(organization_id, work)
    return secret


async def remove_secret(platform: Platform, subject: Subject, webhook_id: int, secret_id: int) -> None:
    """End a rotation. Raises `conflict` for the only secret."""
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        webhook = await get_in(tx, organization_id, webhook_id)
        if not await webhooks.delete_secret(tx, organization_id, webhook_id, secret_id):
            raise not_found("secret")
        if not await webhooks.find_secrets(tx, organization_id, webhook_id):
            raise conflict(
                "webhooks.only-secret",
                "This is the only secret; without one nothing could be signed.",
                hint="Add the new one first.",
            )
        target = target_of(webhook)
        await record_in(platform, tx, subject, Action.WEBHOOK_CHANGED, target, fields=["secret removed"])

    await platform.database.write(organization_id, work)


async def get_in(reader: Reader, organization_id: int, webhook_id: int) -> Webhook:
    """The webhook. Raises `not_found` for an id that is not a webhook of this organization."""
    webhook = await webhooks.find(reader, organization_id, webhook_id)
    if webhook is None:
        raise not_found("webhook")
    return webhook


def target_of(webhook: Webhook) -> Target:
    """By its host: an address may hold a secret in its path."""
    return Target("webhook", webhook.id, urlsplit(webhook.url).hostname or "")


def _fresh(platform: Platform, now: Millis) -> Secret:
    return Secret(platform.ids.new(), make_secret(), now)


def _checked(platform: Platform, webhook: Webhook) -> Webhook:
    url = webhook.url.strip()
    Guard.of(platform.config.webhooks).target(url)
    if not webhook.events:
        raise invalid(
            "webhooks.no-events",
            "A webhook listens to at least one event.",
            hint="docs/webhooks.md lists them.",
            details={"field": "events"},
        )
    return structs.replace(
        webhook,
        url=url,
        description=clean_line(webhook.description, field="description", limit=MAX_DESCRIPTION),
        events=tuple(sorted(set(webhook.events))),
    )
