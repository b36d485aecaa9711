-- An address that is told what happens. Removed ones stay until their deliveries are cleared away.
create table webhook (
    id bigint primary key,
    organization_id bigint not null,
    url text not null,
    description text not null,
    events text not null,
    enabled boolean not null,
    enabled_at bigint not null,
    disabled_for text check (disabled_for in ('asked', 'gone', 'failing')),
    failing_since bigint,
    created_by bigint not null,
    created_at bigint not null,
    removed_at bigint,
    check (enabled = (disabled_for is null)),
    check (removed_at is null or not enabled)
);
create index webhook_organization on webhook (organization_id, id);

-- Secrets sign, so they are kept as they are. Never more than two of one webhook.
create table webhook_secret (
    id bigint primary key,
    organization_id bigint not null,
    webhook_id bigint not null,
    secret text not null,
    created_at bigint not null
);
create index webhook_secret_webhook on webhook_secret (webhook_id, id);

-- One event for one webhook. Of what the log says only the place is kept (`about` is the conversation), of other events
-- the data. `next_at` is null while an earlier event about the same object is pending.
create table webhook_delivery (
    id bigint primary key,
    organization_id bigint not null,
    webhook_id bigint not null,
    event_id text not null,
    event text not null,
    at bigint not null,
    about bigint not null,
    position bigint not null,
    seq bigint,
    data text,
    state text not null check (state in ('pending', 'delivered', 'dead')),
    attempts bigint not null,
    since bigint not null,
    next_at bigint,
    check ((seq is null) <> (data is null)),
    check (state = 'pending' or next_at is null)
);
create unique index webhook_delivery_event on webhook_delivery (webhook_id, event_id);
create index webhook_delivery_chain on webhook_delivery (webhook_id, about, position) where state = 'pending';
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where next_at is not null;
create index webhook_delivery_history on webhook_delivery (webhook_id, state, id);

-- Every time that a delivery was tried. `status` is null when there was no answer.
create table webhook_attempt (
    id bigint primary key,
    organization_id bigint not null,
    webhook_id bigint not null,
    delivery_id bigint not null,
    at bigint not null,
    duration_ms bigint not null,
    status bigint,
    answer text not null,
    error text not null
);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, id);

-- How far the relay has read the log, while anybody listens at all, and how many deliveries were ever made.
create table webhook_relay (
    name text primary key,
    following boolean not null,
    written_by bigint not null,
    entry_id bigint not null,
    deliveries bigint not null
);
insert into webhook_relay (name, following, written_by, entry_id, deliveries) values ('relay', false, 0, 0, 0);
