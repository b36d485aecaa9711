-- What a colleague is asked: to go on with a conversation, or to join who has it.
alter table transfer_request add column purpose text not null default 'transfer' check (purpose in ('transfer', 'join'));
