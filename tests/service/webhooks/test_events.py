"""Every event really happens, and looks as docs/webhooks.md says."""

import re
from itertools import pairwise
from typing import Any, Final

import msgspec
import pytest

from frontdesk.contacts import ContactChanges, remove_in, update_contact
from frontdesk.conversations import (
    SYSTEM,
    AnswerRated,
    Assigned,
    Card,
    CardButton,
    Closed,
    Colleague,
    Conversation,
    Draft,
    EntryKind,
    Image,
    Joined,
    Left,
    Note,
    Queued,
    Rated,
    Transferred,
    Unqueued,
    Whisper,
    WrappedUp,
    recall,
)
from frontdesk.core.subject import Role
from frontdesk.dispatch import Measure, Standing
from frontdesk.dispatch.service_levels.types import Clock, Count
from frontdesk.dispatch.store.watches import Watch
from frontdesk.dispatch.urgent import agent_is_silent_in, promises_press_in
from frontdesk.platform import Transaction
from frontdesk.staff import AgentCard, AgentKind, Status, connected, set_status
from frontdesk.tickets import (
    LeaveMessageState,
    NewTicket,
    TicketChanges,
    TicketState,
    change_ticket,
    handle,
    leave,
    make_ticket,
)
from frontdesk.webhooks import TEST_EVENT, EventType, send_test
from tests.architecture import tree
from tests.kit.receiver import Receiver
from tests.service.staff_people import add_agent, subject_of
from tests.service.test_conversations_log import appended, visitor
from tests.service.test_leave_messages_leaving import GOOD, arrive
from tests.service.webhooks.world import STAFF, World

PAGE: Final = tree.ROOT / "docs" / "webhooks.md"
ROW: Final = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \| .* \| `(\{.*\})` \|$", re.MULTILINE)
MEI: Final = AgentCard("201", "Mei", None, AgentKind.HUMAN)
LEA: Final = AgentCard("202", "Lea", None, AgentKind.HUMAN)


@pytest.fixture
def leaving(other: Receiver) -> Receiver:
    """Of a webhook that goes off in these tests."""
    return other


async def everything(world: World, leaving: Receiver) -> None:
    """Have everything happen that there is an event for."""
    platform, organization = world.platform, world.organization
    conversation = await world.open(
        Draft(EntryKind.QUEUED, SYSTEM, Queued("401", "visitor")),
        Draft(EntryKind.UNQUEUED, SYSTEM, Unqueued("visitor")),
        Draft(EntryKind.QUEUED, SYSTEM, Queued("401", "phrase")),
        Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(MEI, "401", "dispatch")),
        Draft(EntryKind.NOTE, STAFF, Note("A regular customer")),
    )
    await world.say(conversation, "Where is my lantern?")
    await world.settle()
    await recall(platform, visitor(organization), conversation.id, 7)
    await appended(
        platform,
        organization,
        conversation,
        Draft(EntryKind.TRANSFERRED, STAFF, Transferred(MEI, None, "402")),
        Draft(EntryKind.QUEUED, SYSTEM, Queued("402", "transfer")),
        Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(MEI, "402", "transfer")),
        Draft(EntryKind.WHISPER, STAFF, Whisper("Offer the refund", Colleague("201", "Mei"))),
        Draft(EntryKind.JOINED, STAFF, Joined(LEA)),
        Draft(EntryKind.LEFT, STAFF, Left(LEA)),
        Draft(EntryKind.RATING_INVITED, STAFF),
        Draft(EntryKind.RATED, SYSTEM, Rated(5, "Quick", resolved=True)),
        Draft(EntryKind.ANSWER_RATED, SYSTEM, AnswerRated(3, helpful=False)),
        Draft(EntryKind.CLOSED, STAFF, Closed("agent", "agent")),
        Draft(EntryKind.WRAPPED_UP, STAFF, WrappedUp("Order/Delivery", "Sent again")),
        Draft(EntryKind.REOPENED, SYSTEM),
    )
    somebody = await arrive(platform, organization)
    await update_contact(platform, world.admin, 100, ContactChanges(name="Zhou"))
    message = await leave(platform, somebody, GOOD)
    await handle(platform, world.admin, message, LeaveMessageState.HANDLED, "Called back")
    ticket = await make_ticket(
        platform,
        world.admin,
        NewTicket(client_id="t-1", title="Parcel is lost", leave_message_id=message),
    )
    await change_ticket(platform, world.admin, int(ticket.id), 1, TicketChanges(state=TicketState.SOLVED))
    mei = subject_of(await add_agent(platform, organization, "mei", Role.AGENT))
    await connected(platform, mei, "socket-1")
    await set_status(platform, mei, Status.BUSY, "Lunch")
    await press(world, conversation)
    await world.listen(leaving, EventType.NOTE_CREATED)
    leaving.answers(410)
    await world.note(conversation, "for the one that leaves")
    await appended(
        platform,
        organization,
        conversation,
        Draft(EntryKind.CLOSED, SYSTEM, Closed("system", "erasing")),
        Draft(EntryKind.ERASED, SYSTEM),
    )
    await platform.database.write(
        organization, lambda tx: remove_in(platform, tx, organization, [somebody.id])
    )
    await world.settle()


async def press(world: World, conversation: Conversation) -> None:
    """Its agent is silent, and a promise is warned and then broken."""
    platform, organization, now = world.platform, world.organization, world.platform.clock.now()
    watch = Watch(conversation.id, organization, now, now, unanswered_since=now)
    clocks = [
        Clock(conversation.id, organization, counts=(Count(Measure.FIRST_REPLY, now, now, now, standing),))
        for standing in Standing
    ]

    async def work(tx: Transaction) -> None:
        await agent_is_silent_in(platform, tx, conversation, watch)
        for before, after in pairwise(clocks):
            await promises_press_in(platform, tx, before, after)

    await platform.database.write(organization, work)


def documented() -> dict[str, Any]:
    """The example of each event on the page: the entry's body, or the data."""
    return {event: msgspec.json.decode(example) for event, example in ROW.findall(tree.text(PAGE))}


def shape(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Names and kinds without the values; what may be null is of any kind."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]  whatever JSON holds
    return type(value).__name__


def alike(one: Any, other: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)  # pyright: ignore[reportUnknownVariableType]  whatever JSON holds
    return one == other or one == "NoneType" or other == "NoneType"  # noqa: PLR1714 - objects have no hash


async def test_every_event_happens_and_is_documented_as_it_is(
    world: World, shop: Receiver, leaving: Receiver
) -> None:
    webhook = await world.listen(shop)
    await everything(world, leaving)
    await send_test(world.platform, world.admin, webhook.id)
    await world.settle()
    told = {heard.json["type"]: heard.json["data"] for heard in shop.taken}
    assert set(told) == {*EventType, TEST_EVENT}
    examples = documented()
    assert set(examples) == set(told)
    wrong: list[str] = []
    for event, data in told.items():
        real = data["entry"]["body"] if "entry" in data else data
        if not alike(shape(examples[event]), shape(real)):
            wrong.append(f"{event}: {msgspec.json.encode(real).decode()}")
    assert not wrong, "docs/webhooks.md gives other examples:\n" + "\n".join(wrong)


async def test_the_example_of_a_whole_request_is_what_is_sent(
    world: World, shop: Receiver, leaving: Receiver
) -> None:
    await world.listen(shop, EventType.MESSAGE_CREATED)
    await world.say(await world.open(), "Where is my lantern?")
    await world.settle()
    example = re.search(r"```json\n(.*?)```", tree.text(PAGE), re.DOTALL)
    assert example is not None
    assert alike(shape(msgspec.json.decode(example[1])), shape(shop.taken[0].json)), shop.taken[0].body


async def test_a_card_is_told_as_it_was_sent_and_its_picture_has_an_address(
    world: World, shop: Receiver
) -> None:
    await world.listen(shop, EventType.MESSAGE_CREATED)
    image = Image("77", "lantern.png", 9, "image/png", 3, 2)
    card = Card("The red lantern", "Hand made", image, (CardButton("I want it", reply="One, please"),))
    await world.open(
        Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(MEI, "401", "dispatch")),
        Draft(EntryKind.MESSAGE, STAFF, card),
    )
    await world.settle()
    (heard,) = shop.taken
    body = heard.json["data"]["entry"]["body"]
    assert body["picture"].pop("url").startswith("/v1/media/77/")
    assert body["picture"].pop("thumbnail_url").startswith("/v1/media/77/")
    assert body == {
        "type": "card",
        "title": "The red lantern",
        "text": "Hand made",
        "picture": {
            "type": "image", "media_id": "77", "name": "lantern.png", "size": 9, "mime": "image/png", "width": 3, "height": 2,
        },
        "buttons": [{"label": "I want it", "reply": "One, please"}],
    }  # fmt: skip
