-- Tokens are made by us (unigrams and bigrams of Chinese, lower-cased words). Filters are tokens too; they begin with a
-- sign that no word has. The wall between organizations is one of them: the index has no column that could be compared
-- before its rows are looked at.
create table entry_index (
    entry_id bigint primary key,
    tokens tsvector not null
);
create index entry_index_tokens on entry_index using gin (tokens) with (fastupdate = off);

-- How far the indexer has read the log: up to this transaction (0 where entries are in order), and in it this entry.
create table index_cursor (
    name text primary key,
    written_by bigint not null,
    entry_id bigint not null
);
