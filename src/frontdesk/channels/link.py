"""A channel's chat as a page of its own: the address that is written in a mail, and the code on a door or a parcel."""

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.channels import store
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.qr import qr_code


class ChannelLink(Struct, frozen=True):
    """`picture`: a QR code of the address, as the address of an SVG."""

    address: str
    picture: str


async def link_of(platform: Platform, subject: Subject, channel_id: int, *, address: str) -> ChannelLink:
    """Where the chat is a page of its own. `address` is where Frontdesk answers, without a slash at its end."""
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id = subject.organization_id
    channel = await platform.database.read(
        organization_id, lambda reader: store.find(reader, organization_id, channel_id)
    )
    if channel is None:
        raise not_found("channel")
    link = f"{address}/widget/chat.html?channel={channel.code}"
    return ChannelLink(link, qr_code(link))
