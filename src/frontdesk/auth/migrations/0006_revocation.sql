-- Each process looks every second for what was revoked or changed since its last look.
create index session_revoked_at on session (revoked_at) where revoked_at is not null;
create index role_changed on role (changed_at);
