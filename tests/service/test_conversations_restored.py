"""A dump that is restored on another PostgreSQL server: who follows the log misses nothing of what comes then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.app.engines import apply_migrations, open_platform
from frontdesk.auth import create_organization
from frontdesk.conversations import Draft, EntryKind, Indexer, Note, Sender, is_restored, search
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.config import Config, Database, Storage
from tests.kit.postgres import PostgresServer
from tests.service.test_conversations_log import AGENT, agent, appended, assigned, opened

ANOTHER_LIFE = 1_000_000_000_000  # so many transactions was the old server ahead


@pytest.fixture
def config(postgres: PostgresServer, tmp_path: Path) -> Iterator[Config]:
    name = postgres.create(postgres.template())
    yield Config(storage=Storage(path=tmp_path), database=Database(url=postgres.url(name), pool=4))
    postgres.drop(name)


def note(text: str) -> Draft:
    return Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, str(AGENT), "Lin"), Note(text))


async def found(platform: Platform, organization: int, word: str) -> int:
    return len((await search(platform, agent(organization), word)).items)


async def test_what_was_unread_at_the_dump_and_what_is_written_after_it_are_both_found(
    config: Config, postgres: PostgresServer, clock: ManualClock
) -> None:
    async with open_platform(config, clock) as platform:
        organization = (await create_organization(platform, "lantern", "Lantern Shop")).id
        conversation = await opened(platform, organization, assigned())
        await appended(platform, organization, conversation, note("read before the dump"))
        while await Indexer(platform).catch_up():
            pass
        await appended(platform, organization, conversation, note("unread at the dump"))
    name = config.database.url.rpartition("/")[2].partition("?")[0]
    for table in ("entry", "index_cursor"):
        postgres.execute(f"update {table} set written_by = written_by + {ANOTHER_LIFE}", name)  # noqa: S608 - our own names
    async with open_platform(config, clock) as platform:
        assert not await platform.database.read(EVERY_ORGANIZATION, is_restored)
        await appended(platform, organization, conversation, note("written after the dump"))
        while await Indexer(platform).catch_up():
            pass
        assert [await found(platform, organization, word) for word in ("before", "unread", "after")] == [
            1,
            1,
            1,
        ]


async def test_a_log_of_this_server_is_left_as_it_is(config: Config, clock: ManualClock) -> None:
    async with open_platform(config, clock) as platform:
        organization = (await create_organization(platform, "lantern", "Lantern Shop")).id
        await opened(platform, organization, assigned())
        before = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader: reader.fetch("select id, written_by from entry order by id")
        )
    await apply_migrations(config, clock)
    async with open_platform(config, clock) as platform:
        after = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader: reader.fetch("select id, written_by from entry order by id")
        )
    assert after == before
