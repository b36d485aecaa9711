-- What an agent was when, why, and by whom it was changed (0: by nobody, a connection came or went). Rows are only added.
create table agent_state (
    id bigint primary key,
    organization_id bigint not null,
    agent_id bigint not null,
    at bigint not null,
    before text not null,
    after text not null,
    reason text not null,
    by_id bigint not null
);
create index agent_state_of on agent_state (organization_id, agent_id, id);
