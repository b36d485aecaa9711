-- Contacts that were erased, and how far that is. parts is a JSON list of ids. conversation_id 0: between two.
create table erasure (
    id bigint primary key,
    organization_id bigint not null,
    contact_id bigint not null,
    parts text not null,
    asked_by bigint not null,
    asked_at bigint not null,
    conversations bigint not null,
    done bigint not null,
    files bigint not null,
    conversation_id bigint not null,
    seq bigint not null,
    finished_at bigint
);
create unique index erasure_contact on erasure (organization_id, contact_id);
create index erasure_running on erasure (id) where finished_at is null;

-- Files that nothing names any more and whose bytes are still there. erasure_id 0: by retention.
create table doomed_file (
    organization_id bigint not null,
    media_id bigint not null,
    erasure_id bigint not null,
    primary key (organization_id, media_id)
);
create index doomed_file_erasure on doomed_file (erasure_id);

-- A channel without a row keeps its conversations for ever. reached: erased up to this one.
create table retention (
    channel_id bigint primary key,
    organization_id bigint not null,
    days bigint not null check (days > 0),
    reached_at bigint not null,
    reached_id bigint not null
);
create index retention_organization on retention (organization_id, channel_id);
