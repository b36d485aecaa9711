-- Decisions in which chance had a share: what can be learned from. And what was learned for a team, with the judgement on it.
alter table decision add column explored boolean not null default false;
create index decision_explored on decision (organization_id, team_id, id) where explored;

create table learned (
    team_id bigint primary key,
    organization_id bigint not null,
    at bigint not null,
    judgement text not null,
    estimates text
);
