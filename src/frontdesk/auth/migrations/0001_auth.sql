create table organization (
    id bigint primary key,
    slug text not null unique,
    name text not null,
    created_at bigint not null
);

-- id is the agent's id as well. password_hash is null for bots, which do not sign in.
create table account (
    id bigint primary key,
    organization_id bigint not null,
    username text not null,
    password_hash text,
    role text not null,
    enabled boolean not null,
    created_at bigint not null
);
create unique index account_username on account (organization_id, username);

-- principal_id is an account's or a contact's id, by kind (agent, visitor). channel_id is 0 for agents.
create table session (
    id bigint primary key,
    organization_id bigint not null,
    principal_id bigint not null,
    kind text not null,
    channel_id bigint not null,
    user_agent text not null,
    created_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);
create index session_principal on session (organization_id, principal_id);
create index session_revoked on session (expires_at) where revoked_at is not null;

-- hash is the SHA-256 of the token. successor is the token that replaced this one, encrypted under this one; it is
-- erased when the successor is used.
create table refresh_token (
    hash text primary key,
    organization_id bigint not null,
    session_id bigint not null,
    parent_hash text,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    successor text
);
create index refresh_token_session on refresh_token (session_id);
create index refresh_token_expiry on refresh_token (expires_at);

-- Of the installation, not of an organization. jwk is the private key.
create table signing_key (
    kid text primary key,
    jwk text not null,
    created_at bigint not null,
    retired_at bigint
);

create table visitor_key (
    hash text primary key,
    organization_id bigint not null,
    contact_id bigint not null,
    session_id bigint not null,
    created_at bigint not null
);
create index visitor_key_contact on visitor_key (organization_id, contact_id);
