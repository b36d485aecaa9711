"""What dispatch does when an agent comes, goes, or may take more or fewer conversations."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frontdesk.dispatch.handover import requeue_gone
from frontdesk.dispatch.offers import withdraw_offers_in
from frontdesk.dispatch.ownership import seat_changed, withdraw_too_heavy_in
from frontdesk.dispatch.store import seats
from frontdesk.dispatch.store.seats import Places
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import UNLIMITED, Status, load

if TYPE_CHECKING:
    from frontdesk.core.clock import Millis

_BATCH = 50


async def follow_agent(platform: Platform, organization_id: int, agent_id: int) -> None:
    """Bring an agent's seat in line with what staff says now. Safe to repeat.

    Gone: what was offered is taken back at once; what is active goes back to the queue when the agent stays away.
    """
    settings = await get_settings(platform, organization_id)
    await platform.database.write(
        organization_id, lambda tx: follow_agent_in(platform, tx, organization_id, agent_id, settings)
    )


async def follow_agent_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int, settings: Settings
) -> None:
    """`follow_agent`, in the caller's transaction."""
    agent = await load(tx, organization_id, agent_id)
    if agent.capacity >= UNLIMITED:
        return
    await seats.set_places(tx, organization_id, [Places(agent_id, agent.capacity, agent.limits)])
    await withdraw_too_heavy_in(platform, tx, organization_id, [agent_id])
    due: Millis | None = None
    if agent.status is Status.OFFLINE:
        await withdraw_offers_in(platform, tx, organization_id, agent_id)
        due = max(agent.status_since + settings.agent_gone_reassign_s * 1000, platform.clock.now())
    await seats.set_reassign_at(tx, organization_id, agent_id, due)
    seat_changed(platform, tx, organization_id, agent_id, freed=agent.status is Status.ONLINE)


async def reassign_gone(platform: Platform, organization_ids: Sequence[int]) -> int:
    """Requeue the conversations of every agent of these organizations who has been gone too long; returns how many."""
    now = platform.clock.now()
    moved = 0
    for organization_id, agent_id in await platform.database.read(
        EVERY_ORGANIZATION,
        lambda reader: seats.due_for_reassignment(reader, now, organization_ids, limit=_BATCH),
    ):
        moved += await requeue_gone(platform, organization_id, agent_id)
    return moved


async def follow_gone(platform: Platform, organization_id: int) -> None:
    """Reckon anew when the conversations of those who are gone go to others: the settings are others."""
    for agent_id in await platform.database.read(
        organization_id, lambda reader: seats.gone(reader, organization_id)
    ):
        await follow_agent(platform, organization_id, agent_id)
