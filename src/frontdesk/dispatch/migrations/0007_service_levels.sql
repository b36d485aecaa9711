-- Within how many seconds of open time a team means to answer and to finish; null: it promises nothing of the kind.
create table service_level (
    team_id bigint primary key,
    organization_id bigint not null,
    first_reply_s integer check (first_reply_s > 0),
    next_reply_s integer check (next_reply_s > 0),
    resolution_s integer check (resolution_s > 0),
    warn_percent integer not null check (warn_percent between 1 and 99),
    began_at bigint not null
);
create index service_level_organization on service_level (organization_id);

-- How far the log was followed; no row while nobody promises anything.
create table service_cursor (
    name text primary key,
    written_by bigint not null,
    entry_id bigint not null
);

-- What is being counted for a conversation, as far as its log was read. `look_at`: when time alone changes something.
create table service_clock (
    conversation_id bigint primary key,
    organization_id bigint not null,
    seq bigint not null,
    team_id bigint,
    agent_id bigint,
    replied boolean not null,
    counts text not null,
    counting boolean not null,
    look_at bigint
);
create index service_clock_counting on service_clock (organization_id) where counting;
create index service_clock_look on service_clock (look_at) where look_at is not null;

-- What became of each promise. `took_ms` is open time.
create table service_result (
    id bigint primary key,
    organization_id bigint not null,
    conversation_id bigint not null,
    team_id bigint not null,
    agent_id bigint,
    measure text not null check (measure in ('first_reply', 'next_reply', 'resolution')),
    since bigint not null,
    due_at bigint not null,
    ended_at bigint not null,
    took_ms bigint not null,
    met boolean not null
);
create unique index service_result_once on service_result (conversation_id, measure, since);
create index service_result_ended on service_result (organization_id, ended_at);
