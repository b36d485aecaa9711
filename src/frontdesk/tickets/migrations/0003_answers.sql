create table ticket_position (
    name text primary key,
    written_by bigint not null,
    entry_id bigint not null
);
create index ticket_conversation on ticket (organization_id, conversation_id, id);
