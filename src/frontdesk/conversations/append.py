"""How a conversation changes: entries are appended and the header follows, in the caller's transaction.

Everything except the plain sending of messages (`log.py`) goes through `append_in`.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

import msgspec
from msgspec import UNSET, Raw, Struct, structs

from frontdesk.conversations import reducer, store, transitions
from frontdesk.conversations.decoding import decode_body
from frontdesk.conversations.entries import (
    Assigned,
    Draft,
    Entry,
    EntryKind,
    FormAnswer,
    Opened,
    Sender,
    VisitedPage,
)
from frontdesk.conversations.membership import ROUTED, routed_of
from frontdesk.conversations.rows import Conversation, snapshot_of
from frontdesk.conversations.state import ConversationState, Pointers
from frontdesk.conversations.view import PAGE, publish_entries, publish_reset, staff_in
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.core.errors import conflict
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Platform, Transaction

_encode: Final = msgspec.json.Encoder().encode
SYSTEM: Final = Sender(SubjectKind.SYSTEM, "0")


async def open_in(
    platform: Platform,
    tx: Transaction,
    *,
    organization_id: int,
    channel_id: int,
    contact_id: int,
    contact_name: str,
    language: str,
    page: VisitedPage | None,
    weight: int = 1,
    kind: str = ChannelKind.SITE,
    answers: tuple[FormAnswer, ...] = (),
    team_id: int | None = None,
) -> Conversation:
    """Open a conversation in state `bot` with nobody in it yet, and log `opened`.

    `weight`: how many of an agent's places it takes, and `kind` of which, for all of its life. `team_id`: whom a human is
    asked of, also later.
    """
    now = platform.clock.now()
    conversation = Conversation(
        id=platform.ids.new(),
        organization_id=organization_id,
        channel_id=channel_id,
        contact_id=contact_id,
        contact_name=contact_name,
        state=ConversationState.BOT,
        team_id=None,
        agent_id=None,
        agent=None,
        language=language,
        opened_at=now,
        waiting_since=None,
        closed_at=None,
        close_reason=None,
        head=0,
        last_message=None,
        last_entry_at=now,
        last_visitor_at=None,
        last_agent_at=None,
        received=Pointers(),
        read=Pointers(),
        rating_invited=False,
        rating=None,
        wrap_up=None,
        weight=weight,
        kind=kind,
    )
    await store.insert(tx, conversation)
    team = None if team_id is None else str(team_id)
    opened = Draft(EntryKind.OPENED, SYSTEM, Opened(str(channel_id), language, page, answers, team))
    return await append_in(platform, tx, organization_id, conversation.id, [opened], before=conversation)


async def append_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    conversation_id: int,
    drafts: Sequence[Draft],
    *,
    expect: frozenset[ConversationState] | None = None,
    before: Conversation | None = None,
) -> Conversation:
    """Append entries in order and return the conversation as it is then. `before`: as it was just read, if it was.

    After the commit the visitor, the agent before and the agent after get their frames: a new owner gets the whole
    conversation, a former one gets the entries and `gone`.
    Raises a `conflict` error when the state does not take an entry, or is not among those the caller expects.
    """
    if before is None:
        before = await store.get(tx, organization_id, conversation_id)
    (after,) = await append_each_in(platform, tx, organization_id, [(before, drafts)], expect=expect)
    return after


async def append_each_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    changes: Iterable[tuple[Conversation, Sequence[Draft]]],
    *,
    expect: frozenset[ConversationState] | None = None,
) -> list[Conversation]:
    """`append_in` for several conversations as they were just read, with as many statements as for one.

    Returns them in the same order. When one is refused, all are.
    """
    grown = [_grow(platform, before, drafts, expect) for before, drafts in changes]
    # Headers first, in the order of their ids, as the sending of messages does: with two orders, two could wait for each other.
    await store.update(tx, *sorted((one.after for one in grown), key=lambda after: after.id))
    await store.insert_entries(
        tx, organization_id, [(one.after.id, entry) for one in grown for entry in one.entries]
    )
    await store.add_participants(tx, organization_id, [joined for one in grown for joined in one.joined])
    for one in grown:
        if one.before.guests != one.after.guests:
            await store.set_guests(tx, one.before, one.after, one.after.last_entry_at)
    await _announce(platform, tx, organization_id, grown)
    return [one.after for one in grown]


class _Grown(Struct, frozen=True):
    """A conversation with new entries. `joined`: the humans whom they give it to, and when."""

    before: Conversation
    after: Conversation
    entries: Sequence[Entry]
    joined: Sequence[tuple[int, int, Millis]]

    @property
    def newcomers(self) -> frozenset[int]:
        return staff_in(self.after) - staff_in(self.before)


def _grow(
    platform: Platform,
    before: Conversation,
    drafts: Sequence[Draft],
    expect: frozenset[ConversationState] | None,
) -> _Grown:
    if expect is not None and before.state not in expect:
        raise conflict(
            "conversations.state",
            f"This conversation is {before.state} now.",
            hint="Load the conversation again: it has moved on.",
            details={"state": before.state},
        )
    after, entries, joined = before, list[Entry](), list[tuple[int, int, Millis]]()
    for draft in drafts:
        transitions.check(after.state, draft, erased=after.is_erased)
        entry = _entry(platform, after, draft)
        after = _advance(after, entry)
        entries.append(entry)
        if entry.kind is EntryKind.ASSIGNED and after.human_agent_id is not None:
            joined.append((after.id, after.human_agent_id, entry.at))
    return _Grown(before, after, entries, joined)


def _entry(platform: Platform, conversation: Conversation, draft: Draft) -> Entry:
    return Entry(
        id=str(platform.ids.new()),
        seq=conversation.head + 1,
        kind=draft.kind,
        at=max(platform.clock.now(), conversation.last_entry_at),
        sender=draft.sender,
        body=Raw(_encode(draft.body)),
    )


def _advance(conversation: Conversation, entry: Entry) -> Conversation:
    """The row after an entry: what the reducer says, plus the columns that only the server keeps."""
    header = reducer.apply(snapshot_of(conversation), entry)
    agent_id = conversation.agent_id
    if header.agent is None:
        agent_id = None
    elif entry.kind is EntryKind.ASSIGNED:
        agent_id = int(decode_body(entry, Assigned).agent.id)
    is_message = entry.kind is EntryKind.MESSAGE
    by_human = is_message and entry.sender.kind is SubjectKind.AGENT
    by_visitor = is_message and entry.sender.kind is SubjectKind.VISITOR
    return structs.replace(
        conversation,
        state=header.state,
        team_id=None if header.team_id is None else int(header.team_id),
        agent_id=agent_id,
        agent=header.agent,
        waiting_since=header.waiting_since,
        closed_at=header.closed_at,
        close_reason=header.close_reason,
        head=header.head,
        last_message=header.last_message,
        last_entry_at=entry.at,
        last_visitor_at=entry.at if by_visitor else conversation.last_visitor_at,
        last_agent_at=entry.at if by_human else conversation.last_agent_at,
        rating_invited=header.rating_invited,
        rating=header.rating,
        wrap_up=header.wrap_up,
        guests=header.guests,
        snoozed_until=None if header.snoozed_until is UNSET else header.snoozed_until,
        woken_seq=None if header.woken_seq is UNSET else header.woken_seq,
    )


async def _announce(
    platform: Platform, tx: Transaction, organization_id: int, grown: Sequence[_Grown]
) -> None:
    told_whole = [one.after.id for one in grown if one.newcomers]
    pages = await store.newest_entries(tx, organization_id, told_whole, PAGE) if told_whole else {}
    for one in grown:
        tx.after_commit(partial(_publish, platform, one, pages.get(one.after.id, ())))


def _publish(platform: Platform, grown: _Grown, page: Sequence[Entry]) -> None:
    ROUTED.publish(platform.bus, routed_of(grown.after))
    publish_entries(platform, grown.before, grown.after, grown.entries)
    for newcomer in sorted(grown.newcomers):
        publish_reset(platform, grown.after, newcomer, page)
