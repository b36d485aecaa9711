-- Whether the team's agents file what a conversation was about before they close it.
alter table team add column wrap_up_required boolean not null default false;
