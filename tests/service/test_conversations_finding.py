"""Finding inside one conversation: a word of it, and where a day begins."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import Draft, EntryKind, Log, Note, Sender, Text, find, find_day, recall
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Platform
from tests.service.test_conversations_log import (
    AGENT,
    OTHER_AGENT,
    agent,
    appended,
    assigned,
    opened,
    visitor,
)

DAY = 86_400_000


async def never(_organization: int, _conversation: int) -> bool:
    return False


@pytest.fixture
async def log(platform: Platform) -> AsyncIterator[Log]:
    made = Log(platform, reopen=never)
    yield made
    await made.drain()


@pytest.fixture
async def conversation(platform: Platform, organization: int) -> int:
    return (await opened(platform, organization, assigned())).id


async def say(log: Log, organization: int, conversation: int, *texts: str) -> list[int]:
    who = visitor(organization)
    return [(await log.send(who, conversation, new_secret(), Text(text))).seq for text in texts]


async def test_messages_and_notes_with_every_word_are_found_newest_first_before_they_are_indexed(
    platform: Platform, organization: int, log: Log
) -> None:
    made = await opened(platform, organization, assigned())
    conversation = made.id
    first, _, third = await say(
        log, organization, conversation, "我的琥珀灯笼", "别的", "琥珀色的灯笼 LANTERN"
    )
    note = Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, str(AGENT)), Note("琥珀的灯笼已经寄出"))
    noted = (await appended(platform, organization, made, note)).head
    me = agent(organization)
    found = await find(platform, me, conversation, "灯笼 琥珀")
    assert ([one.seq for one in found.items], found.more) == ([noted, third, first], False)
    assert [piece.text for piece in found.items[2].snippet if piece.hit] == ["琥珀", "灯笼"]
    assert [one.seq for one in (await find(platform, me, conversation, "ｌａｎｔ")).items] == [third]
    assert (await find(platform, me, conversation, "不存在")).items == []


async def test_what_was_recalled_is_not_found(
    platform: Platform, organization: int, log: Log, conversation: int
) -> None:
    who = visitor(organization)
    entry = await log.send(who, conversation, "secret", Text("my card is 4111"))
    await recall(platform, who, conversation, entry.seq)
    assert (await find(platform, agent(organization), conversation, "4111")).items == []


async def test_a_long_conversation_gives_the_newest_two_hundred_and_says_that_there_are_more(
    platform: Platform, organization: int, log: Log, conversation: int
) -> None:
    seqs = await say(log, organization, conversation, *(["needle"] * 201), *(["hay"] * 600))
    found = await find(platform, agent(organization), conversation, "needle")
    assert ([one.seq for one in found.items], found.more) == (seqs[200:0:-1], True)


async def test_a_day_begins_at_its_first_message_and_after_the_last_one_nowhere(
    platform: Platform, clock: ManualClock, organization: int, log: Log, conversation: int
) -> None:
    (before,) = await say(log, organization, conversation, "yesterday")
    start = clock.now() + DAY // 2
    clock.advance(seconds=DAY / 1000)
    (today,) = await say(log, organization, conversation, "today")
    me = agent(organization)
    assert before < today
    assert (await find_day(platform, me, conversation, start)).seq == today
    assert (await find_day(platform, me, conversation, -(1 << 70))).seq == before
    assert (await find_day(platform, me, conversation, 1 << 70)).seq is None


@pytest.mark.parametrize("query", ["", "  ", "!?"])
async def test_a_query_without_a_letter_is_refused(
    platform: Platform, organization: int, conversation: int, query: str
) -> None:
    with pytest.raises(FrontdeskError) as refused:
        await find(platform, agent(organization), conversation, query)
    assert refused.value.code == "search.empty"


async def test_nobody_finds_anything_in_what_they_may_not_read(
    platform: Platform, organization: int, log: Log, conversation: int
) -> None:
    await say(log, organization, conversation, "琥珀")
    stranger = agent(organization, OTHER_AGENT)
    for attempt in (
        find(platform, stranger, conversation, "琥珀"),
        find_day(platform, stranger, conversation, 0),
    ):
        with pytest.raises(FrontdeskError) as refused:
            await attempt
        assert refused.value.kind is ErrorKind.NOT_FOUND
    with pytest.raises(FrontdeskError) as refused:
        await find(platform, visitor(organization), conversation, "琥珀")
    assert refused.value.kind is ErrorKind.FORBIDDEN
