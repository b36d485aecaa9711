-- A process has a worker number for as long as it lives. `life` grows with every start. `beat` moves while it is alive.
-- No id of this number was made after `ids_until`, nor, as far as was noted, after `high_water`.
create table process (
    number bigint primary key check (number between 0 and 1023),
    life bigint not null,
    alive boolean not null,
    beat bigint not null,
    targets text not null,
    started_at bigint not null,
    high_water bigint not null,
    ids_until bigint not null
);
create unique index process_life on process (life);

insert into process (number, life, alive, beat, targets, started_at, high_water, ids_until)
select number, life, false, 0, '', started_at, high_water, high_water from worker;
drop table worker;

-- Who does what only one process should do. life 0: nobody.
create table lease (
    name text primary key,
    life bigint not null,
    fence bigint not null
);
create index lease_life on lease (life);
