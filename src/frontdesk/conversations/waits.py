"""Waits for a team as the log has them: when each began, how it ended, and how long the agent then had it."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET, Struct
from msgspec.structs import replace

from frontdesk.conversations.decoding import decode_body
from frontdesk.conversations.entries import (
    Assigned,
    Entry,
    EntryKind,
    Opened,
    Queued,
    VisitedPage,
)
from frontdesk.conversations.state import Rating
from frontdesk.conversations.store_waits import Handled, handled_since
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader
from frontdesk.staff import AgentKind


class Wait(Struct, frozen=True):
    """One wait of one visitor. `agent_id` None: it ended without a human of this team; `had_ms` is 0 then.

    `rating`: what the visitor thought of the conversation, from 0 to 1, where that was told. `passed_on`: the agent's
    time with it did not end with the conversation.
    """

    conversation_id: int
    contact_id: int
    channel_id: int
    language: str
    page: VisitedPage
    began_at: Millis
    waited_ms: int = 0
    agent_id: int | None = None
    had_ms: int = 0
    rating: float | None = None
    passed_on: bool = False


async def waits_for_team_in(
    reader: Reader, organization_id: int, team_id: int, since: Millis, *, most: int
) -> Sequence[Wait]:
    """Every wait that began since then, in the order of beginning, of conversations that have ended since.

    `most`: of how many conversations at most; the latest count.
    """
    found = await handled_since(reader, organization_id, since, most=most)
    waits = [wait for one in found for wait in waits_of(one, team_id) if wait.began_at >= since]
    return sorted(waits, key=lambda wait: wait.began_at)


def waits_of(handled: Handled, team_id: int) -> Iterator[Wait]:
    """The waits of one conversation for this team. Whatever follows in the log ends what was before."""
    wait: Wait | None = None
    page = VisitedPage()
    for entry in handled.entries:
        if entry.kind is EntryKind.OPENED:
            page = _page(entry)
            continue
        if wait is not None:
            wait = _ended(wait, entry)
            if wait.agent_id is None or entry.kind is not EntryKind.ASSIGNED or wait.had_ms:
                yield wait
                wait = None
        if entry.kind is EntryKind.QUEUED and decode_body(entry, Queued).team_id == str(team_id):
            wait = Wait(
                handled.id, handled.contact_id, handled.channel_id, handled.language, page, entry.at,
                rating=_share(handled.rating),
            )  # fmt: skip


def _ended(wait: Wait, entry: Entry) -> Wait:
    """The wait, or the time with the agent that followed it, ends with this entry."""
    if wait.agent_id is not None:
        had_ms = max(1, entry.at - wait.began_at - wait.waited_ms)
        return replace(wait, had_ms=had_ms, passed_on=entry.kind is not EntryKind.CLOSED)
    waited = replace(wait, waited_ms=entry.at - wait.began_at)
    if entry.kind is not EntryKind.ASSIGNED:
        return waited
    agent = decode_body(entry, Assigned).agent
    return replace(waited, agent_id=int(agent.id)) if agent.kind is AgentKind.HUMAN else waited


def _share(rating: Rating | None) -> float | None:
    """From the lowest level, 0, to the highest, 1."""
    if rating is None:
        return None
    levels = 5 if rating.levels is UNSET else rating.levels
    return (rating.score - 1) / (levels - 1)


def _page(entry: Entry) -> VisitedPage:
    """Nothing of one that was erased."""
    return VisitedPage() if entry.recalled is True else decode_body(entry, Opened).page or VisitedPage()
