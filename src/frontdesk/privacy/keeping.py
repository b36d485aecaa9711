"""For how long a channel's conversations are kept."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.channels import find_channel_in
from frontdesk.conversations import closed_of_channel_in
from frontdesk.core.errors import invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.privacy import store
from frontdesk.privacy.types import DAY, MAX_DAYS, Outlook, Retention

_COUNTED = 1_001


async def get_retention(platform: Platform, subject: Subject, channel_id: int) -> Outlook:
    """What holds for a channel, and what goes at the next run. Raises `not_found` for somebody else's channel."""
    require(subject, Permission.CHANNEL_MANAGE)

    async def read(reader: Reader) -> Outlook:
        if await find_channel_in(reader, subject.organization_id, channel_id) is None:
            raise not_found("channel")
        kept = await store.retention(reader, subject.organization_id, channel_id)
        return await _outlook(platform, reader, subject.organization_id, channel_id, kept)

    return await platform.database.read(subject.organization_id, read)


async def set_retention(platform: Platform, subject: Subject, channel_id: int, days: int | None) -> Outlook:
    """Keep conversations for so many days after their end, None: for ever. What is older goes at the next run.

    What is erased stays erased when the time is made longer. Needs the permission to erase, too.
    """
    require(subject, Permission.CHANNEL_MANAGE)
    require(subject, Permission.CONTACT_ERASE)
    if days is not None and not 1 <= days <= MAX_DAYS:
        raise invalid(
            "privacy.days",
            f"Conversations are kept for 1 to {MAX_DAYS:,} days, or for ever.",
            details={"field": "days"},
        )
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Outlook:
        channel = await find_channel_in(tx, organization_id, channel_id)
        if channel is None:
            raise not_found("channel")
        known = await store.retention(tx, organization_id, channel_id)
        if (None if known is None else known.days) != days:
            if days is None:
                await store.keep_for_ever(tx, organization_id, channel_id)
            else:
                await store.keep_for(tx, organization_id, channel_id, days)
            target = Target("channel", channel_id, channel.name)
            await record_in(platform, tx, subject, Action.RETENTION_CHANGED, target, days=days or 0)
        kept = await store.retention(tx, organization_id, channel_id)
        return await _outlook(platform, tx, organization_id, channel_id, kept)

    return await platform.database.write(organization_id, work)


async def _outlook(
    platform: Platform, reader: Reader, organization_id: int, channel_id: int, kept: Retention | None
) -> Outlook:
    if kept is None:
        return Outlook(None, 0, None)
    due = await closed_of_channel_in(
        reader, organization_id, channel_id, after=kept.reached,
        before=platform.clock.now() - kept.days * DAY, limit=_COUNTED,
    )  # fmt: skip
    return Outlook(kept.days, len(due), due[0].closed_at if due else None)
