"""Deeds of the desk that the audit log tells: taking over, closing, and looking into what a colleague is answering."""

import pytest

from frontdesk.audit import AuditEntry, Filter, find_in
from frontdesk.conversations import Conversation, entries_page
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import close, transfer
from frontdesk.platform import Platform, Reader
from frontdesk.staff import Status, connected, set_status
from tests.service.staff_people import add_agent, subject_of
from tests.service.test_conversations_lists import Desk


@pytest.fixture
async def desk(platform: Platform, organization: int, clock: ManualClock) -> Desk:
    return await Desk(platform, organization, clock).open()


async def deeds(desk: Desk, who: Subject) -> list[AuditEntry]:
    """What the log tells of somebody, oldest first."""

    async def read(reader: Reader) -> list[AuditEntry]:
        found = await find_in(reader, desk.organization, Filter(actor_id=who.id), before=1 << 62, limit=100)
        return list(found)[::-1]

    return await desk.platform.database.read(desk.organization, read)


async def test_a_look_into_a_colleagues_live_conversation_is_told_once_an_hour(
    desk: Desk, clock: ManualClock
) -> None:
    live = int(await desk.conversation("sales", "active"))
    over = int(await desk.conversation("sales", "closed"))
    inspector, own = desk.agents["inspector"], desk.agents["sales"]
    for _ in range(3):
        await entries_page(desk.platform, inspector, live)
        await entries_page(desk.platform, inspector, over)
        await entries_page(desk.platform, own, live)
    told = [(entry.action, entry.target_id) for entry in await deeds(desk, inspector)]
    assert told == [("conversation.read", live)]
    assert await deeds(desk, own) == []
    clock.advance(seconds=3_601)
    await entries_page(desk.platform, inspector, live)
    assert len(await deeds(desk, inspector)) == 2


async def test_taking_over_and_closing_a_colleagues_conversation_is_told(desk: Desk) -> None:
    taken, closed, own = [int(await desk.conversation("sales", "active")) for _ in range(3)]
    boss = subject_of(await add_agent(desk.platform, desk.organization, "boss", Role.ADMINISTRATOR))
    ended: Conversation = await close(desk.platform, boss, closed)
    assert not ended.is_open
    await close(desk.platform, desk.agents["sales"], own)
    with pytest.raises(
        Exception, match=r"dispatch\."
    ):  # refused: nothing was taken over, and nothing is told
        await transfer(desk.platform, boss, taken, agent_id=desk.agents["service"].id)
    await connected(desk.platform, desk.agents["service"], str(desk.platform.ids.new()))
    await set_status(desk.platform, desk.agents["service"], Status.ONLINE)
    await transfer(desk.platform, boss, taken, agent_id=desk.agents["service"].id)
    told = await deeds(desk, boss)
    assert [(entry.action, entry.target_id) for entry in told] == [
        ("conversation.closed", closed),
        ("conversation.taken_over", taken),
    ]
    assert told[-1].facts == {"former": str(desk.agents["sales"].id)}
    assert await deeds(desk, desk.agents["sales"]) == []
