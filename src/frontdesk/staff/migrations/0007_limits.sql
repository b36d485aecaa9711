-- How many of an agent's places conversations of a kind may take at once, as JSON by kind; what is not in it is not bounded.
alter table agent add column limits text not null default '{}';
