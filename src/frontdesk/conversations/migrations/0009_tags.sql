create table conversation_tag (
    organization_id bigint not null,
    conversation_id bigint not null,
    tag_id bigint not null,
    primary key (organization_id, conversation_id, tag_id)
);
create index conversation_tag_of on conversation_tag (organization_id, tag_id, conversation_id);
