"""Which knowledge base a channel shows its visitors."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.bots import get_base_in
from frontdesk.channels import find_channel_in
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject
from frontdesk.help import store
from frontdesk.platform import Platform, Reader, Transaction


async def get_help(platform: Platform, subject: Subject, channel_id: int) -> int | None:
    """The knowledge base; None while nothing is shown. Raises `not_found` for somebody else's channel."""
    require(subject, Permission.CHANNEL_MANAGE)

    async def read(reader: Reader) -> int | None:
        if await find_channel_in(reader, subject.organization_id, channel_id) is None:
            raise not_found("channel")
        return await store.base_of(reader, subject.organization_id, channel_id)

    return await platform.database.read(subject.organization_id, read)


async def set_help(platform: Platform, subject: Subject, channel_id: int, base_id: int | None) -> int | None:
    """Show this knowledge base from now on, None: nothing. Raises `not_found` for what is not the organization's."""
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> int | None:
        channel = await find_channel_in(tx, organization_id, channel_id)
        if channel is None:
            raise not_found("channel")
        if base_id is not None:
            await get_base_in(tx, organization_id, base_id)
        if await store.base_of(tx, organization_id, channel_id) == base_id:
            return base_id
        if base_id is None:
            await store.hide(tx, organization_id, channel_id)
        else:
            await store.show(tx, organization_id, channel_id, base_id)
        target = Target("channel", channel_id, channel.name)
        await record_in(platform, tx, subject, Action.CHANNEL_CHANGED, target, fields=["help"])
        return base_id

    return await platform.database.write(organization_id, work)
