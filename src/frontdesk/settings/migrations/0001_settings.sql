-- What an organization changed; everything else has its default. value is JSON.
create table organization_setting (
    organization_id bigint not null,
    name text not null,
    value text not null,
    changed_at bigint not null,
    changed_by bigint not null,
    primary key (organization_id, name)
);

create table wrap_up_category (
    organization_id bigint not null,
    position integer not null,
    path text not null,
    primary key (organization_id, position)
);
create unique index wrap_up_category_path on wrap_up_category (organization_id, path);
