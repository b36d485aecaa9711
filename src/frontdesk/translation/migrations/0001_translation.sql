-- An organization's own translation service: where its texts are sent, and the key that says it is us.
create table translation_service (
    organization_id bigint primary key,
    url text not null,
    secret text not null,
    changed_at bigint not null,
    changed_by bigint not null
);
