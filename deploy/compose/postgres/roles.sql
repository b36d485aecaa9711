-- Run once, when the database is made. Processes sign in as `frontdesk`, who owns nothing and acts as `frontdesk_app`,
-- behind the walls between organizations; migrations are the owner's.
\getenv password DATABASE_PASSWORD
create role frontdesk_app nologin;
create role frontdesk login password :'password';
grant frontdesk_app to frontdesk;
