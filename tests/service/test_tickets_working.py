"""Working on tickets: changing, remarking, handing on, finding."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from frontdesk.conversations import staff_subject
from frontdesk.conversations.mentions import list_mentions
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.platform import Platform
from frontdesk.staff import Status
from frontdesk.tickets import (
    NOBODY,
    DeedKind,
    Priority,
    TicketChanges,
    TicketState,
    WantedTickets,
    change_ticket,
    get_ticket,
    history_of_ticket,
    list_tickets,
    make_ticket,
    remark_on_ticket,
)
from tests.service.dispatch_world import World
from tests.service.staff_people import administrator
from tests.service.ticket_world import NEW, desk, last_note, lines, refused


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def test_every_change_is_a_line_in_the_history_and_a_repeat_is_none(world: World) -> None:
    mei, team, _ = await desk(world)
    made = await make_ticket(world.platform, mei, NEW)
    told: list[bytes] = []
    everybody = staff_subject(world.organization)
    world.platform.bus.subscribe(everybody, lambda payload, _origin: told.append(payload))
    changes = TicketChanges(
        title="The lamp is dark", state=TicketState.WAITING, priority=Priority.URGENT, assignee_id=mei.id,
        team_id=team, due_at=1_800_000_000_000, description="Sent photos",
    )  # fmt: skip
    changed = await change_ticket(world.platform, mei, int(made.id), 1, changes)
    assert changed.version == 2
    assert await change_ticket(world.platform, mei, int(made.id), 1, changes) == changed
    assert set(await lines(world, mei, made.id)) == {
        (str(mei.id), *line)
        for line in (
            ("made", "", ""),
            ("title", "The lamp flickers", "The lamp is dark"),
            ("description", "", "Sent photos"),
            ("state", "open", "waiting"),
            ("priority", "normal", "urgent"),
            ("assignee", "", str(mei.id)),
            ("team", "", str(team)),
            ("due", "", "1800000000000"),
        )
    }
    cleared = TicketChanges(assignee_id=None, team_id=None, due_at=None)
    emptied = await change_ticket(world.platform, mei, int(made.id), 2, cleared)
    assert (emptied.assignee_id, emptied.team_id, emptied.due_at) == (None, None, None)
    await asyncio.sleep(0)
    assert len([one for one in told if b'"tickets"' in one]) == 2


async def test_nobody_writes_over_what_they_have_not_seen(world: World) -> None:
    mei, _, _ = await desk(world)
    made = await make_ticket(world.platform, mei, NEW)
    key = int(made.id)
    outcomes = await asyncio.gather(
        *(
            change_ticket(world.platform, mei, key, 1, TicketChanges(title=f"Version {turn}"))
            for turn in range(3)
        ),
        return_exceptions=True,
    )
    errors = [one for one in outcomes if isinstance(one, FrontdeskError)]
    assert [error.code for error in errors] == ["tickets.changed-meanwhile"] * 2
    assert (await get_ticket(world.platform, mei, key)).ticket.version == 2
    wrong = TicketChanges(title=" ")
    assert await refused(change_ticket(world.platform, mei, key, 2, wrong)) is ErrorKind.INVALID


async def test_who_gets_it_later_is_told_and_reads_the_conversation_and_who_takes_it_too(
    world: World,
) -> None:
    mei, _, one = await desk(world)
    tom, ann = await world.add_agent(), await world.add_agent()
    back = await world.add_team(tom, ann)
    made = await make_ticket(world.platform, mei, replace(NEW, conversation_id=one, team_id=back))
    key = int(made.id)
    assert not (await get_ticket(world.platform, tom, key)).conversation_readable
    await change_ticket(world.platform, tom, key, 1, TicketChanges(assignee_id=tom.id))
    assert (await get_ticket(world.platform, tom, key)).conversation_readable
    assert (await list_mentions(world.platform, tom)).unseen == 0  # tom knows what tom did
    await change_ticket(world.platform, tom, key, 2, TicketChanges(assignee_id=ann.id))
    note = await last_note(world, one)
    assert note.ticket is not None
    assert (note.ticket.deed, [named.id for named in note.mentions]) == ("given", [str(ann.id)])
    assert (await list_mentions(world.platform, ann)).unseen == 1
    before = (await world.get(one)).head
    await change_ticket(world.platform, ann, key, 3, TicketChanges(assignee_id=None))
    assert (await world.get(one)).head == before


async def test_a_remark_is_written_once_and_tells_who_looks_at_the_ticket(world: World) -> None:
    mei, _, _ = await desk(world)
    made = await make_ticket(world.platform, mei, NEW)
    key = int(made.id)
    first = await remark_on_ticket(world.platform, mei, key, "r-1", "Called, nobody there")
    again = await asyncio.gather(
        *(remark_on_ticket(world.platform, mei, key, "r-1", "Called, nobody there") for _ in range(3))
    )
    assert {line.id for line in again} == {first.id}
    assert (first.kind, first.after, first.by) == (DeedKind.REMARKED, "Called, nobody there", str(mei.id))
    assert len(await lines(world, mei, made.id)) == 2
    for wrong in ("", "x" * 4_001):
        assert await refused(remark_on_ticket(world.platform, mei, key, "r-2", wrong)) is ErrorKind.INVALID
    assert await refused(remark_on_ticket(world.platform, mei, 404, "r-2", "?")) is ErrorKind.NOT_FOUND


async def test_the_history_comes_in_pages_newest_first(world: World) -> None:
    mei, _, _ = await desk(world)
    key = int((await make_ticket(world.platform, mei, NEW)).id)
    for turn in range(4):
        await remark_on_ticket(world.platform, mei, key, f"r-{turn}", f"remark {turn}")
    first = await history_of_ticket(world.platform, mei, key, limit=3)
    rest = await history_of_ticket(world.platform, mei, key, cursor=first.cursor, limit=3)
    assert [line.after for line in (*first.items, *rest.items)] == [
        "remark 3", "remark 2", "remark 1", "remark 0", "",
    ]  # fmt: skip
    assert rest.cursor is None


async def test_tickets_are_found_by_state_by_who_has_them_by_team_and_by_words_in_pages(world: World) -> None:
    mei, team, _ = await desk(world)
    tom = await world.add_agent()
    titles = ("Lamp 100% dark", "灯笼坏了", "Refund for Ada", "Bulb_size")
    made = [
        await make_ticket(world.platform, mei, replace(NEW, client_id=f"t-{number}", title=title))
        for number, title in enumerate(titles)
    ]
    platform = world.platform
    await change_ticket(platform, mei, int(made[0].id), 1, TicketChanges(assignee_id=mei.id, due_at=9))
    await change_ticket(platform, mei, int(made[1].id), 1, TicketChanges(assignee_id=tom.id, team_id=team))
    await change_ticket(platform, mei, int(made[2].id), 1, TicketChanges(state=TicketState.SOLVED))

    async def found(wanted: WantedTickets) -> list[int]:
        return [one.number for one in (await list_tickets(platform, mei, wanted)).items]

    assert await found(WantedTickets()) == [4, 3, 2, 1]
    assert await found(WantedTickets(states=(TicketState.OPEN, TicketState.WAITING))) == [4, 2, 1]
    assert await found(WantedTickets(states=(TicketState.SOLVED,))) == [3]
    assert await found(WantedTickets(assignee_id=mei.id)) == [1]
    assert await found(WantedTickets(assignee_id=NOBODY)) == [4, 3]
    assert await found(WantedTickets(team_id=team)) == [2]
    for text, numbers in {
        "LAMP": [1], "100%": [1], "%": [1], "_": [4], "灯笼": [2], "refund": [3], "#4": [4], "2": [2], "nothing": [],
        "!": [], "99999999999999999999": [],
    }.items():  # fmt: skip
        assert await found(WantedTickets(text=text)) == numbers, text
    first = await list_tickets(platform, mei, WantedTickets(), limit=3)
    rest = await list_tickets(platform, mei, WantedTickets(), cursor=first.cursor, limit=3)
    assert [one.number for one in (*first.items, *rest.items)] == [4, 3, 2, 1]
    assert (first.open, rest.cursor) == (1, None)


async def test_one_sees_what_one_has_or_made_what_ones_teams_have_and_leaders_what_their_department_has(
    world: World,
) -> None:
    mei, tom, ann = [await world.add_agent() for _ in range(3)]
    lea = await world.add_agent(role=Role.LEADER, status=Status.BUSY)
    boss = await world.add_agent(role=Role.ADMINISTRATOR, status=Status.BUSY)
    await world.add_department(mei, lea)
    back = await world.add_team(ann)
    platform = world.platform
    own = await make_ticket(platform, mei, NEW)
    given = await make_ticket(platform, mei, replace(NEW, client_id="t-2", assignee_id=tom.id))
    theirs = await make_ticket(platform, tom, replace(NEW, team_id=back))

    async def seen(subject: Subject) -> list[int]:
        found = await list_tickets(platform, subject, WantedTickets())
        for ticket in (own, given, theirs):
            key, within = int(ticket.id), ticket.number in [one.number for one in found.items]
            for attempt in (get_ticket(platform, subject, key), history_of_ticket(platform, subject, key)):
                if within:
                    assert await attempt
                else:
                    assert await refused(attempt) is ErrorKind.NOT_FOUND
        return [one.number for one in found.items]

    assert await seen(mei) == [2, 1]
    assert await seen(tom) == [3, 2]
    assert await seen(ann) == [3]
    assert await seen(lea) == [2, 1]
    assert await seen(boss) == [3, 2, 1]
    unseen = int(own.id)
    changes = TicketChanges(state=TicketState.SOLVED)
    assert await refused(change_ticket(platform, ann, unseen, 1, changes)) is ErrorKind.NOT_FOUND
    assert await refused(remark_on_ticket(platform, ann, unseen, "r-1", "?")) is ErrorKind.NOT_FOUND


async def test_no_ticket_of_another_organization_is_seen_or_touched(
    world: World, other_organization: int
) -> None:
    mei, _, _ = await desk(world)
    made = await make_ticket(world.platform, mei, NEW)
    stranger = await administrator(world.platform, other_organization)
    page = await list_tickets(world.platform, stranger, WantedTickets())
    assert (list(page.items), page.open) == ([], 0)
    key = int(made.id)
    for attempt in (
        get_ticket(world.platform, stranger, key),
        change_ticket(world.platform, stranger, key, 1, TicketChanges(title="Mine")),
        remark_on_ticket(world.platform, stranger, key, "r-1", "Mine"),
        history_of_ticket(world.platform, stranger, key),
    ):
        assert await refused(attempt) is ErrorKind.NOT_FOUND
