-- What an arrival asks of a queue does not grow with it: whom it comes behind, who was asked for by name, since when the
-- oldest waits, and where something waits that takes more than one place.
create index queue_item_turn on queue_item (organization_id, team_id, head_start_s, enqueued_at) where priority = 0;
create index queue_item_asked_for on queue_item (organization_id, team_id, requested_agent_id)
    where requested_agent_id is not null;
create index queue_item_since on queue_item (organization_id, team_id, waiting_since);
create index queue_item_heavy on queue_item (organization_id, team_id) where weight > 1;
