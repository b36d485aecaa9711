create table media_address_key (
    id integer primary key check (id = 1),
    key text not null,
    created_at bigint not null
);
