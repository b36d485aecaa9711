-- Every start of a process takes a worker number of its own, so that ids of two lives never collide.
create table worker (
    life bigint primary key,
    number bigint not null,
    started_at bigint not null,
    high_water bigint not null
);
