-- No index names what a message changes (head, last_message, last_entry_at …): otherwise every message would write to it,
-- and on PostgreSQL to all the others of this table. Open conversations are few and are sorted when they are listed.
drop index conversation_state;
create index conversation_state on conversation (organization_id, state);
create index conversation_closed on conversation (organization_id, closed_at, id) where state = 'closed';
