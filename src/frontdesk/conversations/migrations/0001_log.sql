-- A conversation's header: what its log adds up to, plus the pointers of who has seen what.
create table conversation (
    id bigint primary key,
    organization_id bigint not null,
    channel_id bigint not null,
    contact_id bigint not null,
    contact_name text not null,
    state text not null check (state in ('bot', 'waiting', 'active', 'closed')),
    team_id bigint,
    agent_id bigint,
    agent_card text,
    language text not null,
    opened_at bigint not null,
    waiting_since bigint,
    closed_at bigint,
    close_reason text,
    head bigint not null check (head >= 0),
    last_message text,
    last_entry_at bigint not null,
    last_visitor_at bigint,
    last_agent_at bigint,
    visitor_received bigint not null,
    visitor_read bigint not null,
    agent_received bigint not null,
    agent_read bigint not null,
    rating_invited boolean not null,
    rating text,
    wrap_up text,
    check (state <> 'active' or agent_id is not null),
    check (state <> 'waiting' or agent_id is null)
);
create index conversation_contact on conversation (organization_id, contact_id, id);
create index conversation_agent_open on conversation (agent_id, state) where state = 'active';
create index conversation_state on conversation (organization_id, state, last_entry_at);

-- The log. `seq` is gap-free from 1; a sender's client_id is used once in a conversation.
create table entry (
    id bigint primary key,
    organization_id bigint not null,
    conversation_id bigint not null,
    seq bigint not null,
    kind text not null,
    at bigint not null,
    sender_kind text not null,
    sender_id bigint not null,
    sender_name text not null,
    client_id text,
    body text not null,
    recalled boolean not null
);
create unique index entry_seq on entry (conversation_id, seq);
create unique index entry_client on entry (client_id, conversation_id, sender_id) where client_id is not null;

-- Which agents a conversation has been with: what an agent may read later.
create table conversation_agent (
    organization_id bigint not null,
    conversation_id bigint not null,
    agent_id bigint not null,
    first_at bigint not null,
    primary key (conversation_id, agent_id)
);
create index conversation_agent_history on conversation_agent (organization_id, agent_id, conversation_id);
