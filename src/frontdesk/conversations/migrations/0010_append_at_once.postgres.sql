-- `append_with_guests` as a unit of work by itself, in one round trip: it opens the walls between organizations for its
-- transaction (whose a message is, is compared for each) and takes its turn beside the other writers before it looks at a row.
create function append_at_once(
    moment bigint, ids bigint[], organizations bigint[], conversations bigint[], sender_kinds text[],
    senders bigint[], client_ids text[], bodies text[], previews text[], types text[]
) returns table (
    refusal text, contact_id bigint, agent_id bigint, first bigint,
    id bigint, seq bigint, kind text, at bigint, sender_kind text, sender_id bigint, sender_name text,
    client_id text, body text, recalled boolean, guests text
) language plpgsql as $$
begin
    perform set_config('frontdesk.organization', '0', true);
    lock table write_turn in row exclusive mode;
    return query select * from append_with_guests(
        moment, ids, organizations, conversations, sender_kinds, senders, client_ids, bodies, previews, types
    );
end $$;
