"""The log: gap-free, idempotent, committed before it is told."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import msgspec
import pytest

from frontdesk.auth import PERMISSIONS
from frontdesk.conversations import (
    Assigned,
    Closed,
    Conversation,
    ConversationState,
    Draft,
    Entry,
    EntryKind,
    Log,
    Note,
    Queued,
    Sender,
    Text,
    append_in,
    apply,
    deliver_subject,
    entries_page,
    open_in,
    recall,
    snapshot,
    sync,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import AgentCard, AgentKind

CONTACT, AGENT, OTHER_AGENT, CHANNEL, TEAM = 101, 201, 202, 301, 401


def visitor(organization: int, contact: int = CONTACT) -> Subject:
    return Subject(organization, SubjectKind.VISITOR, contact, session_id=1, channel_id=CHANNEL)


def agent(organization: int, identity: int = AGENT, role: Role = Role.AGENT) -> Subject:
    return Subject(
        organization, SubjectKind.AGENT, identity, session_id=2, role=role, permissions=PERMISSIONS[role]
    )


def assigned(identity: int = AGENT, kind: AgentKind = AgentKind.HUMAN) -> Draft:
    card = AgentCard(str(identity), f"Agent {identity}", None, kind)
    return Draft(EntryKind.ASSIGNED, Sender(SubjectKind.SYSTEM, "0"), Assigned(card, str(TEAM), "dispatch"))


@pytest.fixture
async def log(platform: Platform) -> AsyncIterator[Log]:
    async def never(_organization: int, _conversation: int) -> bool:
        return False

    made = Log(platform, reopen=never)
    yield made
    await made.drain()


async def opened(
    platform: Platform, organization: int, *drafts: Draft, contact: int = CONTACT
) -> Conversation:
    async def work(tx: Transaction) -> Conversation:
        conversation = await open_in(
            platform,
            tx,
            organization_id=organization,
            channel_id=CHANNEL,
            contact_id=contact,
            contact_name="访客 7F3K",
            language="zh-CN",
            page=None,
        )
        return (
            await append_in(platform, tx, organization, conversation.id, drafts) if drafts else conversation
        )

    return await platform.database.write(organization, work)


async def appended(
    platform: Platform, organization: int, conversation: Conversation, *drafts: Draft
) -> Conversation:
    async def work(tx: Transaction) -> Conversation:
        return await append_in(platform, tx, organization, conversation.id, drafts)

    return await platform.database.write(organization, work)


async def test_eight_writers_at_once_leave_no_gap_and_no_double(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization, assigned())
    who = [visitor(organization), agent(organization)]

    async def writer(number: int) -> list[Entry]:
        return [
            await log.send(who[number % 2], conversation.id, f"{number}-{turn}", Text(f"第 {turn} 条"))
            for turn in range(25)
        ]

    sent = [entry for entries in await asyncio.gather(*map(writer, range(8))) for entry in entries]
    page = await entries_page(platform, visitor(organization), conversation.id, limit=100)
    rest = await entries_page(
        platform, visitor(organization), conversation.id, before=page.entries[0].seq, limit=100
    )
    first = await entries_page(
        platform, visitor(organization), conversation.id, before=rest.entries[0].seq, limit=100
    )
    log_entries = [*first.entries, *rest.entries, *page.entries]
    assert [entry.seq for entry in log_entries] == list(range(1, 203))
    assert sorted(entry.seq for entry in sent) == list(range(3, 203))
    assert len({entry.id for entry in log_entries}) == 202
    ids = [int(entry.id) for entry in log_entries]
    assert ids == sorted(ids)


async def test_a_repeat_returns_the_first_answer_and_adds_nothing(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization)
    first = await log.send(visitor(organization), conversation.id, "c-1", Text("你好"))
    again = await log.send(visitor(organization), conversation.id, "c-1", Text("changed"))
    both = await asyncio.gather(
        *(log.send(visitor(organization), conversation.id, "c-2", Text("hi")) for _ in range(5))
    )
    assert (again.id, again.seq) == (first.id, first.seq)
    assert len({entry.seq for entry in both}) == 1
    assert (await snapshot(platform, visitor(organization), conversation.id)).head == 3


async def test_the_same_client_id_of_two_senders_is_two_messages(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization, assigned())
    one = await log.send(visitor(organization), conversation.id, "same", Text("a"))
    two = await log.send(agent(organization), conversation.id, "same", Text("b"))
    assert one.seq != two.seq


async def test_frames_arrive_in_the_order_of_the_log_and_not_at_the_sending_connection(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization, assigned())
    seen: list[tuple[int, str]] = []

    def remember(payload: bytes, origin: str) -> None:
        frame = msgspec.json.decode(payload)
        seen.append((frame["entry"]["seq"], origin))

    platform.bus.subscribe(deliver_subject(organization, AGENT), remember)
    await asyncio.gather(
        *(
            log.send(visitor(organization), conversation.id, f"c-{n}", Text("hi"), origin="mine")
            for n in range(30)
        )
    )
    await appended(
        platform,
        organization,
        conversation,
        Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, "201"), Note("n")),
    )
    assert [seq for seq, _ in seen] == list(range(3, 34))
    assert {origin for _, origin in seen[:-1]} == {"mine"}


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
async def test_an_empty_text_is_refused(platform: Platform, organization: int, log: Log, text: str) -> None:
    conversation = await opened(platform, organization)
    with pytest.raises(FrontdeskError) as refusal:
        await log.send(visitor(organization), conversation.id, "c", Text(text))
    assert refusal.value.kind is ErrorKind.INVALID


async def test_a_stranger_gets_the_answer_for_what_does_not_exist(
    platform: Platform, organization: int, other_organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization)
    answers: list[tuple[str, str]] = []
    for who, target in (
        (visitor(organization, CONTACT + 1), conversation.id),
        (visitor(other_organization), conversation.id),
        (visitor(organization), 12345),
    ):
        with pytest.raises(FrontdeskError) as refusal:
            await log.send(who, target, "c", Text("let me in"))
        answers.append((refusal.value.code, refusal.value.message))
        with pytest.raises(FrontdeskError) as reading:
            await entries_page(platform, who, target)
        answers.append((reading.value.code, reading.value.message))
    assert len(set(answers)) == 1
    assert (await snapshot(platform, visitor(organization), conversation.id)).head == 1


async def test_a_refused_message_harms_no_other_of_its_batch(
    platform: Platform, organization: int, log: Log
) -> None:
    mine = await opened(platform, organization)
    theirs = await opened(platform, organization, contact=CONTACT + 1)
    results = await asyncio.gather(
        *(
            log.send(visitor(organization), mine.id if n % 2 else theirs.id, f"c-{n}", Text("hi"))
            for n in range(20)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Entry) for result in results) == 10
    assert (await snapshot(platform, visitor(organization), mine.id)).head == 11


async def test_only_bots_may_add_suggestions_and_buttons(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization)
    entry = await log.send(
        visitor(organization), conversation.id, "c", Text("hi", actions=("human",), unanswered=True)
    )
    assert msgspec.json.decode(entry.body) == {"type": "text", "text": "hi"}


async def test_a_closed_conversation_takes_no_message(
    platform: Platform, organization: int, log: Log
) -> None:
    closing = Draft(EntryKind.CLOSED, Sender(SubjectKind.AGENT, str(AGENT)), Closed("agent", "agent"))
    conversation = await opened(platform, organization, assigned(), closing)
    with pytest.raises(FrontdeskError) as refusal:
        await log.send(visitor(organization), conversation.id, "c", Text("too late"))
    assert refusal.value.code == "conversations.closed"


async def test_the_state_machine_refuses_what_is_not_drawn(platform: Platform, organization: int) -> None:
    conversation = await opened(platform, organization)
    queued = Draft(EntryKind.QUEUED, Sender(SubjectKind.SYSTEM, "0"), Queued(str(TEAM), "visitor"))
    waiting = await appended(platform, organization, conversation, queued)
    assert waiting.state is ConversationState.WAITING
    with pytest.raises(FrontdeskError) as refusal:
        await appended(
            platform, organization, conversation, Draft(EntryKind.REOPENED, Sender(SubjectKind.SYSTEM, "0"))
        )
    assert refusal.value.kind is ErrorKind.CONFLICT


async def test_a_visitor_sees_that_a_note_took_a_number_but_not_the_note(
    platform: Platform, organization: int
) -> None:
    secret = Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, str(AGENT), "Mei"), Note("VIP, be careful"))
    conversation = await opened(platform, organization, assigned(), secret)
    page = await entries_page(platform, visitor(organization), conversation.id)
    assert [entry.seq for entry in page.entries] == [1, 2, 3]
    assert page.entries[-1].kind is EntryKind.HIDDEN
    assert b"VIP" not in msgspec.json.encode(page)
    full = await entries_page(platform, agent(organization), conversation.id)
    assert full.entries[-1].kind is EntryKind.NOTE


async def test_a_recalled_message_is_empty_for_everybody_and_gone_from_the_database(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization, assigned())
    entry = await log.send(visitor(organization), conversation.id, "c", Text("my password is hunter2"))
    await recall(platform, visitor(organization), conversation.id, entry.seq)
    await recall(platform, visitor(organization), conversation.id, entry.seq)
    page = await entries_page(platform, agent(organization), conversation.id)
    assert b"hunter2" not in msgspec.json.encode(page)
    assert [e.kind for e in page.entries[-2:]] == [EntryKind.MESSAGE, EntryKind.RECALLED]
    header = await snapshot(platform, agent(organization), conversation.id)
    assert header.last_message is not None
    assert not header.last_message.preview


async def test_recall_is_refused_after_the_window_and_for_others_messages(
    platform: Platform, organization: int, log: Log, clock: ManualClock
) -> None:
    conversation = await opened(platform, organization, assigned())
    entry = await log.send(visitor(organization), conversation.id, "c", Text("hi"))
    with pytest.raises(FrontdeskError) as foreign:
        await recall(platform, agent(organization), conversation.id, entry.seq)
    clock.advance(seconds=121)
    with pytest.raises(FrontdeskError) as late:
        await recall(platform, visitor(organization), conversation.id, entry.seq)
    assert foreign.value.kind is ErrorKind.NOT_FOUND
    assert late.value.code == "conversations.recall-too-late"


async def test_the_header_equals_what_the_entries_add_up_to(
    platform: Platform, organization: int, log: Log
) -> None:
    fresh = await opened(platform, organization)
    start = await snapshot(platform, agent(organization, role=Role.ADMINISTRATOR), fresh.id)
    await appended(platform, organization, fresh, assigned())
    for turn in range(3):
        await log.send(visitor(organization), fresh.id, f"v{turn}", Text(f"问题 {turn}"))
        await log.send(agent(organization), fresh.id, f"a{turn}", Text(f"回答 {turn}"))
    closing = Draft(EntryKind.CLOSED, Sender(SubjectKind.AGENT, str(AGENT)), Closed("agent", "agent"))
    await appended(platform, organization, fresh, closing)
    reader = agent(organization, role=Role.ADMINISTRATOR)
    page = await entries_page(platform, reader, fresh.id, limit=100)
    state = start
    for entry in page.entries[1:]:
        state = apply(state, entry)
    assert msgspec.json.encode(state) == msgspec.json.encode(await snapshot(platform, reader, fresh.id))


def _kinds(frames: Sequence[msgspec.Struct]) -> list[object]:
    return [frame.__struct_config__.tag for frame in frames]


async def test_resume_gives_exactly_what_was_missed(platform: Platform, organization: int, log: Log) -> None:
    conversation = await opened(platform, organization, assigned())
    for turn in range(10):
        await log.send(visitor(organization), conversation.id, f"v{turn}", Text("hi"))
    frames = await sync(platform, visitor(organization), {conversation.id: 7})
    assert _kinds(frames) == ["entries", "conversation"]
    missed = msgspec.json.decode(msgspec.json.encode(frames[0]))["entries"]
    assert [entry["seq"] for entry in missed] == [8, 9, 10, 11, 12]
    assert _kinds(await sync(platform, visitor(organization), {conversation.id: 12})) == ["conversation"]
    assert _kinds(await sync(platform, visitor(organization), {})) == ["reset"]
    assert _kinds(await sync(platform, visitor(organization), {conversation.id: 99})) == ["reset"]
    assert await sync(platform, visitor(organization, CONTACT + 1), {conversation.id: 7}) == []
    assert await sync(platform, agent(organization, OTHER_AGENT), {conversation.id: 7}) == []
