-- Colleagues who were named in a note: they are told of it, and may read the conversation from then on.
create table mention (
    id bigint primary key,
    organization_id bigint not null,
    agent_id bigint not null,
    conversation_id bigint not null,
    seq bigint not null,
    at bigint not null,
    seen_at bigint
);
create unique index mention_of_entry on mention (conversation_id, seq, agent_id);
create index mention_agent on mention (organization_id, agent_id, id);
