"""The hot path on PostgreSQL: one call of `append_at_once` for a batch (migration 0003 says how it keeps the order)."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Raw

from frontdesk.conversations.entries import Entry, EntryKind, Sender
from frontdesk.conversations.rows import entry_of, guests_of
from frontdesk.conversations.sending import Appended, Sending, closed, not_yours, unknown
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import Platform
from frontdesk.platform.database import Row

_APPEND: Final = "select * from append_at_once($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
_REFUSALS: Final[dict[str, Callable[[], FrontdeskError]]] = {
    "unknown": unknown,
    "not-yours": not_yours,
    "closed": closed,
}


async def append_on_server(
    platform: Platform, sendings: Sequence[Sending], settle: Callable[[list[Appended]], None]
) -> None:
    """Append in order, in one round trip. Each message is taken or refused by itself."""
    await platform.database.write_at_once(
        _APPEND,
        (
            platform.clock.now(),
            [platform.ids.new() for _ in sendings],
            [sending.subject.organization_id for sending in sendings],
            [sending.conversation_id for sending in sendings],
            [sending.subject.kind.value for sending in sendings],
            [sending.subject.id for sending in sendings],
            [sending.client_id for sending in sendings],
            [sending.body.decode() for sending in sendings],
            [sending.preview for sending in sendings],
            [sending.type for sending in sendings],
        ),
        lambda rows: settle([_appended(sendings, place, row) for place, row in enumerate(rows)]),
    )


def _appended(sendings: Sequence[Sending], place: int, row: Row) -> Appended:
    refusal, contact_id, agent_id = row[:3]
    first: int | None = row[3]
    sending = sendings[place]
    if refusal is not None:
        return Appended(sending, _REFUSALS[refusal]())
    if first is None:
        return Appended(sending, entry_of(row[4:14]), contact_id, agent_id, guests_of(row[14]))
    written = sendings[first - 1]  # this one, or the same message earlier in the batch
    identity, seq, _, at, _, _, name = row[4:11]
    entry = Entry(
        str(identity),
        seq,
        EntryKind.MESSAGE,
        at,
        Sender(written.subject.kind, str(written.subject.id), name),
        Raw(written.body),
        client_id=written.client_id,
    )
    return Appended(sending, entry, contact_id, agent_id, guests_of(row[14]))
