-- Whose people alone may have what waits; null: the team's.
alter table queue_item add column department_id bigint;
create index queue_item_department on queue_item (organization_id, team_id, department_id)
    where department_id is not null;
