-- name_given: somebody gave the name; false while it is the one that we made up. page is JSON.
create table contact (
    organization_id bigint not null,
    id bigint not null,
    channel_id bigint not null,
    name text not null,
    name_given boolean not null,
    email text not null,
    phone text not null,
    remark text not null,
    language text not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    visits integer not null,
    page text,
    primary key (organization_id, id)
);
