-- An agent's places. `load` counts its active conversations, `reserved` the offers it has not answered. The ceiling is
-- the capacity, or what it already has while a lowered capacity drains: nothing can ever be above it.
create table seat (
    agent_id bigint primary key,
    organization_id bigint not null,
    capacity bigint not null check (capacity >= 0),
    load bigint not null check (load >= 0),
    reserved bigint not null check (reserved >= 0),
    ceiling bigint not null check (ceiling >= capacity),
    last_assigned_at bigint,
    reassign_at bigint,
    check (load + reserved <= ceiling)
);
create index seat_organization on seat (organization_id, agent_id);
create index seat_reassign on seat (reassign_at) where reassign_at is not null;

-- Conversations that wait for a human. An offer keeps the item's place.
create table queue_item (
    conversation_id bigint primary key,
    organization_id bigint not null,
    contact_id bigint not null,
    team_id bigint not null,
    priority bigint not null,
    enqueued_at bigint not null,
    waiting_since bigint not null,
    state text not null check (state in ('waiting', 'offered')),
    offered_to bigint,
    offer_expires_at bigint,
    check ((state = 'offered') = (offered_to is not null)),
    check ((state = 'offered') = (offer_expires_at is not null))
);
create index queue_item_order on queue_item (organization_id, team_id, priority desc, enqueued_at, conversation_id);
create index queue_item_offer on queue_item (offer_expires_at) where state = 'offered';
create index queue_item_offered_to on queue_item (offered_to) where state = 'offered';

-- Who declined (or did not answer) an offer, and until when it is not offered to them again.
create table refusal (
    conversation_id bigint not null,
    agent_id bigint not null,
    organization_id bigint not null,
    until bigint not null,
    primary key (conversation_id, agent_id)
);
create index refusal_until on refusal (until);

-- The weighted policy's memory.
create table turn (
    team_id bigint not null,
    agent_id bigint not null,
    organization_id bigint not null,
    balance bigint not null,
    primary key (team_id, agent_id)
);

-- Why this agent, why not that one.
create table decision (
    id bigint primary key,
    organization_id bigint not null,
    conversation_id bigint not null,
    at bigint not null,
    team_id bigint not null,
    policy text not null,
    outcome text not null,
    chosen_agent_id bigint,
    candidates text not null
);
create index decision_conversation on decision (organization_id, conversation_id, id);
create index decision_pace on decision (team_id, at) where outcome = 'assigned';

-- When an open conversation is to be looked at next (silence, unanswered visitor, waited too long), and what was done.
create table watch (
    conversation_id bigint primary key,
    organization_id bigint not null,
    since bigint not null,
    due_at bigint not null,
    bot_id bigint,
    unanswered_since bigint,
    replied_at bigint,
    warned_at bigint
);
create index watch_due on watch (due_at);
