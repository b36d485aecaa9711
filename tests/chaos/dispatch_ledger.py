"""What must be true of dispatch's tables in every committed state, as one statement, so that it sees one moment."""

from collections.abc import Sequence

from msgspec import json

from frontdesk.conversations import Assigned
from frontdesk.platform import Platform, Reader

_LEDGER = """
select 'load' as broken, s.agent_id as id from seat s where s.organization_id = $1 and s.load <>
    (select coalesce(sum(c.weight), 0) from conversation c where c.agent_id = s.agent_id and c.state = 'active')
union all
select 'reserved', s.agent_id from seat s where s.organization_id = $1 and s.reserved <>
    (select coalesce(sum(q.weight), 0) from queue_item q where q.offered_to = s.agent_id and q.state = 'offered')
union all
select 'load of a kind', s.agent_id from seat s where s.organization_id = $1 and exists (
    select 1 from (select 'site' as kind, s.site_taken as taken union all select 'app', s.app_taken
        union all select 'messaging', s.messaging_taken) as told
    where told.taken <> (select coalesce(sum(c.weight), 0) from conversation c
        where c.agent_id = s.agent_id and c.state = 'active' and c.written_from = told.kind)
    + (select coalesce(sum(q.weight), 0) from queue_item q
        where q.offered_to = s.agent_id and q.state = 'offered' and q.written_from = told.kind))
union all
select 'another kind', q.conversation_id from queue_item q where q.organization_id = $1
    and exists (select 1 from conversation c where c.id = q.conversation_id and c.written_from <> q.written_from)
union all
select 'another weight', q.conversation_id from queue_item q where q.organization_id = $1
    and exists (select 1 from conversation c where c.id = q.conversation_id and c.weight <> q.weight)
union all
select 'above the ceiling', agent_id from seat where organization_id = $1 and load + reserved > ceiling
union all
select 'above the capacity', agent_id from seat where organization_id = $1 and agent_id = any($2)
    and load + reserved > capacity
union all
select 'above the limit of a kind', agent_id from seat where organization_id = $1 and agent_id = any($2)
    and (site_taken > site_limit or app_taken > app_limit or messaging_taken > messaging_limit)
union all
select 'ceiling', agent_id from seat where organization_id = $1
    and ceiling <> capacity and ceiling <> load + reserved
union all
select 'waits outside of the queue', c.id from conversation c where c.organization_id = $1 and c.state = 'waiting'
    and not exists (select 1 from queue_item q where q.conversation_id = c.id and q.team_id = c.team_id)
union all
select 'in the queue without waiting', q.conversation_id from queue_item q where q.organization_id = $1
    and not exists (select 1 from conversation c where c.id = q.conversation_id and c.state = 'waiting')
union all
select 'nobody has it', id from conversation where organization_id = $1 and state = 'active' and agent_id is null
union all
select 'two places', conversation_id from transfer_request t where t.organization_id = $1
    and not exists (select 1 from conversation c where c.id = t.conversation_id and c.agent_id = t.from_agent_id)
union all
select 'asked about what does not wait', i.conversation_id from invitation i where i.organization_id = $1
    and not exists (select 1 from queue_item q where q.conversation_id = i.conversation_id and q.state = 'waiting')
union all
select 'sleeps and nobody has it', id from conversation where organization_id = $1 and state <> 'active'
    and (snoozed_until is not null or woken_seq is not null)
union all
select 'sleeps though the visitor spoke', c.id from conversation c where c.organization_id = $1
    and c.snoozed_until is not null and exists (
        select 1 from entry e where e.conversation_id = c.id and e.kind = 'message' and e.sender_kind = 'visitor'
        and e.seq > (select max(s.seq) from entry s where s.conversation_id = c.id and s.kind = 'snoozed'))
union all
select 'sleeps without a watch', c.id from conversation c where c.organization_id = $1
    and c.snoozed_until is not null
    and not exists (select 1 from watch w where w.conversation_id = c.id and w.due_at <= c.snoozed_until)
union all
select 'gap', c.id from conversation c where c.organization_id = $1 and c.state <> 'closed'
    and c.head <> (select count(*) from entry e where e.conversation_id = c.id)
"""


async def broken(platform: Platform, organization_id: int, steady: Sequence[int]) -> list[tuple[str, int]]:
    """Whatever does not hold, with the agent or the conversation that it is about.

    `steady`: agents whose capacity and limits by kind are never lowered, and to whom nothing is given by force.
    """

    async def read(reader: Reader) -> list[tuple[str, int]]:
        return [(row[0], row[1]) for row in await reader.fetch(_LEDGER, organization_id, steady)]

    return await platform.database.read(organization_id, read)


async def owned_as_logged(platform: Platform, organization_id: int) -> list[int]:
    """The active conversations whose row names another owner than the last word of their log about it."""

    async def read(reader: Reader) -> list[int]:
        rows = await reader.fetch(
            """select c.id, c.agent_id, e.body from conversation c
            join entry e on e.conversation_id = c.id and e.kind = 'assigned' and e.seq = (
                select max(seq) from entry l where l.conversation_id = c.id and l.kind = 'assigned')
            where c.organization_id = $1 and c.state = 'active'""",
            organization_id,
        )
        return [row[0] for row in rows if int(json.decode(row[2], type=Assigned).agent.id) != row[1]]

    return await platform.database.read(organization_id, read)
