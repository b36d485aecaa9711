"""The SQL of lists of conversations, paged by (moment, id)."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations.rows import COLUMNS, Conversation, conversation_of
from frontdesk.conversations.state import ConversationState
from frontdesk.platform import Reader
from frontdesk.platform.database import Value

Position = tuple[int, int]


class Narrowed(Struct, frozen=True):
    """What of a list is wanted: one team's, of one channel, with one agent, with a tag. None keeps all."""

    team_id: int | None = None
    channel_id: int | None = None
    agent_id: int | None = None
    tag_id: int | None = None


_FIRST: Final = (0, 0)
_LAST: Final = (1 << 62, 1 << 62)
_AFTER_ANY_WAIT: Final = 1 << 50
_URGENCY: Final = f"""case when state = 'waiting' then waiting_since
    when state = 'active' and coalesce(last_visitor_at, 0) > coalesce(last_agent_at, 0) then last_visitor_at
    else {_AFTER_ANY_WAIT} - last_entry_at end"""


def urgency(conversation: Conversation) -> int:
    """By what `open_ones` orders: since when the visitor waits for a person's answer; if not at all, by the latest news."""
    one = conversation
    if one.state is ConversationState.WAITING and one.waiting_since is not None:
        return one.waiting_since
    visitor_at = one.last_visitor_at or 0
    if one.state is ConversationState.ACTIVE and visitor_at > (one.last_agent_at or 0):
        return visitor_at
    return _AFTER_ANY_WAIT - one.last_entry_at


async def waiting(
    reader: Reader,
    organization_id: int,
    teams: Sequence[int] | None,
    *,
    of_team: int | None,
    after: Position | None,
    limit: int,
) -> list[Conversation]:
    """Waiting conversations of these teams (None: of all), the longest waiting first. `of_team` keeps one team's."""
    moment, identity = after or _FIRST
    return await _list(
        reader,
        f"""select {COLUMNS} from conversation where organization_id = $1 and state = 'waiting'
        and (waiting_since, id) > ($2, $3) and ($4 or team_id = any($5))
        and (team_id = $6 or $6 = 0)
        order by waiting_since, id limit $7""",  # noqa: S608 - constant columns
        organization_id,
        moment,
        identity,
        teams is None,
        list(teams or ()),
        of_team or 0,
        limit,
    )


async def open_ones(
    reader: Reader,
    organization_id: int,
    agents: Sequence[int],
    teams: Sequence[int] | None,
    *,
    narrowed: Narrowed,
    after: Position | None,
    limit: int,
) -> list[Conversation]:
    """Open conversations with anybody: all of them, or those of these agents and teams.

    Whoever waits for a person's answer comes first, the longest waiting before all; then the newest news.
    """
    moment, identity = after or _FIRST
    return await _list(
        reader,
        f"""select {COLUMNS} from conversation where organization_id = $1 and state in ('bot', 'waiting', 'active')
        and ({_URGENCY}, id) > ($2, $3)
        and ($4 or agent_id = any($5) or team_id = any($6))
        and (team_id = $7 or $7 = 0) and (channel_id = $8 or $8 = 0) and (agent_id = $9 or $9 = 0)
        and (cast($10 as bigint) = 0 or id in (select conversation_id from conversation_tag where organization_id = $1 and tag_id = $10))
        order by {_URGENCY}, id limit $11""",  # noqa: S608 - constant columns
        organization_id,
        moment,
        identity,
        teams is None,
        list(agents),
        list(teams or ()),
        *_places(narrowed),
        limit,
    )


async def closed_ones(
    reader: Reader,
    organization_id: int,
    agents: Sequence[int],
    teams: Sequence[int] | None,
    *,
    narrowed: Narrowed,
    before: Position | None,
    limit: int,
) -> list[Conversation]:
    """Closed conversations: all of them, or those that one of the agents took part in and the teams'. Last closed first."""
    moment, identity = before or _LAST
    return await _list(
        reader,
        f"""select {COLUMNS} from conversation where organization_id = $1 and state = 'closed'
        and (closed_at, id) < ($2, $3)
        and ($4 or team_id = any($5)
            or id in (select conversation_id from conversation_agent where organization_id = $1 and agent_id = any($6)))
        and (team_id = $7 or $7 = 0) and (channel_id = $8 or $8 = 0) and (agent_id = $9 or $9 = 0)
        and (cast($10 as bigint) = 0 or id in (select conversation_id from conversation_tag where organization_id = $1 and tag_id = $10))
        order by closed_at desc, id desc limit $11""",  # noqa: S608 - constant columns
        organization_id,
        moment,
        identity,
        teams is None,
        list(teams or ()),
        list(agents),
        *_places(narrowed),
        limit,
    )


async def mentioning(
    reader: Reader, organization_id: int, agent_id: int, *, before: Position | None, limit: int
) -> list[Conversation]:
    """Conversations, open and closed, in which somebody named the agent. Newest news first."""
    moment, identity = before or _LAST
    return await _list(
        reader,
        f"""select {COLUMNS} from conversation where organization_id = $1
        and id in (select conversation_id from mention where organization_id = $1 and agent_id = $2)
        and (last_entry_at, id) < ($3, $4) order by last_entry_at desc, id desc limit $5""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
        moment,
        identity,
        limit,
    )


async def of_contact(
    reader: Reader,
    organization_id: int,
    contact_ids: Sequence[int],
    agents: Sequence[int] | None,
    teams: Sequence[int],
    *,
    before: int,
    limit: int,
) -> list[Conversation]:
    """The conversations of these contacts with id < before, newest first: all of them, or those that one of the agents had or the teams have."""
    return await _list(
        reader,
        f"""select {COLUMNS} from conversation where organization_id = $1 and contact_id = any($2) and id < $3
        and ($4 or agent_id = any($5) or team_id = any($6)
            or id in (select conversation_id from conversation_agent where organization_id = $1 and agent_id = any($5)))
        order by id desc limit $7""",  # noqa: S608 - constant columns
        organization_id,
        list(contact_ids),
        before,
        agents is None,
        list(agents or ()),
        list(teams),
        limit,
    )


async def with_people(reader: Reader, organization_id: int) -> list[int]:
    """The conversations that wait for a person, or that one has."""
    rows = await reader.fetch(
        "select id from conversation where organization_id = $1 and state in ('waiting', 'active') order by id",
        organization_id,
    )
    return [row[0] for row in rows]


async def _list(reader: Reader, sql: str, *values: Value) -> list[Conversation]:
    return [conversation_of(row) for row in await reader.fetch(sql, *values)]


def _places(narrowed: Narrowed) -> tuple[int, int, int, int]:
    return (
        narrowed.team_id or 0,
        narrowed.channel_id or 0,
        narrowed.agent_id or 0,
        narrowed.tag_id or 0,
    )
