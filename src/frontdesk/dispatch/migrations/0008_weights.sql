-- How many places what waits will take.
alter table queue_item add column weight integer not null default 1 check (weight between 1 and 20);
