-- How many of an agent's places (`load` and `reserved` together) conversations of each kind take, and how many they may at
-- most; null: as many as there are. What an older process still counts without its kind, the reconciler puts right.
alter table seat add column site_taken bigint not null default 0;
alter table seat add column app_taken bigint not null default 0;
alter table seat add column messaging_taken bigint not null default 0;
alter table seat add column site_limit bigint;
alter table seat add column app_limit bigint;
alter table seat add column messaging_limit bigint;
update seat set site_taken = load + reserved;

-- Where the visitor of what waits writes from.
alter table queue_item add column written_from text not null default 'site'
    check (written_from in ('site', 'app', 'messaging'));
