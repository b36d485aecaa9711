-- When the team is open, as JSON; null: always.
alter table team add column hours text;
