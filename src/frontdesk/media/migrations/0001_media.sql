create table media (
    id bigint primary key,
    organization_id bigint not null,
    uploader_kind text not null,
    uploader_id bigint not null,
    kind text not null,
    name text not null,
    size bigint not null,
    mime text not null,
    width integer not null,
    height integer not null,
    sha256 text not null,
    thumbnail_size bigint not null,
    created_at bigint not null
);
create index media_uploader on media (organization_id, uploader_id, id);
