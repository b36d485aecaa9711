-- Which bus a process is on: the id of one that ends with the process, or nothing for one between processes.
alter table process add column island text not null default '';
