-- Whoever follows the log asks for its entries in the order of an index, whatever the server believes of its tables:
-- without statistics (a table filled a moment ago, a copy just restored), or with many organizations, it found reasons to
-- read all that waits, and kept to them for as long as a connection lived.

-- The next entries in the order in which the log is followed (`tail.py`): those of whole transactions, so there may be
-- more of them than `most`. Two transactions that ran at once may have written to one conversation under one number, and
-- against the order of their ids; cut between them, an entry would come before the one that it follows.
drop index entry_written;
create unique index entry_written on entry (written_by, id);
create function entries_after(after bigint, after_id bigint, most bigint) returns table (
    id bigint, organization_id bigint, conversation_id bigint, seq bigint, kind text, at bigint, written_by bigint
) language plpgsql stable set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off as $$
#variable_conflict use_column
begin
    return query
    select e.id, e.organization_id, e.conversation_id, e.seq, e.kind, e.at, e.written_by from entry e
    where (e.written_by, e.id) > (after, after_id)
        and e.written_by < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    order by e.written_by fetch first (most) rows with ties;
end $$;
