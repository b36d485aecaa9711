-- Which knowledge base a channel shows its visitors; no row is none.
create table channel_help (
    organization_id bigint not null,
    channel_id bigint not null,
    knowledge_base_id bigint not null,
    primary key (organization_id, channel_id)
);
