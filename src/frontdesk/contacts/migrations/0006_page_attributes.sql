-- What the page around the chat says of a visitor: JSON of name → value. Unsigned, so nothing is decided by it.
alter table contact add column page_attributes text not null default '{}';
