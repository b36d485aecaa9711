-- How many of an agent's places a conversation of this channel takes.
alter table channel add column weight integer not null default 1 check (weight between 1 and 20);
