-- external_id: who the company says this is, its own user's id. merged_into: the record that this one became a part of;
-- whoever still holds the former id is led there.
alter table contact add column external_id text;
alter table contact add column merged_into bigint;
create unique index contact_external on contact (organization_id, external_id) where external_id is not null;
create index contact_merged on contact (organization_id, merged_into) where merged_into is not null;
