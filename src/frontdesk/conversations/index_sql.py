"""The SQL of the search index on each engine: FTS5, or a GIN index over the same tokens."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from frontdesk.conversations.search_tokens import Term

Words = Callable[[Sequence[Term], Sequence[str]], str]


class IndexSql(NamedTuple):
    """`match` spells what must all be found; `unread` gives the next entries behind a position, each after its own."""

    match: Words
    counted: str
    newest: str
    add: str
    remove: str
    unread: str


def _fts5(terms: Sequence[Term], filters: Sequence[str]) -> str:
    words = [f'words : "{term.text}"{"*" if term.beginning else ""}' for term in terms]
    return " AND ".join(words + [f'filters : "{part}"' for part in filters])


def _tsquery(terms: Sequence[Term], filters: Sequence[str]) -> str:
    words = [f"'{term.text}'{':*' if term.beginning else ''}" for term in terms]
    return " & ".join(words + [f"'#{part}'" for part in filters])


_ENTRY: Final = "e.id, e.organization_id, e.conversation_id, e.kind, e.sender_id, e.recalled, e.body"
# The wall: whatever was asked for, only what is of the organization whose unit this is.
_FOUND: Final = (
    "tokens @@ (cast($1 as tsquery) && quote_literal('#o' || current_setting('frontdesk.organization'))::tsquery)"
    " and entry_id >= $2 and entry_id < $3"
)

INDEX: Final = {
    "sqlite": IndexSql(
        match=_fts5,
        counted="""select count(*) from (select rowid from entry_index
            where entry_index match $1 and rowid >= $2 and rowid < $3 limit $4)""",
        newest="""select rowid from entry_index where entry_index match $1 and rowid >= $2 and rowid < $3
            order by rowid desc limit $4""",
        add="""insert into entry_index (rowid, words, filters)
            select value ->> 0, value ->> 1, value ->> 2 from json_each($1)""",
        remove="delete from entry_index where rowid = $1",
        unread=f"""select $1, e.id, {_ENTRY} from entry e
            where e.id > $2 and e.kind in ('message', 'note', 'recalled') order by e.id limit $3""",  # noqa: S608 - constant columns
    ),
    "postgres": IndexSql(
        match=_tsquery,
        counted=f"select count(*) from (select 1 from entry_index where {_FOUND} limit $4) as found",  # noqa: S608 - constant
        newest=f"select entry_id from entry_index where {_FOUND} order by entry_id desc limit $4",  # noqa: S608 - constant
        add="""insert into entry_index (entry_id, tokens)
            select (value ->> 0)::bigint, array_to_tsvector(
                string_to_array(value ->> 1, ' ') || array(select '#' || f from string_to_table(value ->> 2, ' ') as f)
            ) from json_array_elements(cast($1 as json))""",
        remove="delete from entry_index where entry_id = $1",
        # Nothing that a transaction still running has written is below the horizon, so nothing can appear behind us.
        unread=f"""select e.written_by, e.id, {_ENTRY} from entry e
            where (e.written_by, e.id) > ($1, $2)
            and e.written_by < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            and e.kind in ('message', 'note', 'recalled') order by e.written_by, e.id limit $3""",  # noqa: S608 - constant columns
    ),
}
