create table leave_message (
    id bigint primary key,
    organization_id bigint not null,
    contact_id bigint not null,
    channel_id bigint not null,
    conversation_id bigint,
    client_id text not null,
    name text not null,
    phone text not null,
    email text not null,
    text text not null,
    state text not null check (state in ('open', 'handled')),
    created_at bigint not null,
    handled_by bigint,
    handled_at bigint,
    remark text not null
);
create unique index leave_message_client on leave_message (organization_id, contact_id, client_id);
create index leave_message_state on leave_message (organization_id, state, id);
create index leave_message_contact on leave_message (organization_id, contact_id, created_at);
