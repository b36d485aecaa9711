-- An entry point with its look. `code` is public: it is written into the customer's page.
create table channel (
    id bigint primary key,
    organization_id bigint not null,
    code text not null,
    name text not null,
    kind text not null check (kind in ('web')),
    team_id bigint,
    bot_id bigint,
    title text not null,
    subtitle text not null,
    color text not null,
    greeting text not null,
    hot_questions text not null,
    enabled boolean not null,
    created_at bigint not null
);
create unique index channel_code on channel (code);
create index channel_organization on channel (organization_id, id);
