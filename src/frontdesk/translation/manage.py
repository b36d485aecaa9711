"""Saying which service translates. Administrators only; the secret is shown when it is made, and never again."""

from urllib.parse import urlsplit

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.addresses import Guard
from frontdesk.platform.signing import make_secret
from frontdesk.settings import SETTINGS_CHANGED, SettingsChanged
from frontdesk.translation import store
from frontdesk.translation.types import Service


async def read_service(platform: Platform, subject: Subject) -> Service | None:
    """The organization's service; None where there is none."""
    require(subject, Permission.SETTINGS_MANAGE)
    organization_id = subject.organization_id
    return await platform.database.read(organization_id, lambda reader: store.find(reader, organization_id))


async def set_service(platform: Platform, subject: Subject, url: str) -> Service:
    """Have this address translate from now on, with a new secret: whoever had the old one is believed no more.

    Raises an `invalid` error for an address to which requests may not go.
    """
    require(subject, Permission.SETTINGS_MANAGE)
    service = Service(url.strip(), make_secret())
    Guard.of(platform.config.translation).target(service.url)
    now = platform.clock.now()

    async def work(tx: Transaction) -> None:
        await store.put(tx, subject.organization_id, service, changed_by=subject.id, now=now)
        await _told(platform, tx, subject, service)

    await platform.database.write(subject.organization_id, work)
    return service


async def remove_service(platform: Platform, subject: Subject) -> None:
    """Translate no more. A repeat changes nothing."""
    require(subject, Permission.SETTINGS_MANAGE)

    async def work(tx: Transaction) -> None:
        if await store.find(tx, subject.organization_id) is not None:
            await store.remove(tx, subject.organization_id)
            await _told(platform, tx, subject, None)

    await platform.database.write(subject.organization_id, work)


async def _told(platform: Platform, tx: Transaction, subject: Subject, service: Service | None) -> None:
    """By its host: an address may hold a secret in its path."""
    host = "" if service is None else urlsplit(service.url).hostname or ""
    target = Target("settings", subject.organization_id)
    fields = ["translation service"]
    await record_in(platform, tx, subject, Action.SETTINGS_CHANGED, target, fields=fields, host=host)
    event = SettingsChanged(subject.organization_id, "translation")
    tx.after_commit(lambda: SETTINGS_CHANGED.publish(platform.bus, event))
