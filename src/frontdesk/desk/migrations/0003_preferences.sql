-- How an agent likes to work, the same on all devices. value is JSON; whoever has changed nothing has no row.
create table desk_preferences (
    organization_id bigint not null,
    agent_id bigint not null,
    value text not null,
    primary key (organization_id, agent_id)
);
