-- Domain events that are no entry of the log, until the relay has taken them. `position` orders those of one object.
create table outbox (
    id bigint primary key,
    organization_id bigint not null,
    event text not null,
    about bigint not null,
    position bigint not null,
    at bigint not null,
    data text not null
);
create unique index outbox_order on outbox (organization_id, about, position);

-- Which events somebody of an organization listens to. What is not here makes no row above.
create table outbox_wanted (
    organization_id bigint not null,
    event text not null,
    primary key (organization_id, event)
);
