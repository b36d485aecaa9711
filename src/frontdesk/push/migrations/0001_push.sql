-- Of the installation, not of an organization: the one key by which push services know it. jwk is the private key.
create table push_key (
    id bigint primary key check (id = 1),
    jwk text not null,
    created_at bigint not null
);

-- A browser that wants to be told, for as long as its session lives. Whoever knows the endpoint and the keys can write to it.
create table push_subscription (
    id bigint primary key,
    organization_id bigint not null,
    session_id bigint not null,
    principal_kind text not null check (principal_kind in ('agent', 'visitor')),
    principal_id bigint not null,
    endpoint text not null,
    origin text not null,
    public_key text not null,
    auth text not null,
    language text not null,
    words boolean not null,
    created_at bigint not null,
    problem text check (problem in ('unreachable', 'refused')),
    failing_since bigint,
    check ((problem is null) = (failing_since is null))
);
create unique index push_subscription_session on push_subscription (organization_id, session_id);
create unique index push_subscription_endpoint on push_subscription (organization_id, endpoint);
create index push_subscription_principal on push_subscription (organization_id, principal_id);

-- One event for one browser, without a word of what it tells. Done ones stay until `ends_at`, so that none is made twice.
create table push_delivery (
    id bigint primary key,
    organization_id bigint not null,
    subscription_id bigint not null,
    principal_id bigint not null,
    origin text not null,
    event text not null,
    kind text not null,
    conversation_id bigint not null,
    seq bigint not null,
    ends_at bigint not null,
    attempts bigint not null,
    next_at bigint,
    held_until bigint,
    check (next_at is null or held_until is null)
);
create unique index push_delivery_event on push_delivery (subscription_id, event);
create index push_delivery_due on push_delivery (origin, next_at) where next_at is not null;
create index push_delivery_held on push_delivery (organization_id, principal_id) where held_until is not null;
create index push_delivery_ends on push_delivery (ends_at);

-- How far the log has been read, while anybody is subscribed at all.
create table push_position (
    name text primary key,
    following boolean not null,
    written_by bigint not null,
    entry_id bigint not null
);
insert into push_position (name, following, written_by, entry_id) values ('push', false, 0, 0);
