"""The keys with which a company's back end signs who its visitors are. Shown when they are made, and never again."""

from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.channels import store
from frontdesk.channels.types import ChannelKey
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction

MAX_KEYS: Final = 2  # the one in use, and the one that takes its place


async def add_key(platform: Platform, subject: Subject, channel_id: int) -> ChannelKey:
    """A new key; identities signed with either are good from now on. Raises `conflict` when there are two."""
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id = subject.organization_id
    key = ChannelKey(platform.ids.new(), channel_id, new_secret(), platform.clock.now())

    async def work(tx: Transaction) -> None:
        channel = await store.find(tx, organization_id, channel_id)
        if channel is None:
            raise not_found("channel")
        if len(await store.find_keys(tx, organization_id, channel_id)) >= MAX_KEYS:
            raise conflict(
                "channels.two-keys",
                "There are two keys already.",
                hint="Remove the old one once your back end signs with the new one.",
            )
        await store.insert_key(tx, organization_id, key)
        target = Target("channel", channel_id, channel.name)
        await record_in(platform, tx, subject, Action.CHANNEL_KEY_ADDED, target)

    await platform.database.write(organization_id, work)
    return key


async def remove_key(platform: Platform, subject: Subject, channel_id: int, key_id: int) -> None:
    """What is signed with it is refused from now on. Sessions that it opened go on.

    Raises `conflict` for the only key of a channel on which everybody needs an identity.
    """
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        if not await store.delete_key(tx, organization_id, channel_id, key_id):
            raise not_found("key")
        channel = await store.find(tx, organization_id, channel_id)
        if channel is None:
            raise not_found("channel")
        if channel.identity_required and not await store.find_keys(tx, organization_id, channel_id):
            raise conflict(
                "channels.only-key",
                "This is the only key; without one nobody could come in.",
                hint="Make another one, or let visitors in without an identity.",
            )
        target = Target("channel", channel_id, channel.name)
        await record_in(platform, tx, subject, Action.CHANNEL_KEY_REMOVED, target)

    await platform.database.write(organization_id, work)


async def list_keys(platform: Platform, subject: Subject, channel_id: int) -> list[ChannelKey]:
    """The keys of a channel, oldest first. Raises `not_found`."""
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> list[ChannelKey]:
        if await store.find(reader, organization_id, channel_id) is None:
            raise not_found("channel")
        return await store.find_keys(reader, organization_id, channel_id)

    return await platform.database.read(organization_id, read)
