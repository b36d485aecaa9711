-- How a team routes, every version of it: the highest one holds, decisions name theirs.
create table routing (
    team_id bigint not null,
    version bigint not null,
    organization_id bigint not null,
    document text not null,
    changed_at bigint not null,
    changed_by bigint not null,
    primary key (team_id, version)
);

-- Whose customer a contact is, and how important.
create table care (
    organization_id bigint not null,
    contact_id bigint not null,
    owner_id bigint,
    vip integer not null check (vip between 0 and 5),
    primary key (organization_id, contact_id)
);

-- A code in a page's address that asks for an agent or a team.
create table direct_code (
    organization_id bigint not null,
    code text not null,
    agent_id bigint,
    team_id bigint,
    created_at bigint not null,
    primary key (organization_id, code),
    check ((agent_id is null) <> (team_id is null))
);

-- Who has been asked whether to take a conversation that goes to the first of them. No place is held.
create table invitation (
    conversation_id bigint not null,
    agent_id bigint not null,
    organization_id bigint not null,
    expires_at bigint not null,
    primary key (conversation_id, agent_id)
);
create index invitation_agent on invitation (organization_id, agent_id);
create index invitation_expiry on invitation (expires_at);

-- A head start moves `enqueued_at` back, so that order needs no clock and overtaking is bounded by the longest of them.
alter table queue_item add column head_start_s bigint not null default 0;
alter table queue_item add column facts text not null default '{}';
alter table queue_item add column requested_agent_id bigint;
alter table queue_item add column wake_at bigint;
update queue_item set enqueued_at = enqueued_at - 600000, head_start_s = 600 where priority > 0;
drop index queue_item_order;
create index queue_item_order on queue_item (organization_id, team_id, enqueued_at, conversation_id);
create index queue_item_wake on queue_item (wake_at) where wake_at is not null;
create index queue_item_requested on queue_item (organization_id, requested_agent_id)
    where requested_agent_id is not null;

alter table seat add column freed_at bigint;

alter table decision add column version bigint not null default 0;
alter table decision add column needs text not null default '{}';
alter table decision add column asked text not null default '[]';
