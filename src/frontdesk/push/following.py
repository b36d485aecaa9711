"""From what happened to deliveries: the log, what is offered and what presses are read, and each device concerned gets its row.

One transaction moves the position in the log, hands on what has become urgent, and adds the deliveries. An offer is
no entry: it is looked for while it stands, and its moment is part of its name, so that it is told once.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations import Position, lines_after
from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.dispatch import Urgency, hand_on_urgent_in, newly_urgent_in, standing_offers_in
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.push.news import news_of, news_of_offer
from frontdesk.push.pressing import news_of_urgency
from frontdesk.push.store import deliveries, subscriptions
from frontdesk.push.store import position as rows
from frontdesk.push.types import HOLD, HOUR, MOMENT, Delivery, News, Subscription

BATCH: Final = 64  # small: a batch holds the writer, and messages on their way wait for it


class _Part(Struct, frozen=True):
    before: Position
    after: Position
    urgent: Sequence[Urgency]
    told: Sequence[tuple[News, Subscription]]
    more: bool


async def follow(platform: Platform) -> bool:
    """Hand on one batch; True when there may be more. Costs one read while nobody is subscribed."""

    async def look(reader: Reader) -> _Part | None:
        before = await rows.position(reader)
        if before is None:
            return None
        lines, after = await lines_after(platform, reader, before, limit=BATCH)
        found = [news for line in lines for news in await news_of(reader, line)]
        now = platform.clock.now()
        urgent = await newly_urgent_in(reader, now - HOUR, limit=BATCH)
        for urgency in urgent:
            found += await news_of_urgency(reader, urgency)
        offers = map(news_of_offer, await standing_offers_in(reader, now))
        told = await _for_devices(reader, found) + await _untold(reader, await _for_devices(reader, offers))
        return _Part(before, after, urgent, told, more=BATCH in (len(lines), len(urgent)))

    part = await platform.database.read(EVERY_ORGANIZATION, look)
    if part is None or (part.before == part.after and not part.urgent and not part.told):
        return False

    async def work(tx: Transaction) -> None:
        if part.after != part.before and not await rows.advance(tx, part.before, part.after):
            return  # another process was faster, or the last device has gone
        await hand_on_urgent_in(tx, part.urgent)
        for news, device in part.told:
            await deliveries.add(tx, _delivery(platform, news, device))

    await platform.database.write(EVERY_ORGANIZATION, work)
    return part.more


async def _for_devices(reader: Reader, found: Iterable[News]) -> list[tuple[News, Subscription]]:
    """Each of these with each device of whom it is for."""
    devices: dict[tuple[int, SubjectKind, int], Sequence[Subscription]] = {}
    told: list[tuple[News, Subscription]] = []
    for news in found:
        whose = news.organization_id, news.principal_kind, news.principal_id
        if whose not in devices:
            devices[whose] = await subscriptions.of_principal(reader, *whose)
        told += [(news, device) for device in devices[whose] if device.channel_id == news.channel_id]
    return told


async def _untold(
    reader: Reader, told: Sequence[tuple[News, Subscription]]
) -> list[tuple[News, Subscription]]:
    """Without those that have their delivery already."""
    if not told:
        return []
    known = await deliveries.events_known(reader, sorted({news.event for news, _ in told}))
    return [(news, device) for news, device in told if (device.id, news.event) not in known]


def _delivery(platform: Platform, news: News, device: Subscription) -> Delivery:
    """Held at first: most of the time somebody looks, and it is seen."""
    now = platform.clock.now()
    return Delivery(
        id=platform.ids.new(),
        organization_id=news.organization_id,
        subscription_id=device.id,
        principal_id=device.principal_id,
        origin=device.origin,
        event=news.event,
        kind=news.kind,
        conversation_id=news.conversation_id,
        seq=news.seq,
        ends_at=news.ends_at,
        attempts=0,
        next_at=None,
        held_until=min(news.ends_at, now + _hold(news)),
    )


def _hold(news: News) -> Millis:
    """`HOLD`, and for visitors the moment before it in which nothing is let go."""
    return HOLD + MOMENT if news.principal_kind is SubjectKind.VISITOR else HOLD
