"""Dispatch: who gets a conversation, when, and why. Every change of ownership is one transaction.

Owns: seat, queue_item, refusal, invitation, turn, decision, watch, routing, care, direct_code, transfer_request, queue_wait,
  service_level, service_clock, service_result, service_cursor, urgency.
Tells: QUEUE_CHANGED, SEAT_CHANGED; frames `queue`, `offer`, `offer_ended`, `transfer`, `waiting`, `agent`, `alarm`, `due`.
Hears: AGENT_CHANGED, STAFF_CHANGED, SETTINGS_CHANGED, ROUTED and its own.

Invariants, in every committed state:
- A conversation has one owner; an agent's load is what its active conversations weigh; load + reserved <= ceiling,
  and the ceiling is the capacity except while a lowered one, or one more that a leader gave, drains. So with each kind's limit.
- A conversation is in the queue exactly while it waits. Order: team, then arrival less head start; an offer keeps its place.
- Once a queue has run, nobody waits beside a free place whose agent may have the conversation.
- A position grows only when somebody with a head start comes (a VIP, or one who was brought back), by 30 min at most.
- Every decision is stored with its candidates, their scores, or why they were left out.
Whoever changes an owner outside of this package breaks them: use these functions, or `change_in`.
"""

from frontdesk.dispatch.announcing import announce
from frontdesk.dispatch.assign import take
from frontdesk.dispatch.blocking import block
from frontdesk.dispatch.board import standing
from frontdesk.dispatch.calling_back import ask_callback
from frontdesk.dispatch.care import get_care, join_cares_in, set_care, set_vip
from frontdesk.dispatch.codes import create_code, delete_code, list_codes
from frontdesk.dispatch.ending import close, close_in, reopen, wrap_up
from frontdesk.dispatch.events import QUEUE_CHANGED, SEAT_CHANGED, QueueChanged, SeatChanged
from frontdesk.dispatch.handover import transfer
from frontdesk.dispatch.inviting import dismiss, invite
from frontdesk.dispatch.lookup import agents_with_load, decisions_of, load_of, loads_of, me
from frontdesk.dispatch.loops import Dispatcher
from frontdesk.dispatch.matching import run_queue
from frontdesk.dispatch.merging import merge_contacts
from frontdesk.dispatch.offers import accept, decline
from frontdesk.dispatch.ownership import change_in, sender_of
from frontdesk.dispatch.queues import list_queues
from frontdesk.dispatch.reach import Absence, Why, absence_of
from frontdesk.dispatch.reconcile import reconcile
from frontdesk.dispatch.remarks import add_note, colleague_in, invite_rating, rate
from frontdesk.dispatch.routing import get_routing, set_routing
from frontdesk.dispatch.service_levels.promising import (
    get_service_level,
    measured,
    set_service_level,
)
from frontdesk.dispatch.service_levels.timekeeper import Timekeeper
from frontdesk.dispatch.service_levels.types import Measure, ServiceLevel, Standing
from frontdesk.dispatch.snoozing import snooze, wake
from frontdesk.dispatch.store.cares import delete as forget_cares_in
from frontdesk.dispatch.store.cares import find as care_in
from frontdesk.dispatch.store.codes import DirectCode
from frontdesk.dispatch.store.offers import StandingOffer
from frontdesk.dispatch.store.offers import is_offered as is_offered_in
from frontdesk.dispatch.store.offers import standing_offers as standing_offers_in
from frontdesk.dispatch.store.queue import move_to_contact as move_waiting_in
from frontdesk.dispatch.store.service_levels import rewind_in as rewind_service_levels_in
from frontdesk.dispatch.store.urgencies import Urgency, Urgent
from frontdesk.dispatch.store.urgencies import hand_on as hand_on_urgent_in
from frontdesk.dispatch.store.urgencies import new_since as newly_urgent_in
from frontdesk.dispatch.supervision import give, join, leave, put_back, take_over, whisper
from frontdesk.dispatch.types import (
    Agent,
    Candidate,
    Care,
    Decision,
    Excluded,
    Outcome,
    QueuePosition,
    Routing,
    Rules,
    StoredDecision,
    Waiting,
)
from frontdesk.dispatch.urgent import is_urgent_in
from frontdesk.dispatch.waiting import (
    Requested,
    count_waiting,
    leave_queue,
    request_human,
    request_human_in,
)
from frontdesk.dispatch.what_if import WhatIf
from frontdesk.dispatch.what_if import what_if as play_again
from frontdesk.dispatch.wrapping_up import end_wrap_up

__all__ = [
    "QUEUE_CHANGED",
    "SEAT_CHANGED",
    "Absence",
    "Agent",
    "Candidate",
    "Care",
    "Decision",
    "DirectCode",
    "Dispatcher",
    "Excluded",
    "Measure",
    "Outcome",
    "QueueChanged",
    "QueuePosition",
    "Requested",
    "Routing",
    "Rules",
    "SeatChanged",
    "ServiceLevel",
    "Standing",
    "StandingOffer",
    "StoredDecision",
    "Timekeeper",
    "Urgency",
    "Urgent",
    "Waiting",
    "WhatIf",
    "Why",
    "absence_of",
    "accept",
    "add_note",
    "agents_with_load",
    "announce",
    "ask_callback",
    "block",
    "care_in",
    "change_in",
    "close",
    "close_in",
    "colleague_in",
    "count_waiting",
    "create_code",
    "decisions_of",
    "decline",
    "delete_code",
    "dismiss",
    "end_wrap_up",
    "forget_cares_in",
    "get_care",
    "get_routing",
    "get_service_level",
    "give",
    "hand_on_urgent_in",
    "invite",
    "invite_rating",
    "is_offered_in",
    "is_urgent_in",
    "join",
    "join_cares_in",
    "leave",
    "leave_queue",
    "list_codes",
    "list_queues",
    "load_of",
    "loads_of",
    "me",
    "measured",
    "merge_contacts",
    "move_waiting_in",
    "newly_urgent_in",
    "play_again",
    "put_back",
    "rate",
    "reconcile",
    "reopen",
    "request_human",
    "request_human_in",
    "rewind_service_levels_in",
    "run_queue",
    "sender_of",
    "set_care",
    "set_routing",
    "set_service_level",
    "set_vip",
    "snooze",
    "standing",
    "standing_offers_in",
    "take",
    "take_over",
    "transfer",
    "wake",
    "whisper",
    "wrap_up",
]
