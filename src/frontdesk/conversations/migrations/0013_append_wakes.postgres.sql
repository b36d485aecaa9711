-- `append_with_guests` once more, in its own place: what a visitor writes wakes what was put aside. It answers what it did,
-- so that processes of the former version wake as well.
create or replace function append_with_guests(
    moment bigint, ids bigint[], organizations bigint[], conversations bigint[], sender_kinds text[],
    senders bigint[], client_ids text[], bodies text[], previews text[], types text[]
) returns table (
    refusal text, contact_id bigint, agent_id bigint, first bigint,
    id bigint, seq bigint, kind text, at bigint, sender_kind text, sender_id bigint, sender_name text,
    client_id text, body text, recalled boolean, guests text
) language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
begin
    perform 1 from conversation c where c.id = any(conversations) order by c.id for no key update;
    return query
    with sending as materialized (
        select * from unnest(
            ids, organizations, conversations, sender_kinds, senders, client_ids, bodies, previews, types
        ) with ordinality as s (
            id, organization_id, conversation_id, sender_kind, sender_id, client_id, body, preview, type, place
        )
    ), known as materialized (
        select s.place, e.* from sending s cross join lateral (
            select * from entry e
            where e.client_id = s.client_id and e.conversation_id = s.conversation_id and e.sender_id = s.sender_id
            limit 1
        ) e
    ), judged as materialized (
        select s.*, c.contact_id, c.agent_id, c.guests, c.head, greatest(moment, c.last_entry_at) as at,
            case
                when s.sender_kind = 'visitor' then ''
                when s.sender_id is not distinct from c.agent_id then coalesce(c.agent_card::json ->> 'name', '')
                else coalesce((
                    select g ->> 'name' from json_array_elements(c.guests::json) g where g ->> 'id' = s.sender_id::text
                ), '')
            end as name,
            min(s.place) over (
                partition by s.organization_id, s.conversation_id, s.sender_id, s.client_id
            ) as first,
            k.id as known_id,
            case
                when c.id is null or c.organization_id <> s.organization_id then 'unknown'
                when k.id is not null then null
                when s.sender_kind = 'visitor' and s.sender_id is distinct from c.contact_id then 'unknown'
                when s.sender_kind <> 'visitor' and s.sender_id is distinct from c.agent_id and not exists (
                    select 1 from json_array_elements(c.guests::json) g where g ->> 'id' = s.sender_id::text
                ) then 'not-yours'
                when c.state = 'closed' then 'closed'
            end as refusal
        from sending s
        left join conversation c on c.id = s.conversation_id and c.id = any(conversations)
        left join known k on k.place = s.place
    ), fresh as materialized (
        select j.*, j.head + row_number() over (partition by j.conversation_id order by j.place) as seq, greatest(
                pg_current_xact_id()::text::bigint,
                (select e.written_by from entry e where e.conversation_id = j.conversation_id and e.seq = j.head)
            ) as written_by
        from judged j where j.refusal is null and j.known_id is null and j.place = j.first
    ), written as (
        insert into entry (
            id, organization_id, conversation_id, seq, kind, at, sender_kind, sender_id, sender_name, client_id,
            body, recalled, written_by
        )
        select f.id, f.organization_id, f.conversation_id, f.seq, 'message', f.at, f.sender_kind, f.sender_id,
            f.name, f.client_id, f.body, false, f.written_by
        from fresh f order by f.place
    ), last as (
        select distinct on (f.conversation_id) f.*,
            max(f.at) filter (where f.sender_kind = 'visitor') over conversations as visitor_at,
            max(f.at) filter (where f.sender_kind = 'agent') over conversations as agent_at,
            min(f.seq) filter (where f.sender_kind = 'visitor') over conversations as visitor_seq
        from fresh f window conversations as (partition by f.conversation_id)
        order by f.conversation_id, f.seq desc
    ), advanced as (
        update conversation c set head = l.seq, last_entry_at = l.at,
            last_visitor_at = coalesce(l.visitor_at, c.last_visitor_at),
            last_agent_at = coalesce(l.agent_at, c.last_agent_at),
            snoozed_until = case when l.visitor_seq is null then c.snoozed_until end,
            woken_seq = case
                when l.visitor_seq is null or c.snoozed_until is null then c.woken_seq else l.visitor_seq
            end,
            last_message = json_build_object(
                'seq', l.seq, 'preview', l.preview, 'type', l.type, 'at', l.at, 'sender',
                json_build_object('kind', l.sender_kind, 'id', l.sender_id::text, 'name', l.name)
            )::text
        from last l where c.id = l.conversation_id and c.id = any(conversations)
    )
    select j.refusal, j.contact_id, j.agent_id, f.place,
        coalesce(k.id, f.id), coalesce(k.seq, f.seq), coalesce(k.kind, 'message'), coalesce(k.at, f.at),
        coalesce(k.sender_kind, f.sender_kind), coalesce(k.sender_id, f.sender_id), coalesce(k.sender_name, f.name),
        coalesce(k.client_id, f.client_id), k.body, coalesce(k.recalled, false), j.guests
    from judged j
    left join known k on k.place = j.place
    left join fresh f on f.place = j.first and j.refusal is null and j.known_id is null
    order by j.place;
end $$;
