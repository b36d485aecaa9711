-- What an organization asks of the passwords of its people; without a row the defaults hold.
create table sign_in_policy (
    organization_id bigint primary key,
    password_length bigint not null check (password_length between 8 and 64),
    changed_at bigint not null,
    changed_by bigint not null
);
