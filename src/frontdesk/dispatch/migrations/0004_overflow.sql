-- What became of one who could not wait here (any longer): why, and the steps that were looked at, as JSON.
alter table decision add column overflow text;
