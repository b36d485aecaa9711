-- How many of an agent's places the conversation takes: what its channel said when it was opened, for all of its life.
alter table conversation add column weight integer not null default 1 check (weight between 1 and 20);
