"""The hot path: many messages of many conversations appended at once, with four statements or one call of the server.

SQLite's single writer makes the order: heads are read, duplicates found, sequence numbers given and rows written inside one
transaction, so that `seq` has no gap and a repeated `client_id` gets the answer of the first.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from frontdesk.conversations.append_on_server import append_on_server
from frontdesk.conversations.entries import Entry, EntryKind, Sender
from frontdesk.conversations.rows import ENTRY_COLUMNS, entry_of, guests_of
from frontdesk.conversations.sending import Appended, Sending, closed, not_yours, unknown
from frontdesk.conversations.state import LastMessage
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.database import Row
from frontdesk.staff import AgentCard

_json: Final = msgspec.json.Encoder()
_card: Final = msgspec.json.Decoder(AgentCard)

_HEADS: Final = """
select id, organization_id, contact_id, agent_id, agent_card, state, head, last_entry_at, last_visitor_at, last_agent_at,
    snoozed_until, woken_seq, guests
from conversation where id = any($1)"""
_REPEATED: Final = f"""
select conversation_id, {ENTRY_COLUMNS} from entry
where client_id = any($1)"""  # noqa: S608 - constant columns
_INSERT: Final = """
insert into entry (id, organization_id, conversation_id, seq, kind, at, sender_kind, sender_id, sender_name,
    client_id, body, recalled)
select value ->> 0, value ->> 1, value ->> 2, value ->> 3, 'message', value ->> 4, value ->> 5, value ->> 6,
    value ->> 7, value ->> 8, value ->> 9, false
from json_each($1)"""
_ADVANCE: Final = """
update conversation set head = j.value ->> 1, last_message = j.value ->> 2, last_entry_at = j.value ->> 3,
    last_visitor_at = j.value ->> 4, last_agent_at = j.value ->> 5,
    snoozed_until = j.value ->> 6, woken_seq = j.value ->> 7
from json_each($1) as j where conversation.id = j.value ->> 0"""


class _Head(Struct):
    organization_id: int
    contact_id: int
    agent_id: int | None
    card: AgentCard | None
    state: str
    seq: int
    at: Millis
    visitor_at: Millis | None
    agent_at: Millis | None
    snoozed_until: Millis | None
    woken_seq: int | None
    guests: tuple[AgentCard, ...] = ()
    last: LastMessage | None = None


async def append_batch(
    platform: Platform, sendings: Sequence[Sending], settle: Callable[[list[Appended]], None]
) -> None:
    """Append in order and commit; `settle` is told after the commit what became of each message.

    Each is taken or refused by itself; a refusal harms no other. A unit of work of its own.
    """
    if platform.database.engine == "postgres":
        await append_on_server(platform, sendings, settle)
        return

    async def work(tx: Transaction) -> None:
        outcomes = await _append(platform, tx, sendings)
        tx.after_commit(lambda: settle(outcomes))

    await platform.database.write(EVERY_ORGANIZATION, work)


async def _append(platform: Platform, tx: Transaction, sendings: Sequence[Sending]) -> list[Appended]:
    heads = await _heads(tx, sendings)
    repeated = await _repeated(tx, sendings)
    rows: list[tuple[Any, ...]] = []
    outcomes: list[Appended] = []
    now = platform.clock.now()
    for sending in sendings:
        head = heads.get(sending.conversation_id)
        if head is None or head.organization_id != sending.subject.organization_id:
            outcomes.append(Appended(sending, unknown()))
            continue
        key = (sending.client_id, sending.conversation_id, sending.subject.id)
        entry = repeated.get(key)
        if entry is None:
            refusal = _refusal(sending, head)
            if refusal is not None:
                outcomes.append(Appended(sending, refusal))
                continue
            entry = _next(platform.ids.new(), now, sending, head)
            repeated[key] = entry
            rows.append(_row(sending, entry))
        outcomes.append(Appended(sending, entry, head.contact_id, head.agent_id, head.guests))
    if rows:
        await tx.execute(_INSERT, _text(rows))
        await tx.execute(
            _ADVANCE, _text([_advance(key, head) for key, head in heads.items() if head.last is not None])
        )
    return outcomes


async def _heads(tx: Transaction, sendings: Iterable[Sending]) -> dict[int, _Head]:
    rows = await tx.fetch(_HEADS, list({sending.conversation_id for sending in sendings}))
    return {row[0]: _head(row) for row in rows}


def _head(row: Row) -> _Head:
    _, organization_id, contact_id, agent_id, card, *rest, guests = row
    agent = None if card is None else _card.decode(card)
    return _Head(organization_id, contact_id, agent_id, agent, *rest, guests=guests_of(guests))


async def _repeated(tx: Transaction, sendings: Iterable[Sending]) -> dict[tuple[str, int, int], Entry]:
    rows = await tx.fetch(_REPEATED, [sending.client_id for sending in sendings])
    found: dict[tuple[str, int, int], Entry] = {}
    for conversation_id, *row in rows:
        entry = entry_of(tuple(row))
        found[str(entry.client_id), conversation_id, int(entry.sender.id)] = entry
    return found


def _refusal(sending: Sending, head: _Head) -> FrontdeskError | None:
    """Why this sender may not write here now.

    Asked for new messages only: who sends a stored one again learns that it is stored, whatever has changed since.
    """
    visitor = sending.subject.kind is SubjectKind.VISITOR
    if sending.subject.id != (head.contact_id if visitor else head.agent_id) and (
        visitor or _guest(sending, head) is None
    ):
        return unknown() if visitor else not_yours()
    return closed() if head.state == "closed" else None


def _guest(sending: Sending, head: _Head) -> AgentCard | None:
    """Who writes, when it is one of the guests; almost always there are none."""
    if not head.guests:
        return None
    return next((guest for guest in head.guests if guest.id == str(sending.subject.id)), None)


def _next(identity: int, now: Millis, sending: Sending, head: _Head) -> Entry:
    card = None if sending.subject.kind is SubjectKind.VISITOR else _guest(sending, head) or head.card
    name = "" if card is None else card.name
    sender = Sender(sending.subject.kind, str(sending.subject.id), name)
    head.seq += 1
    head.at = max(now, head.at)
    head.last = LastMessage(head.seq, sender, sending.preview, sending.type, head.at)
    if sending.subject.kind is SubjectKind.VISITOR:
        head.visitor_at = head.at
        if head.snoozed_until is not None:
            head.snoozed_until, head.woken_seq = None, head.seq
    elif sending.subject.kind is SubjectKind.AGENT:
        head.agent_at = head.at
    return Entry(
        str(identity),
        head.seq,
        EntryKind.MESSAGE,
        head.at,
        sender,
        Raw(sending.body),
        client_id=sending.client_id,
    )


def _row(sending: Sending, entry: Entry) -> tuple[Any, ...]:
    return (
        int(entry.id),
        sending.subject.organization_id,
        sending.conversation_id,
        entry.seq,
        entry.at,
        sending.subject.kind,
        sending.subject.id,
        entry.sender.name,
        sending.client_id,
        sending.body.decode(),
    )


def _advance(conversation_id: int, head: _Head) -> tuple[Any, ...]:
    return (
        conversation_id,
        head.seq,
        _text(head.last),
        head.at,
        head.visitor_at,
        head.agent_at,
        head.snoozed_until,
        head.woken_seq,
    )


def _text(value: object) -> str:
    return _json.encode(value).decode()
