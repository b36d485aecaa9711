-- A colleague was asked to go on with a conversation: it stays with who asks until the answer.
create table transfer_request (
    conversation_id bigint primary key,
    organization_id bigint not null,
    from_agent_id bigint not null,
    to_agent_id bigint not null,
    note text not null,
    expires_at bigint not null,
    check (from_agent_id <> to_agent_id)
);
create index transfer_request_to on transfer_request (organization_id, to_agent_id);
create index transfer_request_from on transfer_request (organization_id, from_agent_id);
create index transfer_request_expiry on transfer_request (expires_at);
