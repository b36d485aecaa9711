-- Whether the page of a socket is out of sight, as its client says; clients that say nothing are looked at.
alter table agent_socket add column hidden boolean not null default false;
