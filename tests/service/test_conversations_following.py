"""What follows the log: pointers, typing, names."""

import asyncio

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.contacts import ContactChanges, update_contact, visit_in
from frontdesk.conversations import (
    Log,
    Membership,
    Receipts,
    Text,
    deliver_subject,
    follow_contact_names,
    snapshot,
    typing,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.tasks import Tasks
from tests.service.test_conversations_log import (
    AGENT,
    CHANNEL,
    CONTACT,
    OTHER_AGENT,
    agent,
    appended,
    assigned,
    opened,
    visitor,
)

Frames = list[dict[str, object]]


def listen(platform: Platform, organization: int, principal: int, kind: str) -> Frames:
    """The frames of a kind that this person gets from now on."""
    frames: Frames = []

    def remember(payload: bytes, _origin: str) -> None:
        frame = msgspec.json.decode(payload)
        if frame["t"] == kind:
            frames.append(frame)

    platform.bus.subscribe(deliver_subject(organization, principal), remember)
    return frames


# ---- pointers --------------------------------------------------------------------------------------------------------

MOVES = st.lists(
    st.tuples(st.booleans(), st.integers(-5, 1 << 70), st.integers(-5, 20)), min_size=1, max_size=12
)


@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(MOVES)
async def test_pointers_never_pass_the_head_and_never_go_back(
    platform: Platform, organization: int, moves: list[tuple[bool, int, int]]
) -> None:
    conversation = await opened(platform, organization, assigned())
    receipts = Receipts(platform)
    highest = [0, 0]
    for of_visitor, received, read in moves:
        who = visitor(organization) if of_visitor else agent(organization)
        receipts.record(who, conversation.id, received=received, read=read)
        await receipts.flush()
        header = await snapshot(platform, agent(organization), conversation.id)
        now = [header.received.visitor, header.received.agent, header.read.visitor, header.read.agent]
        assert all(0 <= pointer <= header.head for pointer in now)
        assert header.read.visitor <= header.received.visitor
        assert header.read.agent <= header.received.agent
        assert header.received.visitor >= highest[0]
        assert header.received.agent >= highest[1]
        highest = [header.received.visitor, header.received.agent]


async def test_a_pointer_reaches_the_other_side(platform: Platform, organization: int) -> None:
    conversation = await opened(platform, organization, assigned())
    receipts = Receipts(platform)
    agents = listen(platform, organization, AGENT, "receipt")
    visitors = listen(platform, organization, CONTACT, "receipt")
    receipts.record(visitor(organization), conversation.id, received=2, read=1)
    receipts.record(agent(organization), conversation.id, read=2)
    await receipts.flush()
    where = str(conversation.id)
    assert agents == [{"t": "receipt", "conversation": where, "side": "visitor", "received": 2, "read": 1}]
    assert visitors == [{"t": "receipt", "conversation": where, "side": "agent", "received": 2, "read": 2}]


async def test_who_takes_no_part_moves_no_pointer(
    platform: Platform, organization: int, other_organization: int
) -> None:
    conversation = await opened(platform, organization, assigned())
    before = await snapshot(platform, agent(organization), conversation.id)
    told = [listen(platform, organization, person, "receipt") for person in (CONTACT, AGENT, OTHER_AGENT)]
    receipts = Receipts(platform)
    for who in (
        visitor(organization, CONTACT + 1),
        visitor(organization, AGENT),
        agent(organization, OTHER_AGENT),
        agent(organization, CONTACT),
        agent(organization, 999, Role.ADMINISTRATOR),
        visitor(other_organization),
        agent(other_organization),
        Subject(other_organization, SubjectKind.SYSTEM, 0),
    ):
        receipts.record(who, conversation.id, received=2, read=2)
        receipts.record(who, 12345, received=2, read=2)
    await receipts.flush()
    assert await snapshot(platform, agent(organization), conversation.id) == before
    assert told == [[], [], []]


# ---- typing ----------------------------------------------------------------------------------------------------------


async def test_typing_goes_to_the_agent_who_has_the_conversation_now_and_to_no_other(
    platform: Platform, organization: int
) -> None:
    membership = Membership(platform)
    conversation = await opened(platform, organization, assigned())
    first = listen(platform, organization, AGENT, "typing")
    second = listen(platform, organization, OTHER_AGENT, "typing")
    await typing(platform, membership, visitor(organization), conversation.id, "我的身份证")
    assert (len(first), len(second)) == (1, 0)
    await appended(platform, organization, conversation, assigned(OTHER_AGENT))
    await typing(platform, membership, visitor(organization), conversation.id, "我的身份证号")
    assert (len(first), len(second)) == (1, 1)
    with pytest.raises(FrontdeskError) as former:
        await typing(platform, membership, agent(organization), conversation.id, "x")
    assert former.value.kind is ErrorKind.NOT_FOUND
    seen = listen(platform, organization, CONTACT, "typing")
    await typing(platform, membership, agent(organization, OTHER_AGENT), conversation.id, "secret draft")
    assert [frame["text"] for frame in seen] == ["…"]


async def test_a_membership_that_is_read_while_it_changes_is_the_new_one(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization, assigned())
    for turn in range(30):
        membership = Membership(platform)
        target = (AGENT, OTHER_AGENT)[turn % 2]
        finding = [asyncio.create_task(membership.find(organization, conversation.id)) for _ in range(3)]
        await appended(platform, organization, conversation, assigned(target))
        await asyncio.gather(*finding)
        assert (await membership.find(organization, conversation.id)).agent_id == target


async def test_nobody_types_into_a_conversation_of_others(
    platform: Platform, organization: int, other_organization: int
) -> None:
    membership = Membership(platform)
    conversation = await opened(platform, organization, assigned())
    await membership.find(organization, conversation.id)
    told = [listen(platform, organization, person, "typing") for person in (CONTACT, AGENT)]
    for who in (
        visitor(organization, CONTACT + 1),
        agent(organization, OTHER_AGENT),
        visitor(other_organization),
        agent(other_organization),
    ):
        with pytest.raises(FrontdeskError) as refused:
            await typing(platform, membership, who, conversation.id, "hi")
        assert refused.value.kind is ErrorKind.NOT_FOUND
    assert told == [[], []]


# ---- names -----------------------------------------------------------------------------------------------------------


async def test_a_new_name_of_a_contact_reaches_its_headers_and_its_agents_screen(
    platform: Platform, organization: int
) -> None:
    tasks = Tasks()
    stop = follow_contact_names(platform, tasks)

    async def arrive(tx: Transaction) -> int:
        made = await visit_in(
            platform,
            tx,
            organization,
            contact_id=platform.ids.new(),
            channel_id=CHANNEL,
            language="zh-CN",
            page=None,
        )
        return made.id

    contact = await platform.database.write(organization, arrive)
    conversation = await opened(platform, organization, assigned(), contact=contact)
    other = await opened(platform, organization, assigned())
    screen = listen(platform, organization, AGENT, "conversation")
    admin = agent(organization, 999, Role.ADMINISTRATOR)
    await update_contact(platform, admin, contact, ContactChanges(name="王小明"))
    async with asyncio.timeout(5):
        while not screen:  # noqa: ASYNC110 - the frame is known by looking
            await asyncio.sleep(0.01)
    shown = msgspec.convert(screen[0]["conversation"], dict[str, object])
    assert (shown["id"], shown["contact"]) == (str(conversation.id), {"id": str(contact), "name": "王小明"})
    assert (await snapshot(platform, admin, conversation.id)).contact.name == "王小明"
    assert (await snapshot(platform, admin, other.id)).contact.name == "访客 7F3K"
    entry = await Log(platform, reopen=_never).send(
        visitor(organization, contact), conversation.id, "1", Text("hi")
    )
    assert entry.seq == conversation.head + 1
    stop()
    await tasks.stop()


async def _never(_organization: int, _conversation: int) -> bool:
    return False
