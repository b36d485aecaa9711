"""Leave-messages: left once, read by staff, handled."""

import asyncio

import pytest
from msgspec.structs import replace

from frontdesk.contacts import get_contact_in, visit_in
from frontdesk.conversations import open_in, staff_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.tickets import LeaveMessageState, NewLeaveMessage, handle, leave, list_leave_messages
from tests.service.staff_people import add_agent, administrator, subject_of, visitor

GOOD = NewLeaveMessage(client_id="c-1", name="Zhou", text="Where is my parcel?", phone="139 0000 0000")


async def arrive(platform: Platform, organization: int, contact_id: int = 100) -> Subject:
    await platform.database.write(
        organization,
        lambda tx: visit_in(platform, tx, organization, contact_id=contact_id, channel_id=9, language="en"),
    )
    return visitor(organization, contact_id, channel_id=9)


async def test_a_message_reaches_staff_with_who_and_where(
    platform: Platform, clock: ManualClock, organization: int
) -> None:
    admin = await administrator(platform, organization)
    somebody = await arrive(platform, organization)
    told: list[bytes] = []
    platform.bus.subscribe(staff_subject(organization), lambda payload, _origin: told.append(payload))
    message_id = await leave(platform, somebody, GOOD)
    page = await list_leave_messages(platform, admin)
    message = page.items[0]
    assert (message.id, message.contact_id, message.channel_id, message.text) == (
        message_id,
        100,
        9,
        GOOD.text,
    )
    assert (message.state, message.created_at, page.open) == (LeaveMessageState.OPEN, clock.now(), 1)
    assert [payload for payload in told if b'"leave-messages"' in payload]
    contact = await platform.database.read(
        organization, lambda reader: get_contact_in(reader, organization, 100)
    )
    assert (contact.name, contact.phone) == ("Zhou", "139 0000 0000")


async def test_one_message_is_left_when_it_is_sent_again(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    somebody = await arrive(platform, organization)
    first = await leave(platform, somebody, GOOD)
    again = await asyncio.gather(*(leave(platform, somebody, replace(GOOD, text="edited")) for _ in range(4)))
    assert set(again) == {first}
    page = await list_leave_messages(platform, admin)
    assert [message.text for message in page.items] == [GOOD.text]


async def test_two_visitors_may_use_the_same_client_id(platform: Platform, organization: int) -> None:
    one, two = await arrive(platform, organization, 100), await arrive(platform, organization, 101)
    assert await leave(platform, one, GOOD) != await leave(platform, two, GOOD)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GOOD, name=" "),
        replace(GOOD, name="x" * 81),
        replace(GOOD, text=""),
        replace(GOOD, text="x" * 2001),
        replace(GOOD, phone=""),
        replace(GOOD, phone="soon"),
        replace(GOOD, phone="", email="nobody"),
        replace(GOOD, client_id=""),
        replace(GOOD, client_id="x" * 65),
    ],
)
async def test_a_message_is_refused_when_a_field_is_wrong(
    platform: Platform, organization: int, wrong: NewLeaveMessage
) -> None:
    admin = await administrator(platform, organization)
    somebody = await arrive(platform, organization)
    with pytest.raises(FrontdeskError) as caught:
        await leave(platform, somebody, wrong)
    assert caught.value.kind is ErrorKind.INVALID
    assert caught.value.details["field"]
    assert (await list_leave_messages(platform, admin)).open == 0


async def test_a_message_is_refused_when_its_conversation_is_somebody_elses(
    platform: Platform, organization: int
) -> None:
    one, two = await arrive(platform, organization, 100), await arrive(platform, organization, 101)
    conversation = await platform.database.write(
        organization,
        lambda tx: open_in(
            platform,
            tx,
            organization_id=organization,
            channel_id=9,
            contact_id=100,
            contact_name="Zhou",
            language="en",
            page=None,
        ),
    )
    about = replace(GOOD, conversation_id=conversation.id)
    assert await leave(platform, one, about)
    for attempt in (leave(platform, two, about), leave(platform, two, replace(GOOD, conversation_id=404))):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_a_visitor_is_asked_to_wait_when_leaving_too_many(
    platform: Platform, clock: ManualClock, organization: int
) -> None:
    somebody = await arrive(platform, organization)
    for number in range(20):
        await leave(platform, somebody, replace(GOOD, client_id=f"c-{number}"))
    with pytest.raises(FrontdeskError) as caught:
        await leave(platform, somebody, replace(GOOD, client_id="c-20"))
    assert caught.value.kind is ErrorKind.BUSY
    clock.advance(seconds=86_401)
    assert await leave(platform, somebody, replace(GOOD, client_id="c-20"))


async def test_handling_keeps_who_when_and_the_remark(
    platform: Platform, clock: ManualClock, organization: int
) -> None:
    lin = await administrator(platform, organization)
    mei = await administrator(platform, organization, "mei")
    message_id = await leave(platform, await arrive(platform, organization), GOOD)
    handled = await handle(platform, lin, message_id, LeaveMessageState.HANDLED, "called back")
    at = clock.now()
    clock.advance(seconds=9)
    again = await handle(platform, mei, message_id, LeaveMessageState.HANDLED)
    assert handled == again
    assert (again.handled_by, again.handled_at, again.remark) == (lin.id, at, "called back")
    opened = await handle(platform, mei, message_id, LeaveMessageState.OPEN)
    assert (opened.handled_by, opened.handled_at, opened.remark) == (None, None, "called back")
    with pytest.raises(FrontdeskError):
        await handle(platform, mei, message_id, LeaveMessageState.HANDLED, "x" * 1001)


async def test_messages_are_paged_newest_first_by_state_with_the_count_of_open_ones(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    somebody = await arrive(platform, organization)
    ids = [await leave(platform, somebody, replace(GOOD, client_id=f"c-{number}")) for number in range(5)]
    await handle(platform, admin, ids[2], LeaveMessageState.HANDLED)
    first = await list_leave_messages(platform, admin, state=LeaveMessageState.OPEN, limit=2)
    rest = await list_leave_messages(
        platform, admin, state=LeaveMessageState.OPEN, cursor=first.cursor, limit=2
    )
    assert [message.id for message in [*first.items, *rest.items]] == [ids[4], ids[3], ids[1], ids[0]]
    assert (first.open, rest.cursor) == (4, None)
    handled = await list_leave_messages(platform, admin, state=LeaveMessageState.HANDLED)
    assert [message.id for message in handled.items] == [ids[2]]
    assert len((await list_leave_messages(platform, admin)).items) == 5


async def test_visitors_read_none_and_staff_leave_none(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    somebody = await arrive(platform, organization)
    message_id = await leave(platform, somebody, GOOD)
    for attempt in (
        leave(platform, lin, GOOD),
        list_leave_messages(platform, somebody),
        handle(platform, somebody, message_id, LeaveMessageState.HANDLED),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_no_message_of_another_organization_is_seen_or_handled(
    platform: Platform, organization: int, other_organization: int
) -> None:
    stranger = await administrator(platform, other_organization)
    message_id = await leave(platform, await arrive(platform, organization), GOOD)
    page = await list_leave_messages(platform, stranger)
    assert (list(page.items), page.open) == ([], 0)
    with pytest.raises(FrontdeskError) as caught:
        await handle(platform, stranger, message_id, LeaveMessageState.HANDLED)
    assert caught.value.kind is ErrorKind.NOT_FOUND
