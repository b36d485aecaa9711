-- What visitors are asked before the chat: a JSON list of lines.
alter table channel add column form text not null default '[]';
