-- Waits that ended lately, for estimates: no conversation and no person is named, and old rows are deleted.
create table queue_wait (
    id bigint primary key,
    organization_id bigint not null,
    team_id bigint not null,
    began_at bigint not null,
    ended_at bigint not null,
    served boolean not null
);
create index queue_wait_team on queue_wait (organization_id, team_id, ended_at);
drop index decision_pace;

-- Who waits without staying: they are answered when it is their turn, however long that takes.
alter table queue_item add column callback boolean not null default false;
