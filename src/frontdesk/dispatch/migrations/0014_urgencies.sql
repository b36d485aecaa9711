-- What has become urgent within the last day, each once. `handed_on`: whoever is to be told by push is known.
create table urgency (
    id bigint primary key,
    organization_id bigint not null,
    conversation_id bigint not null,
    team_id bigint,
    agent_id bigint,
    what text not null check (what in ('silent', 'warned', 'breached')),
    measure text not null,
    since bigint not null,
    due_at bigint,
    at bigint not null,
    handed_on boolean not null default false
);
create unique index urgency_once on urgency (conversation_id, what, measure, since);
create index urgency_organization on urgency (organization_id, at);
create index urgency_new on urgency (at) where not handed_on;
