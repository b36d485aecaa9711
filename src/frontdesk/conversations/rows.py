"""The header of a conversation as a row, and how rows become what clients see."""

from typing import Any, Final, TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from frontdesk.conversations.decoding import EMPTY_BODY
from frontdesk.conversations.entries import Entry, EntryKind, Sender
from frontdesk.conversations.state import (
    ContactCard,
    ConversationState,
    LastMessage,
    Pointers,
    Rating,
    Snapshot,
    WrapUp,
)
from frontdesk.conversations.tombstones import ERASED_REASON
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.platform.database import Row
from frontdesk.staff import AgentCard, AgentKind

Part = TypeVar("Part")

COLUMNS: Final = (
    "id, organization_id, channel_id, contact_id, contact_name, state, team_id, agent_id, agent_card, language, "
    "opened_at, waiting_since, closed_at, close_reason, head, last_message, last_entry_at, last_visitor_at, "
    "last_agent_at, visitor_received, visitor_read, agent_received, agent_read, rating_invited, rating, wrap_up, guests, weight, "
    "snoozed_until, woken_seq, written_from"
)
ENTRY_COLUMNS: Final = "id, seq, kind, at, sender_kind, sender_id, sender_name, client_id, body, recalled"

_agent_card: Final = msgspec.json.Decoder(AgentCard)
_last_message: Final = msgspec.json.Decoder(LastMessage)
_rating: Final = msgspec.json.Decoder(Rating)
_wrap_up: Final = msgspec.json.Decoder(WrapUp)
_guests: Final = msgspec.json.Decoder(tuple[AgentCard, ...])


class Conversation(Struct, frozen=True):
    """A conversation's row. `last_agent_at` counts messages of humans only. `weight`: the places that it takes.

    `kind`: what the visitor writes from (`ChannelKind`).
    """

    id: int
    organization_id: int
    channel_id: int
    contact_id: int
    contact_name: str
    state: ConversationState
    team_id: int | None
    agent_id: int | None
    agent: AgentCard | None
    language: str
    opened_at: Millis
    waiting_since: Millis | None
    closed_at: Millis | None
    close_reason: str | None
    head: int
    last_message: LastMessage | None
    last_entry_at: Millis
    last_visitor_at: Millis | None
    last_agent_at: Millis | None
    received: Pointers
    read: Pointers
    rating_invited: bool
    rating: Rating | None
    wrap_up: WrapUp | None
    guests: tuple[AgentCard, ...] = ()
    weight: int = 1
    snoozed_until: Millis | None = None
    woken_seq: int | None = None
    kind: str = ChannelKind.SITE

    @property
    def is_open(self) -> bool:
        return self.state is not ConversationState.CLOSED

    @property
    def is_erased(self) -> bool:
        """Whether its words were taken out of it; it takes nothing any more then."""
        return self.close_reason == ERASED_REASON

    @property
    def human_agent_id(self) -> int | None:
        """The human who has it now or had it last; None while it is a bot's."""
        return self.agent_id if self.agent is not None and self.agent.kind is AgentKind.HUMAN else None

    @property
    def guest_ids(self) -> frozenset[int]:
        """The colleagues who are in it besides the agent who has it."""
        return frozenset(int(guest.id) for guest in self.guests)


def conversation_of(row: Row) -> Conversation:
    """A row selected with `COLUMNS`."""
    (identity, organization_id, channel_id, contact_id, contact_name, state, team_id, agent_id, agent_card, language,
     opened_at, waiting_since, closed_at, close_reason, head, last_message, last_entry_at, last_visitor_at,
     last_agent_at, visitor_received, visitor_read, agent_received, agent_read, rating_invited, rating,
     wrap_up, guests, weight, snoozed_until, woken_seq, kind) = row  # fmt: skip
    return Conversation(
        id=identity,
        organization_id=organization_id,
        channel_id=channel_id,
        contact_id=contact_id,
        contact_name=contact_name,
        state=ConversationState(state),
        team_id=team_id,
        agent_id=agent_id,
        agent=_decoded(_agent_card, agent_card),
        language=language,
        opened_at=opened_at,
        waiting_since=waiting_since,
        closed_at=closed_at,
        close_reason=close_reason,
        head=head,
        last_message=_decoded(_last_message, last_message),
        last_entry_at=last_entry_at,
        last_visitor_at=last_visitor_at,
        last_agent_at=last_agent_at,
        received=Pointers(visitor_received, agent_received),
        read=Pointers(visitor_read, agent_read),
        rating_invited=bool(rating_invited),
        rating=_decoded(_rating, rating),
        wrap_up=_decoded(_wrap_up, wrap_up),
        guests=guests_of(guests),
        weight=weight,
        snoozed_until=snoozed_until,
        woken_seq=woken_seq,
        kind=kind,
    )


def guests_of(text: str | None) -> tuple[AgentCard, ...]:
    """What the column `guests` holds; mostly nothing."""
    return () if text is None else _guests.decode(text)


def snapshot_of(conversation: Conversation, *, for_visitor: bool = False) -> Snapshot:
    """The header as staff or as the visitor sees it."""
    return Snapshot(
        id=str(conversation.id),
        channel_id=str(conversation.channel_id),
        contact=ContactCard(str(conversation.contact_id), conversation.contact_name),
        state=conversation.state,
        team_id=None if conversation.team_id is None else str(conversation.team_id),
        agent=conversation.agent,
        language=conversation.language,
        opened_at=conversation.opened_at,
        waiting_since=conversation.waiting_since,
        closed_at=conversation.closed_at,
        close_reason=conversation.close_reason,
        head=conversation.head,
        last_message=conversation.last_message,
        received=conversation.received,
        read=conversation.read,
        rating_invited=conversation.rating_invited,
        rating=conversation.rating,
        wrap_up=None if for_visitor else conversation.wrap_up,
        guests=conversation.guests,
        snoozed_until=_shown(conversation.snoozed_until, for_visitor=for_visitor),
        woken_seq=_shown(conversation.woken_seq, for_visitor=for_visitor),
    )


def _shown(number: int | None, *, for_visitor: bool) -> int | UnsetType:
    return UNSET if number is None or for_visitor else number


_SENDER_KINDS: Final = {kind.value: kind for kind in SubjectKind}
_ENTRY_KINDS: Final = {kind.value: kind for kind in EntryKind}


def entry_of(row: Row) -> Entry:
    """A row selected with `ENTRY_COLUMNS`."""
    identity, seq, kind, at, sender_kind, sender_id, sender_name, client_id, body, recalled = row
    return Entry(
        str(identity),
        seq,
        _ENTRY_KINDS[kind],
        at,
        Sender(_SENDER_KINDS[sender_kind], str(sender_id), sender_name),
        Raw(body.encode()) if body != "{}" else EMPTY_BODY,
        UNSET if client_id is None else client_id,
        True if recalled else UNSET,
    )


def _decoded(decoder: "msgspec.json.Decoder[Part]", text: Any) -> Part | None:  # noqa: ANN401 - a column's value
    return None if text is None else decoder.decode(text)
