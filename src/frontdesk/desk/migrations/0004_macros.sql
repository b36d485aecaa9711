-- Steps that an agent does in one go, with a name, for themselves or for a team. steps is JSON.
create table desk_macro (
    organization_id bigint not null,
    id bigint not null,
    agent_id bigint not null,
    team_id bigint,
    name text not null,
    steps text not null,
    primary key (organization_id, id)
);
create index desk_macro_agent on desk_macro (organization_id, agent_id);
create index desk_macro_team on desk_macro (organization_id, team_id) where team_id is not null;
