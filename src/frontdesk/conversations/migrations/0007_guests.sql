-- Colleagues who joined a conversation beside the agent who has it. The column is what clients see of those who are in it
-- now, and what the hot path asks; the table says who is or was in it, and which conversations somebody is in.
alter table conversation add column guests text;
create table guest (
    conversation_id bigint not null,
    agent_id bigint not null,
    organization_id bigint not null,
    joined_at bigint not null,
    left_at bigint,
    primary key (conversation_id, agent_id)
);
create index guest_agent on guest (organization_id, agent_id) where left_at is null;
