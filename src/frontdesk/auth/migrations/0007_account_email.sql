-- Said by whoever manages staff, in lower case; empty: none. Sign-in through a company's own provider finds people by it.
alter table account add column email text not null default '';
create unique index account_email on account (organization_id, email) where email <> '';
