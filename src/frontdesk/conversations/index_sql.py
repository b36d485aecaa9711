"""The SQL of the search index on each engine: FTS5, or a GIN index over the same tokens."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from frontdesk.conversations.search_tokens import Term

Words = Callable[[Sequence[Term], Sequence[str]], str]


class IndexSql(NamedTuple):
    """`match` spells what must all be found."""

    match: Words
    counted: str
    newest: str
    add: str
    remove: str


def _fts5(terms: Sequence[Term], filters: Sequence[str]) -> str:
    words = [f'words : "{term.text}"{"*" if term.beginning else ""}' for term in terms]
    return " AND ".join(words + [f'filters : "{part}"' for part in filters])


def _tsquery(terms: Sequence[Term], filters: Sequence[str]) -> str:
    words = [f"'{term.text}'{':*' if term.beginning else ''}" for term in terms]
    return " & ".join(words + [f"'#{part}'" for part in filters])


# The wall: whatever was asked for, only what is of the organization whose unit this is.
_FOUND: Final = (
    "from entry_index where tokens @@ (cast($1 as tsquery) && quote_literal('#o' || current_setting('frontdesk.organization'))::tsquery)"
    " and entry_id >= $2 and entry_id < $3"
)

# $4 is a tag, 0 for any: only what was said in conversations that have it.
_TAGGED: Final = """ and (cast($4 as bigint) = 0 or {key} in (select e.id from entry e join conversation_tag t
    on t.organization_id = e.organization_id and t.conversation_id = e.conversation_id
    where e.organization_id = $5 and t.tag_id = $4))"""
_FOUND_ROW: Final = (
    "from entry_index where entry_index match $1 and rowid >= $2 and rowid < $3" + _TAGGED.format(key="rowid")
)
_FOUND_ENTRY: Final = _FOUND + _TAGGED.format(key="entry_id")

INDEX: Final = {
    "sqlite": IndexSql(
        match=_fts5,
        counted="select count(*) from (select rowid " + _FOUND_ROW + " limit $6)",  # noqa: S608 - constants of this file
        newest="select rowid " + _FOUND_ROW + " order by rowid desc limit $6",
        add="""insert into entry_index (rowid, words, filters)
            select value ->> 0, value ->> 1, value ->> 2 from json_each($1)""",
        remove="delete from entry_index where rowid = $1",
    ),
    "postgres": IndexSql(
        match=_tsquery,
        counted="select count(*) from (select 1 " + _FOUND_ENTRY + " limit $6) as found",  # noqa: S608 - constants of this file
        newest="select entry_id " + _FOUND_ENTRY + " order by entry_id desc limit $6",
        add="""insert into entry_index (entry_id, tokens)
            select (value ->> 0)::bigint, array_to_tsvector(
                string_to_array(value ->> 1, ' ') || array(select '#' || f from string_to_table(value ->> 2, ' ') as f)
            ) from json_array_elements(cast($1 as json)) on conflict do nothing""",
        remove="delete from entry_index where entry_id = $1",
    ),
}
