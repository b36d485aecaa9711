"""Search finds every pair of characters, and nobody finds what is not theirs to read."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.app.engines import open_platform
from frontdesk.auth import create_organization
from frontdesk.conversations import (
    Draft,
    EntryKind,
    Indexer,
    Log,
    Note,
    SearchPage,
    Sender,
    Text,
    recall,
    search,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.config import Config, Storage
from frontdesk.platform.database.sqlite import SqliteDatabase
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

CHINESE = st.text(
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF)
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
    | st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF)
    | st.sampled_from("〇々退款订单号的我，。！ A7"),
    min_size=2,
    max_size=30,
)


async def never(_organization: int, _conversation: int) -> bool:
    return False


@pytest.fixture
async def log(platform: Platform) -> AsyncIterator[Log]:
    made = Log(platform, reopen=never)
    yield made
    await made.drain()


async def index(platform: Platform) -> None:
    indexer = Indexer(platform)
    while await indexer.catch_up():
        pass


def admin(organization: int) -> Subject:
    return agent(organization, 999, Role.ADMINISTRATOR)


def chinese(pair: str) -> bool:
    return all(char in "〇々" or "\u3400" <= char <= "\u9fff" or char >= "\U00020000" for char in pair)


async def all_pages(platform: Platform, who: Subject, query: str, size: int, **filters: int) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = await search(platform, who, query, cursor=cursor, limit=size, **filters)
        found += [hit.entry_id for hit in page.items]
        cursor = page.cursor
        if cursor is None:
            return found


@settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(CHINESE, min_size=1, max_size=4))
async def test_every_two_characters_that_stand_side_by_side_find_the_message(
    platform: Platform, texts: list[str]
) -> None:
    organization = (await create_organization(platform, f"shop-{platform.ids.new()}", "Shop")).id
    log = Log(platform, reopen=never)
    conversation = await opened(platform, organization)
    for number, text in enumerate(texts):
        if not text.strip():
            continue
        entry = await log.send(visitor(organization), conversation.id, str(number), Text(text))
        await index(platform)
        for at in range(len(text) - 1):
            pair = text[at : at + 2]
            if chinese(pair):
                page = await search(platform, admin(organization), pair)
                assert entry.id in [hit.entry_id for hit in page.items], pair


async def test_pages_have_no_gap_and_no_double_whatever_their_size(
    platform: Platform, organization: int, log: Log, clock: ManualClock
) -> None:
    conversation = await opened(platform, organization)
    sent: list[str] = []
    for number in range(137):
        clock.advance(seconds=1)
        sent.append((await log.send(visitor(organization), conversation.id, str(number), Text("退款"))).id)
    await index(platform)
    for size in (1, 7, 50):
        assert await all_pages(platform, admin(organization), "退款", size) == sent[::-1]
    assert (await search(platform, admin(organization), "退款")).total == 137


async def test_dates_cut_the_hits_into_parts_that_fit_together(
    platform: Platform, organization: int, log: Log, clock: ManualClock
) -> None:
    conversation = await opened(platform, organization)
    moments: list[int] = []
    sent: list[str] = []
    for number in range(9):
        clock.advance(seconds=60)
        moments.append(clock.now())
        sent.append((await log.send(visitor(organization), conversation.id, str(number), Text("refund"))).id)
    await index(platform)
    for cut in moments:
        before = await all_pages(platform, admin(organization), "refund", 2, until=cut)
        after = await all_pages(platform, admin(organization), "refund", 2, since=cut)
        assert after + before == sent[::-1]
        assert len(before) == moments.index(cut)
    nothing = await search(platform, admin(organization), "refund", since=1 << 62, until=1 << 63)
    assert (nothing.items, nothing.total) == ([], 0)
    assert len(await all_pages(platform, admin(organization), "refund", 5, since=-5, until=1 << 70)) == 9


async def test_the_filter_by_sender_keeps_what_that_agent_wrote(
    platform: Platform, organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization, assigned())
    await log.send(visitor(organization), conversation.id, "1", Text("发票"))
    mine = await log.send(agent(organization), conversation.id, "2", Text("发票在路上"))
    await index(platform)
    page = await search(platform, admin(organization), "发票", agent_id=AGENT)
    assert ([hit.entry_id for hit in page.items], page.total) == ([mine.id], 1)


async def test_an_organization_finds_nothing_of_another(
    platform: Platform, organization: int, other_organization: int, log: Log
) -> None:
    conversation = await opened(platform, organization)
    await log.send(visitor(organization), conversation.id, "1", Text("秘密计划"))
    await index(platform)
    page = await search(platform, admin(other_organization), "秘密")
    assert page == SearchPage([], None, 0)


async def test_an_agent_finds_its_own_and_learns_nothing_of_others_not_even_how_many(
    platform: Platform, organization: int, log: Log
) -> None:
    theirs = await opened(platform, organization, assigned(OTHER_AGENT))
    for number in range(120):
        await log.send(visitor(organization), theirs.id, str(number), Text("合同"))
    await appended(
        platform,
        organization,
        theirs,
        Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, "202"), Note("合同有误")),
    )
    await index(platform)
    for size in (1, 20, 50):
        assert await search(platform, agent(organization), "合同", limit=size) == SearchPage([], None, None)
    mine = await opened(platform, organization, assigned(), contact=CONTACT + 1)
    entry = await log.send(visitor(organization, CONTACT + 1), mine.id, "1", Text("合同在哪"))
    await index(platform)
    page = await search(platform, agent(organization), "合同")
    assert [hit.entry_id for hit in page.items] == [entry.id]
    assert (page.cursor, page.total) == (None, None)
    assert (await search(platform, admin(organization), "合同")).total == 122


async def test_a_visitor_may_not_search(platform: Platform, organization: int) -> None:
    with pytest.raises(FrontdeskError) as refused:
        await search(platform, visitor(organization), "合同")
    assert refused.value.kind is ErrorKind.FORBIDDEN


@pytest.mark.parametrize("indexed_first", [True, False])
async def test_recalled_words_leave_the_index(
    platform: Platform, organization: int, log: Log, indexed_first: bool
) -> None:
    conversation = await opened(platform, organization)
    entry = await log.send(visitor(organization), conversation.id, "1", Text("我的密码是猴子"))
    stays = await log.send(visitor(organization), conversation.id, "2", Text("猴子是动物"))
    if indexed_first:
        await index(platform)
    await recall(platform, visitor(organization), conversation.id, entry.seq)
    before = await search(platform, admin(organization), "猴子")
    await index(platform)
    page = await search(platform, admin(organization), "猴子")
    assert entry.id not in [hit.entry_id for hit in before.items]
    assert ([hit.entry_id for hit in page.items], page.total) == ([stays.id], 1)
    assert (await search(platform, admin(organization), "密码")).total == 0


async def test_the_indexer_misses_nothing_when_the_clock_was_set_back_between_two_lives(
    tmp_path: Path,
) -> None:
    config = Config(storage=Storage(path=tmp_path / "data"))
    clock = ManualClock()
    async with open_platform(config, clock) as first:
        organization = (await create_organization(first, "lantern", "Lantern")).id
        conversation = await opened(first, organization)
        clock.advance(seconds=3_600)
        early = await Log(first, reopen=never).send(visitor(organization), conversation.id, "1", Text("月饼"))
        await index(first)
    killed = SqliteDatabase(tmp_path / "data" / "frontdesk.db")
    await killed.write(
        EVERY_ORGANIZATION, lambda tx: tx.execute("update process set high_water = 0")
    )  # it had no time to note it
    await killed.close()
    clock.advance(seconds=-7_200)
    async with open_platform(config, clock) as second:
        assert second.ids.new() > int(early.id)
        log = Log(second, reopen=never)
        late = [
            (await log.send(visitor(organization), conversation.id, str(number), Text("月饼"))).id
            for number in range(2, 6)
        ]
        await index(second)
        found = await all_pages(second, admin(organization), "月饼", 2)
    assert found == [*late[::-1], early.id]
