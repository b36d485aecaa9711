-- What signs the addresses of files, the same in every process. It belongs to the installation.
create table media_key (
    name text primary key,
    key text not null
);
