-- Roles that organizations make themselves; those that everybody has are in the code. permissions is a JSON list.
create table role (
    id bigint primary key,
    organization_id bigint not null,
    name text not null,
    permissions text not null,
    scope text not null check (scope in ('own', 'teams', 'department', 'organization')),
    version bigint not null,
    changed_at bigint not null,
    changed_by bigint not null
);
create unique index role_name on role (organization_id, name);

-- Tokens name the role of the moment they were made: what was changed since is known by its time and its version.
alter table account add column role_version bigint not null default 0;
alter table account add column role_changed_at bigint not null default 0;
create index account_role on account (organization_id, role);
create index account_role_changed on account (role_changed_at) where role_changed_at > 0;
