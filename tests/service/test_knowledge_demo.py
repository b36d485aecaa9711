"""The demo organization: complete, searchable, and the same after a second loading."""

import re
from pathlib import Path
from typing import Any

import pytest

from frontdesk.app.demo import corpus, history, load, load_demo
from frontdesk.auth import find_organization
from frontdesk.bots import Outcome, answer, list_bots
from frontdesk.conversations import Indexer, View, list_conversations, search
from frontdesk.core.subject import Subject, system_subject
from frontdesk.desk import list_quick_replies
from frontdesk.dispatch import loads_of
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.database import Row
from frontdesk.staff import list_agents, list_teams

SHOP = Path(corpus.__file__).parent / "shop"


async def demo_subject(platform: Platform) -> Subject:
    found = await platform.database.read(EVERY_ORGANIZATION, lambda reader: find_organization(reader, "demo"))
    assert found is not None
    return system_subject(found.id)


async def counts(platform: Platform) -> list[Row]:
    tables = (
        "organization",
        "account",
        "team",
        "quick_reply",
        "question",
        "channel",
        "conversation",
        "entry",
        "contact",
    )
    sql = " union all ".join(f"select '{table}', count(*) from {table}" for table in tables)  # noqa: S608  fixed names
    return list(await platform.database.read(EVERY_ORGANIZATION, lambda reader: reader.fetch(sql)))


async def test_the_demo_is_complete(platform: Platform) -> None:
    facts = await load_demo(platform, lambda _step: None)
    subject = await demo_subject(platform)
    assert [account.username for account in facts.accounts] == ["admin", "lin", "mei", "omar"]
    assert facts.questions > 300
    assert facts.notes == ()
    agents = await list_agents(platform, subject)
    assert {agent.username for agent in agents} == {"admin", "lin", "mei", "omar", "lumi"}
    assert [team.name for team, _members in await list_teams(platform, subject)] == [
        "Orders 订单",
        "Support 售后",
    ]
    assert len(await list_quick_replies(platform, subject)) == 14
    page = await list_conversations(platform, subject, View.CLOSED, limit=100)
    assert len(page.items) == 30
    assert {snapshot.language for snapshot in page.items} == {"zh-CN", "en"}
    loads = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: loads_of(reader, subject.organization_id)
    )
    assert set(loads.values()) <= {0}


async def test_loading_again_changes_nothing(platform: Platform) -> None:
    await load_demo(platform, lambda _step: None)
    before = await counts(platform)
    await load_demo(platform, lambda _step: None)
    assert await counts(platform) == before


STEPS = ("create_team", "set_members", "create_quick_reply", "import_csv", "configure_bot", "create_channel")


@pytest.mark.parametrize("step", [*STEPS, "write_history"])
async def test_an_interrupted_loading_is_completed_by_the_next(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The second call of the step (the first, where there is one only) never comes back."""

    class BrokenError(Exception):
        pass

    real, calls = getattr(load, step), list[int]()

    async def interrupted(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == (2 if step in {"create_team", "set_members", "create_quick_reply"} else 1):
            raise BrokenError
        return await real(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(load, step, interrupted)
        with pytest.raises(BrokenError):
            await load_demo(platform, lambda _step: None)
    facts = await load_demo(platform, lambda _step: None)
    assert facts.questions > 300
    subject = await demo_subject(platform)
    assert all(members for _team, members in await list_teams(platform, subject))
    assert len(await list_quick_replies(platform, subject)) == 14
    assert len(await list_bots(platform, subject)) == 1
    assert len((await list_conversations(platform, subject, View.CLOSED, limit=100)).items) == 30


async def test_a_past_that_breaks_off_leaves_nothing_and_is_written_by_the_next(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, told = history._tell, list[int]()

    async def breaks_off(*given: Any) -> None:  # noqa: ANN401  passed on as it is
        told.append(1)
        if len(told) == 10:
            raise ValueError("broken off")
        await real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(history, "_tell", breaks_off)
        with pytest.raises(ValueError, match="broken off"):
            await load_demo(platform, lambda _step: None)
    subject = await demo_subject(platform)
    assert not (await list_conversations(platform, subject, View.CLOSED, limit=100)).items
    await load_demo(platform, lambda _step: None)
    before = await counts(platform)
    assert len((await list_conversations(platform, subject, View.CLOSED, limit=100)).items) == 30
    await load_demo(platform, lambda _step: None)
    assert await counts(platform) == before


async def test_the_past_is_found_by_word_and_by_day(platform: Platform) -> None:
    await load_demo(platform, lambda _step: None)
    indexer = Indexer(platform)
    while await indexer.catch_up():
        pass
    subject = await demo_subject(platform)
    week = platform.clock.now() - 7 * 86_400_000
    assert (await search(platform, subject, "婚礼")).total
    assert (await search(platform, subject, "porcelain Toronto")).items
    assert not (await search(platform, subject, "Toronto", since=week)).items
    assert (await search(platform, subject, "festival", since=week)).items


@pytest.mark.parametrize(
    ("asked", "language", "part"),
    [
        ("包邮吗", "zh-CN", "满 99 元包邮"),
        ("你们周末营业吗", "zh-CN", "10:00"),
        ("can I send it back", "en", "7 days"),
        ("What is AI?", "en", "Intelligence"),
    ],
)
async def test_the_demos_bot_knows_the_shop_and_small_talk(
    platform: Platform, asked: str, language: str, part: str
) -> None:
    await load_demo(platform, lambda _step: None)
    bot = (await list_bots(platform, await demo_subject(platform)))[0]
    found = await answer(platform, bot, asked, language, fresh=True)
    assert found.outcome is Outcome.ANSWER
    assert part in found.text


async def test_the_demo_says_so_when_the_corpus_is_not_installed(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(corpus, "find_spec", find_nothing)
    facts = await load_demo(platform, lambda _step: None)
    assert facts.questions == 110
    assert "chatterbot-corpus" in facts.notes[0]


def test_the_shop_page_runs_no_inline_script_and_has_every_file_it_names() -> None:
    page = (SHOP / "index.html").read_text(encoding="utf-8")
    assert '<script async src="/widget.js" data-channel="demo-shop"></script>' in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)
    named = set(re.findall(r'(?:src|href)="/demo/([^"?]+)"', page))
    assert named
    assert all((SHOP / name).is_file() for name in named)
