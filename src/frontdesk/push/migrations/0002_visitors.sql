-- Visitors are told of one channel's conversations, by which they came; 0 for staff.
alter table push_subscription add column channel_id bigint not null default 0;

-- A visitor's tab that is being looked at, as it said last. Only visitors who are told have any: others say it in vain.
create table push_look (
    connection text primary key,
    organization_id bigint not null,
    principal_id bigint not null,
    ends_at bigint not null
);
create index push_look_principal on push_look (organization_id, principal_id);
