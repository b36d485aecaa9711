create table knowledge_base (
    id bigint primary key,
    organization_id bigint not null,
    name text not null,
    description text not null,
    created_at bigint not null
);
create unique index knowledge_base_name on knowledge_base (organization_id, name);

-- A standard question with its answer; an empty answer hands over to a human. `match_key` is the normalised question.
create table question (
    id bigint primary key,
    organization_id bigint not null,
    knowledge_base_id bigint not null references knowledge_base (id),
    language text not null check (language in ('zh-CN', 'en')),
    question text not null,
    match_key text not null,
    answer text not null,
    category text not null,
    enabled boolean not null,
    valid_from bigint,
    valid_until bigint,
    updated_at bigint not null
);
create unique index question_key on question (knowledge_base_id, language, match_key);
create index question_list on question (organization_id, knowledge_base_id, id);

-- Other ways to ask it.
create table question_variant (
    question_id bigint not null references question (id),
    position integer not null,
    organization_id bigint not null,
    knowledge_base_id bigint not null,
    variant text not null,
    primary key (question_id, position)
);
create index question_variant_base on question_variant (organization_id, knowledge_base_id);

-- What people often want to know next.
create table question_related (
    question_id bigint not null references question (id),
    position integer not null,
    related_id bigint not null references question (id),
    organization_id bigint not null,
    knowledge_base_id bigint not null,
    primary key (question_id, position)
);
create index question_related_base on question_related (organization_id, knowledge_base_id);
create index question_related_target on question_related (related_id);

-- The built-in bots: agents of kind bot that `Runner` runs. Texts are JSON objects by language.
create table bot (
    agent_id bigint primary key,
    organization_id bigint not null,
    knowledge_base_id bigint references knowledge_base (id),
    answer_threshold double precision not null check (answer_threshold between 0 and 1),
    suggest_threshold double precision not null check (suggest_threshold between 0 and 1),
    max_suggestions integer not null check (max_suggestions between 0 and 10),
    greeting text not null,
    unknown text not null,
    check (suggest_threshold <= answer_threshold)
);
create index bot_organization on bot (organization_id, agent_id);
create index bot_knowledge_base on bot (knowledge_base_id);
