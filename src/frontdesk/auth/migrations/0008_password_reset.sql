-- Asked for by e-mail and not used yet. hash is the SHA-256 of what the mail says.
create table password_reset (
    hash text primary key,
    organization_id bigint not null,
    account_id bigint not null,
    expires_at bigint not null
);
create index password_reset_account on password_reset (organization_id, account_id);
create index password_reset_expiry on password_reset (expires_at);
