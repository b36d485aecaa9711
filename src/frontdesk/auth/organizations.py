"""Organizations: making one, finding it, and its name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store
from frontdesk.auth.permissions import Permission, require
from frontdesk.auth.types import MAX_ORGANIZATION_NAME, MAX_SLUG, Organization, OrganizationChanged
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Topic, Transaction

ORGANIZATION_CHANGED: Final = Topic("event.auth.organization-changed", OrganizationChanged)
_SLUG: Final = re.compile(rf"[a-z0-9](?:[a-z0-9-]{{0,{MAX_SLUG - 2}}}[a-z0-9])?")


async def create_organization(platform: Platform, slug: str, name: str) -> Organization:
    """Raises `conflict` when the slug is taken."""
    slug = slug.strip().lower()
    if not _SLUG.fullmatch(slug):
        raise invalid(
            "auth.slug",
            f"A short name has up to {MAX_SLUG} letters a-z, digits and hyphens.",
            hint="For example: lantern-shop.",
        )
    name = clean_line(name, field="name", limit=MAX_ORGANIZATION_NAME, required=True)
    organization = Organization(platform.ids.new(), slug, name, platform.clock.now())

    async def work(tx: Transaction) -> None:
        if await store.organization_by_slug(tx, slug) is not None:
            raise conflict(
                "auth.slug-taken", f"There is an organization {slug} already.", hint="Choose another name."
            )
        await store.insert_organization(tx, organization)

    await platform.database.write(EVERY_ORGANIZATION, work)
    return organization


async def find_organization(reader: Reader, slug: str) -> Organization | None:
    return await store.organization_by_slug(reader, slug.strip().lower())


async def find_organizations(reader: Reader) -> Sequence[int]:
    """The ids of all: for the product's own work across organizations."""
    return await store.organization_ids(reader)


async def get_organization(reader: Reader, organization_id: int) -> Organization:
    """Raises `not_found`."""
    organization = await store.organization(reader, organization_id)
    if organization is None:
        raise not_found("organization")
    return organization


async def view_organization(platform: Platform, subject: Subject) -> Organization:
    """The subject's own, for staff."""
    if not subject.is_staff:
        raise forbidden("auth.staff-only", "Only staff see this.")
    return await platform.database.read(
        subject.organization_id, lambda reader: get_organization(reader, subject.organization_id)
    )


async def rename_organization(platform: Platform, subject: Subject, name: str) -> Organization:
    """Call it otherwise, wherever people read its name. The short name that they sign in with stays."""
    require(subject, Permission.SETTINGS_MANAGE)
    name = clean_line(name, field="name", limit=MAX_ORGANIZATION_NAME, required=True)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Organization:
        before = await get_organization(tx, organization_id)
        if name == before.name:
            return before
        await store.rename_organization(tx, organization_id, name)
        target = Target("organization", organization_id, name)
        await record_in(platform, tx, subject, Action.ORGANIZATION_CHANGED, target, fields=["name"])
        event = OrganizationChanged(organization_id)
        tx.after_commit(lambda: ORGANIZATION_CHANGED.publish(platform.bus, event))
        return replace(before, name=name)

    return await platform.database.write(organization_id, work)
