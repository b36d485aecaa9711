-- What conversations are judged by: every version there was, the highest counts. criteria is JSON.
create table scorecard (
    organization_id bigint not null,
    version integer not null check (version >= 1),
    criteria text not null,
    made_at bigint not null,
    made_by bigint not null,
    primary key (organization_id, version)
);

-- How well an agent handled a conversation, as one reviewer sees it. points is JSON: one for each criterion of the
-- version of the scorecard that it was given by.
create table review (
    id bigint primary key,
    organization_id bigint not null,
    conversation_id bigint not null,
    agent_id bigint not null,
    reviewer_id bigint not null,
    team_id bigint,
    scorecard integer not null,
    points text not null,
    percent integer not null check (percent between 0 and 100),
    remark text not null,
    version integer not null check (version >= 1),
    given_at bigint not null,
    changed_at bigint not null,
    check (agent_id <> reviewer_id)
);
create unique index review_once on review (organization_id, conversation_id, agent_id, reviewer_id);
create index review_newest on review (organization_id, id);
create index review_agent on review (organization_id, agent_id, id);
