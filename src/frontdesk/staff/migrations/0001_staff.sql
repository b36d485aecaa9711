create table department (
    id bigint primary key,
    organization_id bigint not null,
    name text not null,
    created_at bigint not null
);
create unique index department_name on department (organization_id, name);

-- The id is the account's. Sign-in name, role and whether the account is enabled belong to auth.
create table agent (
    id bigint primary key,
    organization_id bigint not null,
    name text not null,
    nickname text not null,
    avatar_media_id bigint,
    kind text not null check (kind in ('human', 'bot')),
    department_id bigint references department (id),
    capacity integer not null check (capacity >= 0),
    created_at bigint not null
);
create index agent_organization on agent (organization_id, id);
create index agent_department on agent (department_id);

create table team (
    id bigint primary key,
    organization_id bigint not null,
    name text not null,
    policy text not null check (policy in ('weighted', 'round_robin', 'least_busy')),
    offer_timeout integer check (offer_timeout > 0),
    created_at bigint not null,
    deleted_at bigint
);
create unique index team_name on team (organization_id, name) where deleted_at is null;

create table team_member (
    team_id bigint not null references team (id),
    agent_id bigint not null references agent (id),
    organization_id bigint not null,
    weight integer not null check (weight between 1 and 100),
    primary key (team_id, agent_id)
);
create index team_member_agent on team_member (organization_id, agent_id);

-- agent_id null: the organization's; else that agent's own.
create table quick_reply (
    id bigint primary key,
    organization_id bigint not null,
    agent_id bigint references agent (id),
    group_name text not null,
    title text not null,
    text text not null,
    position integer not null,
    created_at bigint not null
);
create index quick_reply_owner on quick_reply (organization_id, agent_id, group_name, position);

-- wanted: what the agent chose. status: what holds now. lost_at: when the last socket went away; null while one lives.
create table agent_presence (
    agent_id bigint primary key references agent (id),
    organization_id bigint not null,
    wanted text not null check (wanted in ('online', 'busy', 'away', 'offline')),
    status text not null check (status in ('online', 'busy', 'away', 'offline')),
    status_since bigint not null,
    reason text not null,
    lost_at bigint
);
create index agent_presence_organization on agent_presence (organization_id, status);
create index agent_presence_lost on agent_presence (lost_at);

-- A running process that holds sockets; the same for all organizations.
create table node (
    id bigint primary key,
    heartbeat_at bigint not null
);

create table agent_socket (
    connection text primary key,
    organization_id bigint not null,
    agent_id bigint not null references agent (id),
    node_id bigint not null references node (id),
    connected_at bigint not null
);
create index agent_socket_agent on agent_socket (agent_id);
create index agent_socket_node on agent_socket (node_id);
