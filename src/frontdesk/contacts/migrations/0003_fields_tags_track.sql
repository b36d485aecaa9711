-- fields: JSON of field key → value. tags: JSON of ids. version counts changes, visits not among them. found_by: what a search looks in, lower case.
alter table contact add column company text not null default '';
alter table contact add column fields text not null default '{}';
alter table contact add column tags text not null default '[]';
alter table contact add column version integer not null default 1;
alter table contact add column found_by text not null default '';
update contact set found_by = lower(name || ' ' || email || ' ' || phone || ' ' || coalesce(external_id, ''));

-- What an organization keeps of its contacts beside what everybody keeps. choices is JSON. A field is archived, never removed:
-- contacts have values of it, and its key stays taken.
create table contact_field (
    organization_id bigint not null,
    id bigint not null,
    key text not null,
    label text not null,
    kind text not null,
    choices text not null,
    position integer not null,
    archived boolean not null,
    primary key (organization_id, id),
    check (kind in ('text', 'number', 'date', 'choice', 'boolean', 'link'))
);
create unique index contact_field_key on contact_field (organization_id, key);

-- Who changed what of a contact, and from what to what (JSON). Rows are only added, until the contact is erased.
create table contact_change (
    organization_id bigint not null,
    id bigint not null,
    contact_id bigint not null,
    version integer not null,
    at bigint not null,
    by_kind text not null,
    by_id bigint not null,
    field text not null,
    former text not null,
    latter text not null,
    primary key (organization_id, id)
);
create index contact_change_of on contact_change (organization_id, contact_id, id);

-- What contacts and conversations are marked with. folded is the name as it is compared; an archived one is given to nobody anew.
create table tag (
    organization_id bigint not null,
    id bigint not null,
    name text not null,
    folded text not null,
    color text not null,
    archived boolean not null,
    primary key (organization_id, id)
);
create unique index tag_name on tag (organization_id, folded);

create table contact_tag (
    organization_id bigint not null,
    contact_id bigint not null,
    tag_id bigint not null,
    primary key (organization_id, contact_id, tag_id)
);
create index contact_tag_of on contact_tag (organization_id, tag_id, contact_id);

-- The pages that a visitor was on, the last ones of each.
create table contact_page (
    organization_id bigint not null,
    id bigint not null,
    contact_id bigint not null,
    at bigint not null,
    url text not null,
    title text not null,
    referrer text not null,
    primary key (organization_id, id)
);
create index contact_page_of on contact_page (organization_id, contact_id, id);
