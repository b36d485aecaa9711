"""Conversations: the log that is the truth, and everything that is a view of it.

Tables: conversation (header), entry (the log), conversation_agent (who took part), guest (who joined it beside the agent),
  mention (who was told of a note), conversation_tag, entry_index (search).
Out: frames to `deliver.<organization>.<principal>`; `event.conversations.routed` when participants or state change;
  `event.conversations.tagged`.
In: `event.contacts.changed` (a contact's new name goes into its headers).

Invariants:
- `seq` is gap-free from 1 in a conversation; a sender's `client_id` is in it at most once.
- Nothing is published or acknowledged before it is committed and flushed.
- The header equals what `reducer.apply` makes of the entries.
- Visitors never see staff-only entries, only that a number was used.
- What was erased has its number, kind and time for ever, and no words anywhere.
"""

from frontdesk.conversations.access_rules import Reach, get_readable, may_read, reach_of, reaches
from frontdesk.conversations.answer_rating import rate_answer
from frontdesk.conversations.append import SYSTEM, append_each_in, append_in, open_in
from frontdesk.conversations.cleaning import attachment_of, clean_body, clean_card
from frontdesk.conversations.contact_names import follow_contact_names
from frontdesk.conversations.decoding import decode_body, decode_message, media_of
from frontdesk.conversations.entries import (
    MAX_BUTTONS,
    MAX_CARD_TEXT,
    MAX_TEXT,
    MAX_TITLE,
    MAX_VOICE,
    AnswerRated,
    Assigned,
    Body,
    Card,
    CardButton,
    Closed,
    Colleague,
    Draft,
    Empty,
    Entry,
    EntryKind,
    File,
    FormAnswer,
    Image,
    Joined,
    Left,
    MessageBody,
    Note,
    NotedTicket,
    Opened,
    Question,
    Queued,
    Rated,
    Recalled,
    Sender,
    Snoozed,
    Text,
    TextFormat,
    Transferred,
    Unqueued,
    VisitedPage,
    Voice,
    Whisper,
    Woken,
    WrappedUp,
)
from frontdesk.conversations.erasing import ErasedBatch, erase_in, settle_index
from frontdesk.conversations.finding import find, find_day
from frontdesk.conversations.frames import (
    AgentFrame,
    AgentState,
    AlarmFrame,
    ChangedFrame,
    ConversationFrame,
    Doing,
    Due,
    DueFrame,
    EntriesFrame,
    EntryFrame,
    GoneFrame,
    LookFrame,
    OfferEndedFrame,
    OfferFrame,
    QueueFrame,
    ReceiptFrame,
    ResetFrame,
    TransferFrame,
    TypingFrame,
    WaitingFrame,
    deliver_subject,
    look_subject,
    publish_frame,
    roster_subject,
    staff_subject,
    team_subject,
)
from frontdesk.conversations.log import Log
from frontdesk.conversations.looking import look
from frontdesk.conversations.membership import ROUTED, Membership, Routed, takes_part
from frontdesk.conversations.mentions import mention_in
from frontdesk.conversations.moving import move_to_contact_in
from frontdesk.conversations.read import (
    ConversationPage,
    EntriesPage,
    View,
    entries_page,
    list_conversations,
    of_contact,
    snapshot,
    snapshot_with_entries,
)
from frontdesk.conversations.recall import recall
from frontdesk.conversations.receipts import Receipts
from frontdesk.conversations.reducer import apply, apply_to_entries
from frontdesk.conversations.restored import is_restored, put_in_order_in, rewound
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.conversations.search import SearchPage, search
from frontdesk.conversations.search_index import Indexer
from frontdesk.conversations.search_index import rewind_in as rewind_index_in
from frontdesk.conversations.state import ConversationState, LastMessage, Pointers, Rating, Snapshot, WrapUp
from frontdesk.conversations.store import active_of_agent as active_of_agent_in
from frontdesk.conversations.store import all_open_of_contact as all_open_of_contact_in
from frontdesk.conversations.store import bots_of as bots_of_in
from frontdesk.conversations.store import entries_after as entries_after_in
from frontdesk.conversations.store import entry_at as entry_at_in
from frontdesk.conversations.store import get as get_in
from frontdesk.conversations.store import get_many as get_many_in
from frontdesk.conversations.store import last_human_agents as last_human_agents_in
from frontdesk.conversations.store import open_of_contact as open_of_contact_in
from frontdesk.conversations.store import places_taken as places_taken_in
from frontdesk.conversations.store_erasing import after_of as conversations_of_in
from frontdesk.conversations.store_erasing import closed_of_channel as closed_of_channel_in
from frontdesk.conversations.store_erasing import count_of as count_to_erase_in
from frontdesk.conversations.store_erasing import first_of as first_to_erase_in
from frontdesk.conversations.store_erasing import open_of as open_of_contacts_in
from frontdesk.conversations.store_kinds import entries_of_kind as entries_of_kind_in
from frontdesk.conversations.store_lists import Narrowed
from frontdesk.conversations.store_lists import with_people as with_people_in
from frontdesk.conversations.store_mentions import is_unseen as is_unseen_mention_in
from frontdesk.conversations.store_people import agents_of as agents_of_in
from frontdesk.conversations.store_people import names_of as contact_names_in
from frontdesk.conversations.sync import sync
from frontdesk.conversations.tagging import (
    CONVERSATION_TAGGED,
    conversation_tags_in,
    tag_conversation,
    tags_of,
    untag_conversation,
)
from frontdesk.conversations.tail import Line, Position, end_of_log, lines_after
from frontdesk.conversations.tombstones import ERASED_NAME, ERASED_REASON
from frontdesk.conversations.transitions import words_erased
from frontdesk.conversations.typing_preview import typing
from frontdesk.conversations.view import entries_for, signed_attachment, signed_card
from frontdesk.conversations.waits import Wait, waits_for_team_in

__all__ = [
    "CONVERSATION_TAGGED",
    "ERASED_NAME",
    "ERASED_REASON",
    "MAX_BUTTONS",
    "MAX_CARD_TEXT",
    "MAX_TEXT",
    "MAX_TITLE",
    "MAX_VOICE",
    "ROUTED",
    "SYSTEM",
    "AgentFrame",
    "AgentState",
    "AlarmFrame",
    "AnswerRated",
    "Assigned",
    "Body",
    "Card",
    "CardButton",
    "ChangedFrame",
    "Closed",
    "Colleague",
    "Conversation",
    "ConversationFrame",
    "ConversationPage",
    "ConversationState",
    "Doing",
    "Draft",
    "Due",
    "DueFrame",
    "Empty",
    "EntriesFrame",
    "EntriesPage",
    "Entry",
    "EntryFrame",
    "EntryKind",
    "ErasedBatch",
    "File",
    "FormAnswer",
    "GoneFrame",
    "Image",
    "Indexer",
    "Joined",
    "LastMessage",
    "Left",
    "Line",
    "Log",
    "LookFrame",
    "Membership",
    "MessageBody",
    "Narrowed",
    "Note",
    "NotedTicket",
    "OfferEndedFrame",
    "OfferFrame",
    "Opened",
    "Pointers",
    "Position",
    "Question",
    "QueueFrame",
    "Queued",
    "Rated",
    "Rating",
    "Reach",
    "Recalled",
    "ReceiptFrame",
    "Receipts",
    "ResetFrame",
    "Routed",
    "SearchPage",
    "Sender",
    "Snapshot",
    "Snoozed",
    "Text",
    "TextFormat",
    "TransferFrame",
    "Transferred",
    "TypingFrame",
    "Unqueued",
    "View",
    "VisitedPage",
    "Voice",
    "Wait",
    "WaitingFrame",
    "Whisper",
    "Woken",
    "WrapUp",
    "WrappedUp",
    "active_of_agent_in",
    "agents_of_in",
    "all_open_of_contact_in",
    "append_each_in",
    "append_in",
    "apply",
    "apply_to_entries",
    "attachment_of",
    "bots_of_in",
    "clean_body",
    "clean_card",
    "closed_of_channel_in",
    "contact_names_in",
    "conversation_tags_in",
    "conversations_of_in",
    "count_to_erase_in",
    "decode_body",
    "decode_message",
    "deliver_subject",
    "end_of_log",
    "entries_after_in",
    "entries_for",
    "entries_of_kind_in",
    "entries_page",
    "entry_at_in",
    "erase_in",
    "find",
    "find_day",
    "first_to_erase_in",
    "follow_contact_names",
    "get_in",
    "get_many_in",
    "get_readable",
    "is_restored",
    "is_unseen_mention_in",
    "last_human_agents_in",
    "lines_after",
    "list_conversations",
    "look",
    "look_subject",
    "may_read",
    "media_of",
    "mention_in",
    "move_to_contact_in",
    "of_contact",
    "open_in",
    "open_of_contact_in",
    "open_of_contacts_in",
    "places_taken_in",
    "publish_frame",
    "put_in_order_in",
    "rate_answer",
    "reach_of",
    "reaches",
    "recall",
    "rewind_index_in",
    "rewound",
    "roster_subject",
    "search",
    "settle_index",
    "signed_attachment",
    "signed_card",
    "snapshot",
    "snapshot_of",
    "snapshot_with_entries",
    "staff_subject",
    "sync",
    "tag_conversation",
    "tags_of",
    "takes_part",
    "team_subject",
    "typing",
    "untag_conversation",
    "waits_for_team_in",
    "with_people_in",
    "words_erased",
]
