-- A session that an application was given carries the application and what it may do at most; null: our own console.
alter table session add column client_id bigint;
alter table session add column scope text;
-- Where it was begun and last renewed from, and when that was; for its owner to recognise it.
alter table session add column address text not null default '';
alter table session add column last_seen_at bigint not null default 0;
-- A key is published at once and signs from signs_at on, when every process knows it.
alter table signing_key add column signs_at bigint not null default 0;

-- Applications that sign people in here, or act for themselves. code is the public client_id of OAuth. trusted: our
-- organization's own, nobody is asked. service_account_id: as whom it acts for itself. Lists are JSON.
create table oauth_client (
    id bigint primary key,
    organization_id bigint not null,
    code text not null,
    name text not null,
    secret_hash text,
    trusted boolean not null,
    redirect_uris text not null,
    logout_uris text not null,
    scopes text not null,
    service_account_id bigint,
    enabled boolean not null,
    created_at bigint not null
);
create unique index oauth_client_code on oauth_client (code);
create index oauth_client_organization on oauth_client (organization_id, id);

-- hash is the SHA-256 of the code. session_id is what the code was exchanged for; a second use ends it.
create table oauth_code (
    hash text primary key,
    organization_id bigint not null,
    client_id bigint not null,
    account_id bigint not null,
    by_session_id bigint not null,
    redirect_uri text not null,
    scope text not null,
    nonce text not null,
    challenge text not null,
    expires_at bigint not null,
    session_id bigint
);
create index oauth_code_expiry on oauth_code (expires_at);

create table oauth_consent (
    organization_id bigint not null,
    account_id bigint not null,
    client_id bigint not null,
    scope text not null,
    at bigint not null,
    primary key (account_id, client_id)
);
