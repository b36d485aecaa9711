-- A list of conversations that an agent has named, for themselves or for a team. criteria is JSON.
create table desk_filter (
    organization_id bigint not null,
    id bigint not null,
    agent_id bigint not null,
    team_id bigint,
    name text not null,
    criteria text not null,
    primary key (organization_id, id)
);
create index desk_filter_agent on desk_filter (organization_id, agent_id);
create index desk_filter_team on desk_filter (organization_id, team_id) where team_id is not null;
