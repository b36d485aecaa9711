"""Every sender gets an answer: when there is too much, when the disk fails, when a conversation is closed."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from frontdesk.conversations import (
    Closed,
    Conversation,
    Draft,
    Entry,
    EntryKind,
    Log,
    Sender,
    Text,
    deliver_subject,
    entries_page,
    snapshot,
)
from frontdesk.conversations.log import QUEUE
from frontdesk.core.errors import ErrorKind, FrontdeskError, conflict
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from tests.service.test_conversations_log import (
    AGENT,
    CONTACT,
    OTHER_AGENT,
    agent,
    appended,
    assigned,
    opened,
    visitor,
)

CLOSED = Draft(EntryKind.CLOSED, Sender(SubjectKind.AGENT, str(AGENT)), Closed("agent", "agent"))
Reopen = Callable[[int, int], Awaitable[bool]]

# What fills the one writer, or the one file.
EMBEDDED = pytest.mark.parametrize("config", ["sqlite"], indirect=True)


async def never(_organization: int, _conversation: int) -> bool:
    return False


async def hold_writer(platform: Platform) -> tuple[threading.Event, asyncio.Task[None]]:
    begun, release = threading.Event(), threading.Event()

    async def wait(_tx: Transaction) -> None:
        begun.set()
        release.wait(30)

    task = asyncio.create_task(platform.database.write(EVERY_ORGANIZATION, wait))
    await asyncio.to_thread(begun.wait, 10)
    return release, task


async def texts(platform: Platform, organization: int, conversation: Conversation) -> list[str | None]:
    """The client ids of the messages, in the order of the log."""
    page = await entries_page(platform, visitor(organization), conversation.id, limit=100)
    return [str(entry.client_id) for entry in page.entries if entry.kind is EntryKind.MESSAGE]


# ---- too much, and a disk that fails ---------------------------------------------------------------------------------


@EMBEDDED
async def test_more_than_can_wait_is_refused_as_busy_and_all_the_rest_is_stored(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization)
    log = Log(platform, reopen=never)
    release, held = await hold_writer(platform)
    answers: list[Entry | FrontdeskError] = []
    refused: list[FrontdeskError] = []
    for number in range(QUEUE + 300):
        try:
            log.submit(
                visitor(organization),
                conversation.id,
                str(number),
                Text("hi"),
                origin="",
                done=answers.append,
            )
        except FrontdeskError as error:
            refused.append(error)
        if number % 1_000 == 0:
            await asyncio.sleep(0)
    assert len(refused) == 300
    assert {(error.kind, error.retry_after) for error in refused} == {(ErrorKind.BUSY, 1)}
    assert not answers
    release.set()
    await held
    await asyncio.wait_for(log.drain(), 60)
    assert [int(str(entry.client_id)) for entry in answers if isinstance(entry, Entry)] == list(range(QUEUE))
    assert (await log.send(visitor(organization), conversation.id, "again", Text("hi"))).seq == QUEUE + 2


@EMBEDDED
async def test_senders_are_told_to_come_back_while_the_disk_is_full_and_nothing_is_half_stored(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization)
    log = Log(platform, reopen=never)
    await platform.database.write(
        organization, lambda tx: tx.fetch("pragma max_page_count = 1")
    )  # as many as there are

    async def send(number: int) -> Entry:
        return await log.send(visitor(organization), conversation.id, str(number), Text("满" * 4_000))

    outcomes = await asyncio.gather(*map(send, range(100)), return_exceptions=True)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, FrontdeskError)]
    assert len(refusals) == 100
    assert {(error.kind, error.retry_after) for error in refusals} == {(ErrorKind.UNAVAILABLE, 2)}
    assert (await snapshot(platform, visitor(organization), conversation.id)).head == 1
    await platform.database.write(organization, lambda tx: tx.fetch("pragma max_page_count = 1000000"))
    entries = await asyncio.gather(*map(send, range(100)))
    assert [entry.seq for entry in entries] == list(range(2, 102))


async def test_a_sender_whose_answer_fails_takes_nobody_with_it(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization)
    log = Log(platform, reopen=never)
    answers: list[Entry | FrontdeskError] = []

    def broken(_outcome: Entry | FrontdeskError) -> None:
        raise ConnectionResetError

    for number in range(10):
        done = broken if number % 2 else answers.append
        log.submit(visitor(organization), conversation.id, str(number), Text("hi"), origin="", done=done)
    await asyncio.wait_for(log.drain(), 10)
    assert len(answers) == 5
    assert (await snapshot(platform, visitor(organization), conversation.id)).head == 11


# ---- repeats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [CLOSED, assigned(OTHER_AGENT)], ids=["closed", "transferred"])
async def test_a_repeat_is_answered_as_at_first_whatever_has_changed_since(
    platform: Platform, organization: int, change: Draft
) -> None:
    conversation = await opened(platform, organization, assigned())
    log = Log(platform, reopen=never)
    visitors = await log.send(visitor(organization), conversation.id, "v", Text("hi"))
    agents = await log.send(agent(organization), conversation.id, "a", Text("hello"))
    after = await appended(platform, organization, conversation, change)
    again = await log.send(visitor(organization), conversation.id, "v", Text("hi"))
    assert (again.id, again.seq) == (visitors.id, visitors.seq)
    again = await log.send(agent(organization), conversation.id, "a", Text("hello"))
    assert (again.id, again.seq) == (agents.id, agents.seq)
    with pytest.raises(FrontdeskError):
        await log.send(agent(organization), conversation.id, "new", Text("hello"))
    with pytest.raises(FrontdeskError) as stranger:
        await log.send(visitor(organization, CONTACT + 1), conversation.id, "v", Text("hi"))
    assert stranger.value.kind is ErrorKind.NOT_FOUND
    assert (await snapshot(platform, visitor(organization), conversation.id)).head == after.head


# ---- a closed conversation -------------------------------------------------------------------------------------------


def reopening(
    platform: Platform, asked: list[int], gate: asyncio.Event, reached: asyncio.Event | None = None
) -> Reopen:
    """Opens the conversation again once the gate is open; `reached` tells that it was asked to."""

    async def reopen(organization: int, conversation_id: int) -> bool:
        asked.append(conversation_id)
        if reached is not None:
            reached.set()
        await gate.wait()

        async def work(tx: Transaction) -> bool:
            await tx.execute(
                "update conversation set state = 'active', closed_at = null, close_reason = null where id = $1",
                conversation_id,
            )
            return True

        return await platform.database.write(organization, work)

    return reopen


async def test_what_a_visitor_writes_while_it_is_reopened_keeps_its_order_and_asks_once(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization, assigned(), CLOSED)
    asked: list[int] = []
    gate, reached = asyncio.Event(), asyncio.Event()
    log = Log(platform, reopen=reopening(platform, asked, gate, reached))
    heard: list[bytes] = []
    platform.bus.subscribe(
        deliver_subject(organization, AGENT), lambda payload, _origin: heard.append(payload)
    )
    sent: list[asyncio.Task[Entry]] = []

    async def send(count: int) -> None:
        for _ in range(count):
            number = str(len(sent))
            sent.append(
                asyncio.create_task(log.send(visitor(organization), conversation.id, number, Text(number)))
            )
        await asyncio.sleep(0.01)

    await send(3)
    await send(2)
    await asyncio.wait_for(reached.wait(), 10)
    gate.set()
    for _ in range(20):
        await send(1)
    draining = asyncio.create_task(log.drain())
    entries = await asyncio.wait_for(asyncio.gather(*sent), 10)
    await asyncio.wait_for(draining, 10)
    assert asked == [conversation.id]
    assert [entry.seq for entry in entries] == list(range(conversation.head + 1, conversation.head + 26))
    assert len(heard) == 25


async def test_messages_are_refused_when_a_conversation_stays_closed(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization, assigned(), CLOSED)
    log = Log(platform, reopen=never)
    outcomes = await asyncio.gather(
        *(log.send(visitor(organization), conversation.id, str(number), Text("hi")) for number in range(5)),
        return_exceptions=True,
    )
    codes = [outcome.code for outcome in outcomes if isinstance(outcome, FrontdeskError)]
    assert codes == ["conversations.closed"] * 5
    assert await texts(platform, organization, conversation) == []


async def test_a_reopening_that_did_not_help_is_not_tried_for_ever(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization, assigned(), CLOSED)
    asked: list[int] = []

    async def claims(_organization: int, conversation_id: int) -> bool:
        asked.append(conversation_id)
        return True

    log = Log(platform, reopen=claims)
    with pytest.raises(FrontdeskError) as refused:
        await asyncio.wait_for(log.send(visitor(organization), conversation.id, "1", Text("hi")), 10)
    assert refused.value.code == "conversations.closed"
    assert asked == [conversation.id]


@pytest.mark.parametrize(
    ("error", "code"),
    [(RuntimeError("bug"), "conversations.not-stored"), (conflict("test.no", "No."), "test.no")],
    ids=["bug", "refusal"],
)
async def test_a_reopening_that_fails_is_an_answer_too(
    platform: Platform, organization: int, error: Exception, code: str
) -> None:
    conversation = await opened(platform, organization, assigned(), CLOSED)

    async def fails(_organization: int, _conversation: int) -> bool:
        raise error

    log = Log(platform, reopen=fails)
    for turn in range(2):
        with pytest.raises(FrontdeskError) as refused:
            await asyncio.wait_for(
                log.send(visitor(organization), conversation.id, str(turn), Text("hi")), 10
            )
        assert refused.value.code == code


async def test_a_stranger_and_an_agent_do_not_reopen(platform: Platform, organization: int) -> None:
    conversation = await opened(platform, organization, assigned(), CLOSED)
    asked: list[int] = []
    gate = asyncio.Event()
    log = Log(platform, reopen=reopening(platform, asked, gate))
    for who, kind in (
        (visitor(organization, CONTACT + 1), ErrorKind.NOT_FOUND),
        (agent(organization), ErrorKind.CONFLICT),
    ):
        with pytest.raises(FrontdeskError) as refused:
            await log.send(who, conversation.id, "x", Text("hi"))
        assert refused.value.kind is kind
    assert not asked
    own = asyncio.create_task(log.send(visitor(organization), conversation.id, "own", Text("hi")))
    await asyncio.sleep(0.02)
    with pytest.raises(FrontdeskError) as refused:
        await asyncio.wait_for(
            log.send(visitor(organization, CONTACT + 1), conversation.id, "y", Text("hi")), 5
        )
    assert refused.value.kind is ErrorKind.NOT_FOUND
    gate.set()
    assert (await own).seq == conversation.head + 1
