-- By what two records of one person are found: the address in lower case, and the last ten digits of the number, so that
-- country codes and a leading zero make no difference. Shorter than six digits it says nothing.
alter table contact add column email_key text not null default '';
alter table contact add column phone_key text not null default '';
update contact set email_key = lower(email), phone_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(
    phone, '+', ''), '(', ''), ')', ''), ' ', ''), '.', ''), '/', ''), '#', ''), '*', ''), '-', '');
update contact set phone_key = substr(phone_key, length(phone_key) - 9) where length(phone_key) > 10;
update contact set phone_key = '' where length(phone_key) < 6;
create index contact_email_key on contact (organization_id, email_key) where email_key <> '';
create index contact_phone_key on contact (organization_id, phone_key) where phone_key <> '';
