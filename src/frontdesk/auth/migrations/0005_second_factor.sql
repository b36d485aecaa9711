alter table sign_in_policy add column second_factor boolean not null default false;

-- A person's authenticator app. secret is what its codes are made of, kept as it is because no code can be checked
-- without it. confirmed_at null: offered, not in use. last_step is that of the last code: each works once.
create table totp (
    account_id bigint primary key,
    organization_id bigint not null,
    secret text not null,
    offered_at bigint not null,
    confirmed_at bigint,
    last_step bigint not null default 0,
    failures bigint not null default 0,
    failed_at bigint not null default 0
);

-- hash is the SHA-256 of account and code. A code that was used is gone.
create table recovery_code (
    hash text primary key,
    organization_id bigint not null,
    account_id bigint not null
);
create index recovery_code_account on recovery_code (organization_id, account_id);

-- A sign-in whose first factor was right. hash is the SHA-256 of what its browser goes on with.
create table sign_in_step (
    hash text primary key,
    organization_id bigint not null,
    account_id bigint not null,
    needs text not null check (needs in ('code', 'enrolment')),
    expires_at bigint not null
);
create index sign_in_step_account on sign_in_step (organization_id, account_id);
create index sign_in_step_expiry on sign_in_step (expires_at);

-- A person's passkeys. credential is the authenticator's own name of it, public_key a COSE key; both base64url.
create table passkey (
    id bigint primary key,
    organization_id bigint not null,
    account_id bigint not null,
    credential text not null,
    public_key text not null,
    sign_count bigint not null,
    name text not null,
    created_at bigint not null,
    used_at bigint
);
create unique index passkey_credential on passkey (credential);
create index passkey_account on passkey (organization_id, account_id);

-- What an authenticator was asked to sign, once. Both ids are 0 where nobody knows yet who signs in.
create table passkey_challenge (
    hash text primary key,
    organization_id bigint not null,
    account_id bigint not null,
    expires_at bigint not null
);
create index passkey_challenge_expiry on passkey_challenge (expires_at);
