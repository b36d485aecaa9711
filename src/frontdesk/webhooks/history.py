"""Looking at what was sent and what came back."""

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.core.errors import not_found
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader
from frontdesk.webhooks.bodies import body_in
from frontdesk.webhooks.manage import get_in
from frontdesk.webhooks.store import deliveries
from frontdesk.webhooks.types import Attempt, Delivery, DeliveryState

MAX_PAGE = 100


class DeliveryStory(Struct, frozen=True):
    """A delivery with its attempts, oldest first, and the body as it would be sent now (None: not there any more)."""

    delivery: Delivery
    attempts: list[Attempt]
    body: bytes | None


async def list_deliveries(
    platform: Platform,
    subject: Subject,
    webhook_id: int,
    *,
    state: DeliveryState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Delivery]:
    """Newest first."""
    require(subject, Permission.WEBHOOK_MANAGE)
    before, size = parse_cursor(cursor), min(max(limit, 1), MAX_PAGE)
    organization_id = subject.organization_id

    async def work(reader: Reader) -> list[Delivery]:
        await get_in(reader, organization_id, webhook_id)
        return await deliveries.find_page(
            reader, organization_id, webhook_id, state=state, before=before, limit=size + 1
        )

    rows = await platform.database.read(organization_id, work)
    return page_of(rows, limit=size, key=lambda delivery: delivery.id)


async def get_delivery(
    platform: Platform, subject: Subject, webhook_id: int, delivery_id: int
) -> DeliveryStory:
    """One delivery with everything that is known of it."""
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id = subject.organization_id

    async def work(reader: Reader) -> DeliveryStory:
        await get_in(reader, organization_id, webhook_id)
        delivery = await deliveries.find(reader, organization_id, webhook_id, delivery_id)
        if delivery is None:
            raise not_found("delivery")
        return DeliveryStory(
            delivery,
            await deliveries.find_attempts(reader, organization_id, delivery_id),
            await body_in(platform, reader, delivery),
        )

    return await platform.database.read(organization_id, work)
