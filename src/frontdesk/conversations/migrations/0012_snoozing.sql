-- Until when its agent has put the conversation aside, and the entry that ended this early or in time. Both are what the log
-- adds up to: a visitor's message, a new owner and the end wake it.
alter table conversation add column snoozed_until bigint;
alter table conversation add column woken_seq bigint;
