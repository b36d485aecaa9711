-- Erasing a contact looks for what was told about it.
create index webhook_delivery_about on webhook_delivery (organization_id, about);
