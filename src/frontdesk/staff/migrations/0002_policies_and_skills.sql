-- More policies. The column is made anew because its check cannot be widened in place on SQLite.
alter table team add column routing text not null default 'least_busy'
    check (routing in ('weighted', 'round_robin', 'least_busy', 'longest_idle', 'broadcast', 'manual'));
update team set routing = policy;
alter table team drop column policy;
alter table team rename column routing to policy;

-- What an agent knows: {"skill": level}, levels from 1 to 5.
alter table agent add column skills text not null default '{}';
