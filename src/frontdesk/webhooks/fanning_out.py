"""From what happened to deliveries: the log and the outbox are read, and each webhook that listens gets its rows.

One transaction moves the position in the log, empties the outbox and adds the deliveries: an event that was committed
makes its deliveries once, whenever the process dies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from frontdesk.conversations import Line, Position, lines_after
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.outbox import Told, take_in, waiting
from frontdesk.webhooks.catalogue import EVENT_OF
from frontdesk.webhooks.queueing import event_id, new_delivery, queue_in
from frontdesk.webhooks.store import relay, webhooks
from frontdesk.webhooks.types import Delivery, Webhook

BATCH: Final = 64  # small: a batch holds the writer, and messages on their way wait for it
Listeners = Mapping[int, Sequence[Webhook]]


async def fan_out(platform: Platform) -> bool:
    """Hand on one batch; True when there may be more. Costs one read while nothing happens or nobody listens."""

    async def look(
        reader: Reader,
    ) -> tuple[Position, Position, Sequence[Line], Sequence[Told], Listeners] | None:
        before = await relay.position(reader)
        if before is None:
            return None
        lines, after = await lines_after(platform, reader, before, limit=BATCH)
        told = await waiting(reader, limit=BATCH)
        if not lines and not told:
            return None
        return before, after, lines, told, _by_organization(await webhooks.find_enabled(reader))

    found = await platform.database.read(EVERY_ORGANIZATION, look)
    if found is None:
        return False
    before, after, lines, told, listeners = found

    async def work(tx: Transaction) -> None:
        if after != before and not await relay.advance(tx, before, after):
            return  # another process was faster, or the last webhook was switched off
        fresh = [made for line in lines for made in _of_line(platform, line, listeners)]
        fresh += [made for one in await take_in(tx, told) for made in _of_told(platform, one, listeners)]
        if fresh:
            await queue_in(tx, fresh)
        elif not listeners:
            await relay.rest(tx)

    await platform.database.write(EVERY_ORGANIZATION, work)
    return len(lines) >= BATCH or len(told) == BATCH


def _by_organization(enabled: Iterable[Webhook]) -> Listeners:
    found: defaultdict[int, list[Webhook]] = defaultdict(list)
    for webhook in enabled:
        found[webhook.organization_id].append(webhook)
    return found


def _of_line(platform: Platform, line: Line, listeners: Listeners) -> Iterable[Delivery]:
    event = EVENT_OF.get(line.kind)
    if event is not None:
        for webhook in listeners.get(line.organization_id, ()):
            if event in webhook.events and line.at >= webhook.enabled_at:
                yield new_delivery(
                    platform,
                    webhook,
                    event_id=event_id(line.entry_id),
                    event=event,
                    at=line.at,
                    about=line.conversation_id,
                    seq=line.seq,
                )


def _of_told(platform: Platform, told: Told, listeners: Listeners) -> Iterable[Delivery]:
    for webhook in listeners.get(told.organization_id, ()):
        if told.event in webhook.events and told.at >= webhook.enabled_at:
            yield new_delivery(
                platform,
                webhook,
                event_id=event_id(told.id),
                event=told.event,
                at=told.at,
                about=told.about,
                data=told.data,
            )
