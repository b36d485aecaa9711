-- Tokens are made by us (unigrams and bigrams of Chinese, lower-cased words); rowid is the entry's id.
create virtual table entry_index using fts5 (
    words, filters, content = '', contentless_delete = 1, detail = full, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0"
);

-- How far the indexer has read the log: up to this transaction (0 where entries are in order), and in it this entry.
create table index_cursor (
    name text primary key,
    written_by bigint not null,
    entry_id bigint not null
);
