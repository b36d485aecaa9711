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

-- "insert or replace" removes a row without telling the trigger for removals, hence the third.
create trigger audit_entry_stays before update on audit_entry begin select raise(abort, 'the audit log only grows'); end;
create trigger audit_entry_is_kept before delete on audit_entry begin select raise(abort, 'the audit log only grows'); end;
create trigger audit_entry_is_new before insert on audit_entry when exists (select 1 from audit_entry where organization_id = new.organization_id and seq = new.seq) begin select raise(abort, 'the audit log only grows'); end;
