create table audit_entry (
    organization_id bigint not null,
    seq bigint not null check (seq > 0),
    at bigint not null,
    actor_kind text not null,
    actor_id bigint not null,
    session_id bigint not null,
    address text not null,
    user_agent text not null,
    action text not null,
    target_kind text not null,
    target_id bigint not null,
    target_name text not null,
    facts text not null,
    previous text not null,
    hash text not null,
    primary key (organization_id, seq)
);
create index audit_entry_target on audit_entry (organization_id, target_kind, target_id, seq);
create index audit_entry_actor on audit_entry (organization_id, actor_id, seq);

-- For the owner too, who could otherwise do by mistake what the application's role has no right to.
create function audit_entry_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log only grows';
end $$;
create trigger audit_entry_stays before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_stays();
