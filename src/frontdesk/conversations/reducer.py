"""What an entry does to a conversation. Pure; the clients' reducers do the same, on the same fixtures."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, structs

from frontdesk.conversations.decoding import EMPTY_BODY, decode_body, decode_message
from frontdesk.conversations.entries import (
    Assigned,
    Card,
    Closed,
    Entry,
    EntryKind,
    File,
    Image,
    Joined,
    Left,
    MessageBody,
    Opened,
    Queued,
    Rated,
    Recalled,
    Snoozed,
    Text,
    Voice,
    Woken,
    WrappedUp,
)
from frontdesk.conversations.state import ConversationState, LastMessage, Rating, Snapshot, WrapUp
from frontdesk.conversations.tombstones import ERASED_NAME, ERASED_REASON, tombstone
from frontdesk.core.subject import SubjectKind
from frontdesk.staff import AgentCard, AgentKind

PREVIEW_LENGTH: Final = 120


def preview_of(body: MessageBody) -> tuple[str, str]:
    """How a message looks in a list: (preview, type). Clients word what is not text in their own language."""
    match body:
        case Text():
            return body.text[:PREVIEW_LENGTH], "text"
        case Image():
            return body.name[:PREVIEW_LENGTH], "image"
        case Voice():
            return body.name[:PREVIEW_LENGTH], "voice"
        case File():
            return body.name[:PREVIEW_LENGTH], "file"
        case Card():
            return body.title[:PREVIEW_LENGTH], "card"


def apply(header: Snapshot, entry: Entry) -> Snapshot:  # noqa: C901, PLR0911, PLR0912 - one return for each kind of entry
    """The header after `entry`. The entry must be the next one: seq == head + 1."""
    header = structs.replace(header, head=entry.seq)
    match entry.kind:
        case EntryKind.OPENED:
            return structs.replace(header, team_id=decode_body(entry, Opened).team_id)
        case EntryKind.MESSAGE:
            return structs.replace(_heard(header, entry), last_message=_last_message(entry))
        case EntryKind.QUEUED:
            return structs.replace(
                _awake(header),
                state=ConversationState.WAITING,
                agent=None,
                team_id=decode_body(entry, Queued).team_id,
                waiting_since=entry.at,
                guests=(),
            )
        case EntryKind.UNQUEUED:
            return structs.replace(header, state=ConversationState.BOT, agent=None, waiting_since=None)
        case EntryKind.ASSIGNED:
            return _assigned(header, decode_body(entry, Assigned))
        case EntryKind.JOINED | EntryKind.LEFT:
            return structs.replace(header, guests=_guests_after(header, entry))
        case EntryKind.RECALLED:
            return _recalled(header, decode_body(entry, Recalled).seq)
        case EntryKind.RATING_INVITED | EntryKind.RATED:
            return _rated(header, entry)
        case EntryKind.WRAPPED_UP:
            wrapped = decode_body(entry, WrappedUp)
            return structs.replace(header, wrap_up=WrapUp(wrapped.category, wrapped.remark, wrapped.solved))
        case EntryKind.SNOOZED:
            until = decode_body(entry, Snoozed).until
            return structs.replace(header, snoozed_until=until, woken_seq=UNSET)
        case EntryKind.WOKEN:
            in_time = decode_body(entry, Woken).reason == "time"
            return structs.replace(_awake(header), woken_seq=entry.seq if in_time else UNSET)
        case EntryKind.CLOSED:
            return structs.replace(
                _awake(header),
                state=ConversationState.CLOSED,
                closed_at=entry.at,
                close_reason=decode_body(entry, Closed).reason,
                waiting_since=None,
                guests=(),
            )
        case EntryKind.REOPENED:
            return structs.replace(header, state=ConversationState.BOT, closed_at=None, close_reason=None)
        case EntryKind.ERASED:
            return _erased(header)
        case (
            EntryKind.TRANSFERRED
            | EntryKind.NOTE
            | EntryKind.WHISPER
            | EntryKind.ANSWER_RATED
            | EntryKind.HIDDEN
        ):
            return header


def apply_to_entries(entries: Sequence[Entry], entry: Entry) -> list[Entry]:
    """The entries a client holds after `entry`: one more, and a recalled one emptied, or all that came before."""
    known = list(entries)
    if entry.kind is EntryKind.ERASED:
        known = [tombstone(old) for old in known]
    if entry.kind is EntryKind.RECALLED:
        seq = decode_body(entry, Recalled).seq
        known = [
            structs.replace(old, body=EMPTY_BODY, recalled=True) if old.seq == seq else old for old in known
        ]
    return [*known, entry]


def _last_message(entry: Entry) -> LastMessage:
    body = decode_message(entry)
    preview, kind = ("", "text") if body is None else preview_of(body)
    return LastMessage(entry.seq, entry.sender, preview, kind, entry.at)


def _assigned(header: Snapshot, assigned: Assigned) -> Snapshot:
    bot = assigned.agent.kind is AgentKind.BOT
    return structs.replace(
        _awake(header),
        state=ConversationState.BOT if bot else ConversationState.ACTIVE,
        agent=assigned.agent,
        team_id=header.team_id if assigned.team_id is None else assigned.team_id,
        waiting_since=None,
        guests=() if bot else _without(header, assigned.agent.id),
    )


def _awake(header: Snapshot) -> Snapshot:
    """Nothing is left of it that its agent put it aside."""
    return structs.replace(header, snoozed_until=UNSET, woken_seq=UNSET)


def _heard(header: Snapshot, entry: Entry) -> Snapshot:
    """A visitor's message wakes what was put aside."""
    if header.snoozed_until is UNSET or entry.sender.kind is not SubjectKind.VISITOR:
        return header
    return structs.replace(header, snoozed_until=UNSET, woken_seq=entry.seq)


def _rated(header: Snapshot, entry: Entry) -> Snapshot:
    if entry.kind is EntryKind.RATING_INVITED:
        return structs.replace(header, rating_invited=True)
    rated = decode_body(entry, Rated)
    return structs.replace(header, rating=Rating(rated.score, rated.remark, rated.resolved, rated.levels))


def _guests_after(header: Snapshot, entry: Entry) -> tuple[AgentCard, ...]:
    if entry.kind is EntryKind.LEFT:
        return _without(header, decode_body(entry, Left).agent.id)
    joined = decode_body(entry, Joined).agent
    return (*_without(header, joined.id), joined)


def _without(header: Snapshot, agent_id: str) -> tuple[AgentCard, ...]:
    return tuple(guest for guest in header.guests if guest.id != agent_id)


def _recalled(header: Snapshot, seq: int) -> Snapshot:
    last = header.last_message
    if last is None or last.seq != seq:
        return header
    return structs.replace(header, last_message=structs.replace(last, preview=""))


def _erased(header: Snapshot) -> Snapshot:
    last, rating, wrap_up = header.last_message, header.rating, header.wrap_up
    return structs.replace(
        header,
        contact=structs.replace(header.contact, name=ERASED_NAME),
        close_reason=ERASED_REASON,
        last_message=None if last is None else structs.replace(last, preview=""),
        rating=None if rating is None else structs.replace(rating, remark=""),
        wrap_up=None if wrap_up is None else structs.replace(wrap_up, remark=""),
    )
