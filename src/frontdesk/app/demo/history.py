"""The past of the demo shop: conversations that were closed before today, so that History has something to find."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Final

from frontdesk.contacts import VisitedPage as ContactPage
from frontdesk.contacts import introduce_in, visit_in
from frontdesk.conversations import (
    SYSTEM,
    Assigned,
    Body,
    Closed,
    Draft,
    EntryKind,
    MessageBody,
    Note,
    Queued,
    Rated,
    Sender,
    Text,
    VisitedPage,
    WrappedUp,
    append_in,
    open_in,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.ids import MAX_WORKER, Ids
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.staff import AgentCard

_DAY: Final = 86_400_000
_HOUR: Final = 3_600_000
_READING: Final = 18.0  # seconds to read and to begin to write
_WRITING: Final = 0.25  # seconds a character
_NAMELESS: Final = ("访客", "Visitor")
_SHOP: Final = "https://lantern.example/"


@dataclass(frozen=True, slots=True)
class Past:
    """One conversation as it is told in `knowledge/history.txt`; `agent` is empty when the bot was enough."""

    language: str
    days_ago: int
    hour: int
    visitor: str
    agent: str
    category: str
    rating: int | None
    lines: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(frozen=True, slots=True)
class Cast:
    """Who appears, and where."""

    organization_id: int
    channel_id: int
    team_id: int
    bot: AgentCard
    agents: Mapping[str, AgentCard]


def read_history() -> Iterator[Past]:
    """The conversations, oldest first."""
    text = (files("frontdesk.app.demo") / "knowledge" / "history.txt").read_text(encoding="utf-8")
    found: list[Past] = []
    for line in text.splitlines():
        if line.startswith("@"):
            language, when, visitor, agent, category, rating = (part.strip() for part in line[1:].split("|"))
            days, hour = when.split()
            score = None if rating == "-" else int(rating)
            found.append(
                Past(language, int(days), int(hour), visitor, "" if agent == "-" else agent, category, score)
            )
        elif line[:2] in {"V ", "B ", "H ", "N "}:
            found[-1].lines.append((line[0], line[2:]))
    return iter(sorted(found, key=lambda past: -past.days_ago))


async def write_history(platform: Platform, cast: Cast) -> int:
    """Write the past, whole or not at all; returns how many conversations were written.

    In an empty installation entries get ids of their own time, so that a search by date finds them; where there are
    entries already they get present ones, because readers of the log go on from the newest id.
    """
    if await platform.database.read(cast.organization_id, lambda reader: _has_past(reader, cast)):
        return 0
    empty = await platform.database.read(EVERY_ORGANIZATION, _is_empty)
    today = platform.clock.now() // _DAY * _DAY

    async def work(tx: Transaction) -> int:
        count = 0
        for past in read_history():
            clock = ManualClock(today - past.days_ago * _DAY + past.hour * _HOUR)
            then = replace(
                platform, clock=clock, ids=Ids(clock, worker=MAX_WORKER) if empty else platform.ids
            )
            await _tell(then, tx, cast, past, clock)
            count += 1
        return count

    return await platform.database.write(cast.organization_id, work)


async def _tell(platform: Platform, tx: Transaction, cast: Cast, past: Past, clock: ManualClock) -> None:
    organization_id = cast.organization_id
    contact = await visit_in(
        platform,
        tx,
        organization_id,
        contact_id=platform.ids.new(),
        channel_id=cast.channel_id,
        language=past.language,
        page=ContactPage(_SHOP, "Lantern Shop", ""),
    )
    if not past.visitor.startswith(_NAMELESS):
        contact = await introduce_in(
            platform, tx, organization_id, contact.id, name=past.visitor, email="", phone=""
        )
    conversation = await open_in(
        platform,
        tx,
        organization_id=organization_id,
        channel_id=cast.channel_id,
        contact_id=contact.id,
        contact_name=contact.name,
        language=past.language,
        page=VisitedPage(_SHOP, "Lantern Shop", ""),
    )
    for pause, draft in _drafts(cast, past, contact.id):
        clock.advance(seconds=pause)
        await append_in(platform, tx, organization_id, conversation.id, [draft])


def _drafts(cast: Cast, past: Past, contact_id: int) -> Iterator[tuple[float, Draft]]:
    """(seconds since the one before, entry)."""
    team = str(cast.team_id)
    visitor = Sender(SubjectKind.VISITOR, str(contact_id))
    bot = Sender(SubjectKind.BOT, cast.bot.id, cast.bot.name)
    human = bot
    yield 0, Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(cast.bot, team, "bot"))
    for kind, text in past.lines:
        writing = _READING + _WRITING * len(text)
        if kind == "H" and human is bot:
            agent = cast.agents[past.agent]
            human = Sender(SubjectKind.AGENT, agent.id, agent.name)
            yield 1, Draft(EntryKind.QUEUED, visitor, Queued(team, "phrase"))
            yield 7, Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(agent, team, "dispatch"))
        match kind:
            case "V":
                yield writing, _message(visitor, Text(text))
            case "B":
                yield 0.4, _message(bot, Text(text))
            case "H":
                yield writing, _message(human, Text(text))
            case _:
                yield writing, Draft(EntryKind.NOTE, human, Note(text))
    if human is bot:
        yield 1_800, _closed(SYSTEM, Closed("system", "silence"))
    else:
        yield 60, Draft(EntryKind.WRAPPED_UP, human, WrappedUp(past.category, ""))
        yield 5, _closed(human, Closed("agent", "agent"))
    if past.rating is not None:
        yield 40, Draft(EntryKind.RATED, visitor, Rated(past.rating, "", past.rating > 3))


def _message(sender: Sender, body: MessageBody) -> Draft:
    return Draft(EntryKind.MESSAGE, sender, body)


def _closed(sender: Sender, body: Body) -> Draft:
    return Draft(EntryKind.CLOSED, sender, body)


async def _has_past(reader: Reader, cast: Cast) -> bool:
    """Whether somebody of the past is there: whoever has come since has another name."""
    named = (past.visitor for past in read_history() if not past.visitor.startswith(_NAMELESS))
    row = await reader.fetch_one(
        "select 1 from contact where organization_id = $1 and name = $2 limit 1",
        cast.organization_id,
        next(named),
    )
    return row is not None


async def _is_empty(reader: Reader) -> bool:
    return await reader.fetch_one("select 1 from entry limit 1") is None
