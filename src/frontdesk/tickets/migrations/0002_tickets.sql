create table ticket (
    id bigint primary key,
    organization_id bigint not null,
    number bigint not null check (number > 0),
    client_id text not null,
    title text not null,
    description text not null,
    found_by text not null,
    state text not null check (state in ('open', 'waiting', 'solved')),
    priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
    assignee_id bigint,
    team_id bigint,
    due_at bigint,
    contact_id bigint,
    conversation_id bigint,
    leave_message_id bigint,
    made_by bigint not null,
    made_at bigint not null,
    changed_at bigint not null,
    version bigint not null
);
create unique index ticket_number on ticket (organization_id, number);
create unique index ticket_client on ticket (organization_id, made_by, client_id);
create unique index ticket_leave_message on ticket (organization_id, leave_message_id);
create index ticket_state on ticket (organization_id, state, id);
create index ticket_contact on ticket (organization_id, contact_id, id);
create table ticket_counter (
    organization_id bigint primary key,
    last bigint not null
);
create table ticket_deed (
    id bigint primary key,
    organization_id bigint not null,
    ticket_id bigint not null,
    client_id text,
    by_id bigint not null,
    at bigint not null,
    kind text not null,
    before_it text not null,
    after_it text not null
);
create index ticket_deed_ticket on ticket_deed (organization_id, ticket_id, id);
create unique index ticket_deed_client on ticket_deed (organization_id, ticket_id, by_id, client_id);
