"""The log when several processes append to the same conversations, each with an engine of its own."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from frontdesk.app.engines import open_platform
from frontdesk.conversations import (
    Conversation,
    Draft,
    Entry,
    EntryKind,
    Line,
    Log,
    Note,
    Position,
    Sender,
    Text,
    append_in,
    entries_page,
    lines_after,
)
from frontdesk.core.clock import ManualClock, SystemClock
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Config, Platform, Reader
from tests.service.test_conversations_log import AGENT, opened, visitor

pytestmark = pytest.mark.parametrize("config", ["postgres"], indirect=True)
PROCESSES = 4
HOT = 5
MESSAGES = 30
NOTES = 6


async def never(_organization: int, _conversation: int) -> bool:
    return False


@pytest.fixture
async def processes(config: Config, platform: Platform, clock: ManualClock) -> AsyncIterator[list[Platform]]:
    async with AsyncExitStack() as stack:
        others = [
            await stack.enter_async_context(open_platform(config, SystemClock()))
            for _ in range(PROCESSES - 1)
        ]
        yield [platform, *others]


def note() -> Draft:
    return Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, str(AGENT), "Lin"), Note("seen"))


async def write(process: Platform, organization: int, conversation: Conversation) -> dict[str, Entry]:
    """Every process sends the same messages, in its own order, and adds notes between them. Returns its answers."""
    log = Log(process, reopen=never)
    number = process.ids.new()
    names = [f"message-{(number + each) % MESSAGES}" for each in range(MESSAGES)]

    async def noted() -> None:
        await process.database.write(
            organization, lambda tx: append_in(process, tx, organization, conversation.id, [note()])
        )

    async def send(name: str) -> Entry:
        return await log.send(visitor(organization), conversation.id, name, Text(f"text of {name}"))

    noting = asyncio.gather(*(noted() for _ in range(NOTES)))
    answers = await asyncio.gather(*(send(name) for name in names))
    await noting
    return dict(zip(names, answers, strict=True))


async def test_sequences_have_no_gap_and_every_process_gets_the_same_answer(
    processes: list[Platform], organization: int
) -> None:
    conversations = [await opened(processes[0], organization) for _ in range(HOT)]
    for conversation in conversations:
        answers = await asyncio.gather(*(write(each, organization, conversation) for each in processes))
        for others in answers[1:]:
            assert {name: (entry.id, entry.seq) for name, entry in others.items()} == {
                name: (entry.id, entry.seq) for name, entry in answers[0].items()
            }
        page = await entries_page(processes[0], visitor(organization), conversation.id, limit=100)
        sent = {str(entry.client_id) for entry in page.entries if entry.kind is EntryKind.MESSAGE}
        assert sent == {f"message-{number}" for number in range(MESSAGES)}


async def batches(log: Log, subject: Subject, conversation: Conversation, *, together: int) -> list[int]:
    """How many messages were answered at once: `together` of them first, then two that come one turn of the loop apart."""
    answered = [0]

    async def send(name: str) -> None:
        await log.send(subject, conversation.id, name, Text(name))
        answered[-1] += 1

    await asyncio.gather(*(send(f"first-{together}-{number}") for number in range(together)))
    third = asyncio.create_task(send(f"third-{together}"))
    for _ in range(3):
        await asyncio.sleep(0)
    fourth = asyncio.create_task(send(f"fourth-{together}"))
    answered.append(0)
    await asyncio.wait([third, fourth], return_when=asyncio.FIRST_COMPLETED)
    await asyncio.sleep(0)
    told = list(answered)
    await asyncio.gather(third, fourth)
    return told


async def test_messages_that_follow_several_gather_and_one_that_follows_one_goes_at_once(
    platform: Platform, organization: int
) -> None:
    conversation, sender = await opened(platform, organization), visitor(organization)
    log = Log(platform, reopen=never)
    assert await batches(log, sender, conversation, together=2) == [2, 2]
    assert await batches(log, sender, conversation, together=1) == [1, 1]


async def deadlocks(platform: Platform) -> int:
    """How often the server had to end one of two that waited for each other, each time after a second of both."""

    async def read(reader: Reader) -> int:
        row = await reader.fetch_one(
            "select deadlocks from pg_stat_database where datname = current_database()"
        )
        assert row is not None
        return row[0]

    await asyncio.sleep(1.2)  # the server tells of them once a second
    return await platform.database.read(EVERY_ORGANIZATION, read)


async def test_messages_and_notes_in_one_conversation_never_wait_for_each_other_in_a_circle(
    processes: list[Platform], organization: int
) -> None:
    conversation = await opened(processes[0], organization)
    before = await deadlocks(processes[0])

    async def send(process: Platform) -> None:
        log, sender = Log(process, reopen=never), visitor(organization)
        for number in range(MESSAGES):
            await log.send(sender, conversation.id, f"{process.ids.new()}-{number}", Text("Hello"))

    async def add_notes(process: Platform) -> None:
        for _ in range(MESSAGES):
            await process.database.write(
                organization, lambda tx: append_in(process, tx, organization, conversation.id, [note()])
            )

    await asyncio.gather(*(send(each) for each in processes[1:]), add_notes(processes[0]))
    assert await deadlocks(processes[0]) == before


async def test_who_follows_the_log_misses_nothing_and_sees_each_conversation_in_its_order(
    processes: list[Platform], organization: int
) -> None:
    conversations = [await opened(processes[0], organization) for _ in range(HOT)]
    seen: list[Line] = []
    position = Position(0, 0)

    async def follow(limit: int) -> int:
        nonlocal position

        async def read(reader: Reader) -> tuple[list[Line], Position]:
            lines, after = await lines_after(processes[0], reader, position, limit=limit)
            return list(lines), after

        lines, position = await processes[0].database.read(EVERY_ORGANIZATION, read)
        seen.extend(lines)
        return len(lines)

    writing = asyncio.gather(
        *(write(each, organization, conversation) for each in processes for conversation in conversations)
    )
    while not writing.done():
        await follow(7)
        await asyncio.sleep(0)
    await writing
    while await follow(7):
        pass
    by_conversation: defaultdict[int, list[int]] = defaultdict(list)
    for line in seen:
        by_conversation[line.conversation_id].append(line.seq)
    for conversation in conversations:
        expected = 1 + MESSAGES + PROCESSES * NOTES
        seqs = by_conversation[conversation.id]
        assert seqs == list(range(1, len(seqs) + 1))
        assert len(seqs) >= expected
