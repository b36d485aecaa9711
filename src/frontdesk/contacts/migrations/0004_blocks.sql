-- Who may not come in: a contact, or everybody whose address is in a network. `contact_id` beside a network: from whom it
-- was taken. The ends of a network are fixed-width text, so that text compares as addresses do; no end: until it is lifted.
create table block (
    id bigint primary key,
    organization_id bigint not null,
    contact_id bigint,
    network text,
    first_address text,
    last_address text,
    reason text not null,
    created_at bigint not null,
    created_by bigint not null,
    ends_at bigint,
    check (contact_id is not null or network is not null),
    check ((network is null) = (first_address is null)),
    check ((network is null) = (last_address is null))
);
create index block_contact on block (organization_id, contact_id) where contact_id is not null;
create index block_network on block (organization_id, first_address) where network is not null;

-- From where a contact came last.
create table contact_address (
    organization_id bigint not null,
    contact_id bigint not null,
    address text not null,
    sortable text not null,
    seen_at bigint not null,
    primary key (organization_id, contact_id)
);
create index contact_address_sortable on contact_address (organization_id, sortable);
