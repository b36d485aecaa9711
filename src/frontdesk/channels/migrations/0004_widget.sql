-- How the chat stands in a page: a JSON object; what it does not say is as it was.
alter table channel add column widget text not null default '{}';
