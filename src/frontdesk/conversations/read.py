"""Reading conversations: the header, pages of entries, lists."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct, structs

from frontdesk.audit import Action, Target, record_once_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import get_contact_in, parts_of_in
from frontdesk.conversations import store, store_lists
from frontdesk.conversations.access_rules import Reach, get_readable, may_read_past, reach_of
from frontdesk.conversations.entries import Entry
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.conversations.state import ConversationState, Snapshot
from frontdesk.conversations.store_lists import Narrowed
from frontdesk.conversations.view import entries_for, staff_in
from frontdesk.core.errors import invalid, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import teams_of

MOST: Final = 100
NEWEST: Final = 1 << 62
_LOOK: Final = 3_600_000
_WHOLE: Final = Narrowed()


class EntriesPage(Struct, frozen=True):
    """Entries in ascending order; `more` says whether there are more in the direction asked."""

    entries: Sequence[Entry]
    more: bool


class ConversationPage(Struct, frozen=True):
    items: Sequence[Snapshot]
    cursor: str | None


class View(StrEnum):
    """Lists of conversations: the agent's own, those of them that it has put aside, waiting ones, the open ones of the agent's teams, everything open, closed ones,
    those in which a colleague named the agent.
    """

    MINE = "mine"
    SNOOZED = "snoozed"
    WAITING = "waiting"
    TEAM = "team"
    ALL = "all"
    CLOSED = "closed"
    MENTIONS = "mentions"


async def snapshot(platform: Platform, subject: Subject, conversation_id: int) -> Snapshot:
    """The header as this subject sees it. Raises `not_found` for what it may not read."""

    async def read(reader: Reader) -> Conversation:
        return await get_readable(reader, subject, conversation_id)

    conversation = await platform.database.read(subject.organization_id, read)
    return snapshot_of(conversation, for_visitor=subject.kind is SubjectKind.VISITOR)


async def entries_page(
    platform: Platform,
    subject: Subject,
    conversation_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
) -> EntriesPage:
    """Entries with seq < before (the newest of them), or with seq > after (the oldest of them).

    Without either, the newest. Raises `not_found` for what the subject may not read. Who reads what another agent is
    answering now is in the audit log before the page is given, once an hour.
    """
    _, page = await _page(platform, subject, conversation_id, before=before, after=after, limit=limit)
    return page


async def snapshot_with_entries(
    platform: Platform, subject: Subject, conversation_id: int
) -> tuple[Snapshot, EntriesPage]:
    """`snapshot` and `entries_page`, of the same moment."""
    conversation, page = await _page(platform, subject, conversation_id)
    return snapshot_of(conversation, for_visitor=subject.kind is SubjectKind.VISITOR), page


async def _page(
    platform: Platform,
    subject: Subject,
    conversation_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
) -> tuple[Conversation, EntriesPage]:
    if not 1 <= limit <= MOST:
        raise invalid("conversations.limit", f"limit must be between 1 and {MOST}.")
    if before is not None and after is not None:
        raise invalid("conversations.range", "Ask for entries before or after a seq, not both.")
    if not all(0 <= seq <= NEWEST for seq in (before, after) if seq is not None):
        raise invalid("conversations.range", "This is not a seq.")
    organization_id = subject.organization_id

    async def read(reader: Reader) -> tuple[Conversation, list[Entry]]:
        conversation = await get_readable(reader, subject, conversation_id)
        if after is not None:
            found = await store.entries_after(reader, organization_id, conversation_id, after, limit + 1)
        else:
            found = await store.entries_before(
                reader, organization_id, conversation_id, NEWEST if before is None else before, limit + 1
            )
        return conversation, found

    conversation, entries = await platform.database.read(organization_id, read)
    await _record_look(platform, subject, conversation)
    more = len(entries) > limit
    if more:
        entries = entries[:limit] if after is not None else entries[1:]
    visitor = subject.kind is SubjectKind.VISITOR
    return conversation, EntriesPage(
        entries_for(platform, organization_id, entries, for_visitor=visitor), more
    )


async def _record_look(platform: Platform, subject: Subject, conversation: Conversation) -> None:
    live = conversation.state is ConversationState.ACTIVE
    if subject.kind is not SubjectKind.AGENT or not live or subject.id in staff_in(conversation):
        return
    target = Target("conversation", conversation.id)

    async def work(tx: Transaction) -> None:
        await record_once_in(platform, tx, subject, Action.CONVERSATION_READ, target, within=_LOOK)

    await platform.database.write(subject.organization_id, work)


async def of_contact(
    platform: Platform, subject: Subject, contact_id: int, *, before: int | None = None, limit: int = 10
) -> ConversationPage:
    """A contact's conversations, newest first: a visitor's own, and of staff those that `may_read` allows, also under the
    ids that an agent has made a part of this one. No visitor sees more by that.

    Raises `not_found` for a contact that does not exist, and to a visitor for everybody else's.
    """
    visitor = subject.kind is SubjectKind.VISITOR
    if not visitor:
        require(subject, Permission.CONTACT_READ)
        require(subject, Permission.CONVERSATION_READ_OWN)
    elif contact_id != subject.id:
        raise not_found("contact")
    limit = min(max(limit, 1), MOST)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> list[Conversation]:
        reach: Reach | None = None
        whose: Sequence[int] = [contact_id]
        if not visitor:
            await get_contact_in(reader, organization_id, contact_id)
            whose = await parts_of_in(reader, organization_id, contact_id)
        if not visitor and not await may_read_past(reader, subject, contact_id):
            reach = await reach_of(reader, subject)
        return await store_lists.of_contact(
            reader,
            organization_id,
            whose,
            None if reach is None else reach.agents,
            () if reach is None else reach.teams,
            before=before or NEWEST,
            limit=limit + 1,
        )

    found = await platform.database.read(organization_id, read)
    items = [snapshot_of(conversation, for_visitor=visitor) for conversation in found[:limit]]
    return ConversationPage(items, items[-1].id if len(found) > limit else None)


async def of_agent(platform: Platform, subject: Subject, agent_id: int) -> ConversationPage:
    """What an agent has now, as far as the role of who asks reaches: all of it, or what belongs to their teams."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> list[Conversation]:
        reach = await reach_of(reader, subject)
        found = await store.active_of_agent(reader, organization_id, agent_id)
        if reach.everything or agent_id in reach.agents:
            return found
        return [each for each in found if each.team_id in reach.teams]

    found = await platform.database.read(organization_id, read)
    return ConversationPage([snapshot_of(each) for each in found], None)


async def list_conversations(
    platform: Platform,
    subject: Subject,
    view: View,
    *,
    narrowed: Narrowed = _WHOLE,
    cursor: str | None = None,
    limit: int = 50,
) -> ConversationPage:
    """A list of conversations. `mine` are the agent's own and those that it has joined, `snoozed` the own ones that it has put aside; `waiting`, `all` (the open ones)
    and `closed` hold what its role reaches: its own, its teams', its department's, everybody's; `team` the open ones of its
    own teams, `mentions` those in which it was named. `all` and `closed` can be narrowed, `waiting` to one team.
    Waiting ones come oldest first, closed ones the last closed first, those that wake next. Of open ones those come first
    whose visitor waits for a person's answer, the longest waiting before all; then those with the newest news.
    """
    require(subject, Permission.CONVERSATION_READ_OWN)
    beside_team = structs.replace(narrowed, team_id=None)
    if beside_team != _WHOLE and view not in {View.ALL, View.CLOSED}:
        raise invalid(
            "conversations.tag-view",
            "Only open and closed conversations are listed by tag, channel or agent.",
            hint="Ask for the view all or closed.",
        )
    limit = min(max(limit, 1), MOST)
    position = None if cursor is None else _position(cursor)

    async def read(reader: Reader) -> list[Conversation]:
        organization_id = subject.organization_id
        reach = await reach_of(reader, subject)
        teams = None if reach.everything else reach.teams
        match view:
            case View.MINE:
                own = await store.active_of_agent(reader, organization_id, subject.id)
                awake = [one for one in own if one.snoozed_until is None]
                return awake + await store.visited_by(reader, organization_id, subject.id)
            case View.SNOOZED:
                own = await store.active_of_agent(reader, organization_id, subject.id)
                asleep = [one for one in own if one.snoozed_until is not None]
                return sorted(asleep, key=lambda one: one.snoozed_until or 0)
            case View.WAITING:
                return await store_lists.waiting(
                    reader,
                    organization_id,
                    teams,
                    of_team=narrowed.team_id,
                    after=position,
                    limit=limit + 1,
                )
            case View.MENTIONS:
                return await store_lists.mentioning(
                    reader, organization_id, subject.id, before=position, limit=limit + 1
                )
            case View.TEAM:
                own_teams = [team.id for team in await teams_of(reader, organization_id, subject.id)]
                reached = [team for team in own_teams if teams is None or team in teams]
                return await store_lists.open_ones(
                    reader,
                    organization_id,
                    (),
                    reached,
                    narrowed=_WHOLE,
                    after=position,
                    limit=limit + 1,
                )
            case View.ALL:
                return await store_lists.open_ones(
                    reader,
                    organization_id,
                    reach.agents,
                    teams,
                    narrowed=narrowed,
                    after=position,
                    limit=limit + 1,
                )
            case View.CLOSED:
                return await store_lists.closed_ones(
                    reader,
                    organization_id,
                    reach.agents,
                    teams,
                    narrowed=narrowed,
                    before=position,
                    limit=limit + 1,
                )

    found = await platform.database.read(subject.organization_id, read)
    if view in {View.MINE, View.SNOOZED}:
        return ConversationPage([snapshot_of(conversation) for conversation in found], None)
    items = [snapshot_of(conversation) for conversation in found[:limit]]
    return ConversationPage(items, _cursor(found[limit - 1], view) if len(found) > limit else None)


def _cursor(last: Conversation, view: View) -> str:
    moments = {
        View.WAITING: last.waiting_since,
        View.CLOSED: last.closed_at,
        View.MENTIONS: last.last_entry_at,
    }
    return f"{moments.get(view, store_lists.urgency(last))}-{last.id}"


def _position(cursor: str) -> tuple[int, int]:
    moment, _, identity = cursor.partition("-")
    first, second = parse_id(moment), parse_id(identity)
    if first is None or second is None:
        raise invalid(
            "paging.cursor", "This cursor is not one of ours.", hint="Use the cursor of the previous page."
        )
    return first, second
