-- What keeps an agent from the next conversation: finishing one that has ended, or going on missing offers.
alter table seat add column wraps_until bigint;
alter table seat add column missed bigint not null default 0;
create index seat_wraps on seat (wraps_until) where wraps_until is not null;

-- When it was told that a visitor waits for the agent's word.
alter table watch add column alarmed_at bigint;
