-- identity_required: nobody comes in without a signed identity. allowed_origins: a JSON list; empty is any page.
alter table channel add column identity_required boolean not null default false;
alter table channel add column allowed_origins text not null default '[]';

-- What the company's back end signs identities with. The secret is kept as it is: a signature cannot be checked without.
create table channel_key (
    id bigint primary key,
    organization_id bigint not null,
    channel_id bigint not null,
    secret text not null,
    created_at bigint not null
);
create index channel_key_channel on channel_key (organization_id, channel_id, id);
