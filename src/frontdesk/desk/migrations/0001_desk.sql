-- What stands in an agent's composer. An empty text is a draft that was sent or given up; it goes after a day.
create table desk_draft (
    organization_id bigint not null,
    agent_id bigint not null,
    conversation_id bigint not null,
    text text not null,
    note boolean not null,
    quotes bigint check (quotes >= 1),
    written_at bigint not null,
    primary key (agent_id, conversation_id)
);
create index desk_draft_conversation on desk_draft (organization_id, conversation_id);

-- An agent's pins and important marks. A conversation without either has no row.
create table desk_mark (
    organization_id bigint not null,
    agent_id bigint not null,
    conversation_id bigint not null,
    pinned boolean not null,
    important boolean not null,
    marked_at bigint not null,
    primary key (agent_id, conversation_id),
    check (pinned or important)
);
create index desk_mark_conversation on desk_mark (organization_id, conversation_id);
