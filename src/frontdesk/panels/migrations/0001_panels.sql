-- A page of another program that agents see beside a conversation. `code` names its frame and is known to staff only;
-- `secret` signs, so it is kept as it is.
create table panel (
    id bigint primary key,
    organization_id bigint not null,
    code text not null,
    name text not null,
    url text not null,
    secret text not null,
    created_at bigint not null
);
create unique index panel_code on panel (code);
create index panel_organization on panel (organization_id, id);
