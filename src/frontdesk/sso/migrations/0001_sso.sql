-- Identity providers of organizations, which speak OpenID Connect. client_secret is needed in the clear at each sign-in;
-- empty: a public client. Lists are JSON: role_rules of {value, role} in order, domains and scopes of texts.
create table identity_provider (
    id bigint primary key,
    organization_id bigint not null,
    name text not null,
    issuer text not null,
    client_id text not null,
    client_secret text not null,
    scopes text not null,
    role_claim text not null,
    role_rules text not null,
    default_role text not null,
    domains text not null,
    creates_accounts boolean not null,
    enabled boolean not null,
    created_at bigint not null
);
create index identity_provider_organization on identity_provider (organization_id, id);

-- Who somebody at a provider is here. made: the account was made for them, and follows what the provider says.
create table identity_link (
    provider_id bigint not null,
    subject text not null,
    organization_id bigint not null,
    account_id bigint not null,
    made boolean not null,
    linked_at bigint not null,
    primary key (provider_id, subject)
);
create index identity_link_account on identity_link (organization_id, account_id);

-- A browser that was sent to a provider and has not come back. Both hashes are SHA-256; what the browser holds makes
-- nonce and verifier, so that this table alone gives nothing. redirect_uri is what the provider was told.
create table identity_attempt (
    state_hash text primary key,
    organization_id bigint not null,
    provider_id bigint not null,
    browser_hash text not null,
    redirect_uri text not null,
    return_to text not null,
    expires_at bigint not null
);
create index identity_attempt_expiry on identity_attempt (expires_at);
