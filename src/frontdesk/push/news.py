"""Who is to be told what: read from the log and from what is offered or urgent, and asked once more before it is sent."""

from collections.abc import Iterable
from typing import Final

from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    EntryKind,
    Line,
    Note,
    Woken,
    decode_body,
    entry_at_in,
    get_in,
    is_unseen_mention_in,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import SubjectKind
from frontdesk.dispatch import StandingOffer, is_offered_in
from frontdesk.platform import Reader
from frontdesk.push.pressing import KINDS, still_presses
from frontdesk.push.types import DAY, HOUR, Delivery, Kind, News
from frontdesk.push.visitors import is_news_to_visitor, news_for_visitor

_TOLD: Final = frozenset({EntryKind.MESSAGE, EntryKind.ASSIGNED, EntryKind.NOTE, EntryKind.WOKEN})


async def news_of(reader: Reader, line: Line) -> Iterable[News]:
    """What a line of the log is news of."""
    if line.kind not in _TOLD:
        return ()
    entry = await entry_at_in(reader, line.organization_id, line.conversation_id, line.seq)
    if entry is None or entry.recalled is True:
        return ()
    if line.kind is EntryKind.NOTE:
        mentions = decode_body(entry, Note).mentions
        return [_news(line, int(colleague.id), Kind.MENTION, DAY) for colleague in mentions]
    if line.kind is EntryKind.MESSAGE and entry.sender.kind is SubjectKind.VISITOR:
        conversation = await get_in(reader, line.organization_id, line.conversation_id)
        owner = _owner(conversation)
        return () if owner is None else [_news(line, owner, Kind.MESSAGE, HOUR)]
    if line.kind is EntryKind.WOKEN:
        conversation = await get_in(reader, line.organization_id, line.conversation_id)
        owner, in_time = _owner(conversation), decode_body(entry, Woken).reason == "time"
        return [_news(line, owner, Kind.WOKEN, HOUR)] if in_time and owner is not None else ()
    found = [await news_for_visitor(reader, line, entry)]
    if line.kind is EntryKind.ASSIGNED:
        agent_id = decode_body(entry, Assigned).agent.id
        if entry.sender.id != agent_id:
            found.append(_news(line, int(agent_id), Kind.ASSIGNED, HOUR))
    return [news for news in found if news is not None]


def news_of_offer(offer: StandingOffer) -> News:
    return News(
        organization_id=offer.organization_id,
        principal_kind=SubjectKind.AGENT,
        principal_id=offer.agent_id,
        kind=Kind.OFFER,
        event=f"offer.{offer.conversation_id}.{offer.agent_id}.{offer.expires_at}",
        conversation_id=offer.conversation_id,
        seq=0,
        ends_at=offer.expires_at,
    )


async def still_news(reader: Reader, delivery: Delivery, to: SubjectKind, now: Millis) -> bool:
    """Whether it is worth telling as things are now."""
    organization_id, agent_id = delivery.organization_id, delivery.principal_id
    if delivery.kind is Kind.TEST:
        return True
    if to is SubjectKind.VISITOR:
        held = await find_conversation(reader, organization_id, delivery.conversation_id)
        return held is not None and await is_news_to_visitor(reader, delivery, held, now)
    if delivery.kind is Kind.OFFER:
        return await is_offered_in(reader, organization_id, delivery.conversation_id, agent_id, now)
    if delivery.kind is Kind.MENTION:
        return await is_unseen_mention_in(
            reader, organization_id, agent_id, delivery.conversation_id, delivery.seq
        )
    conversation = await find_conversation(reader, organization_id, delivery.conversation_id)
    if conversation is not None and delivery.kind in KINDS.values():
        return await still_presses(reader, delivery, conversation)
    if conversation is None or _owner(conversation) != agent_id:
        return False
    last = conversation.last_message
    if last is not None and last.sender.kind is SubjectKind.AGENT and last.seq > delivery.seq:
        return False  # answered, from whichever device
    seq = delivery.seq
    if delivery.kind is Kind.MESSAGE and last is not None and last.sender.kind is SubjectKind.VISITOR:
        seq = max(seq, last.seq)  # one delivery stands for all that came since
    return seq > conversation.read.agent


async def find_conversation(
    reader: Reader, organization_id: int, conversation_id: int
) -> Conversation | None:
    try:
        return await get_in(reader, organization_id, conversation_id)
    except FrontdeskError as error:
        if error.kind is not ErrorKind.NOT_FOUND:
            raise
        return None


def _owner(conversation: Conversation) -> int | None:
    """The person who has it now."""
    return conversation.human_agent_id if conversation.state is ConversationState.ACTIVE else None


def _news(line: Line, agent_id: int, kind: Kind, worth: Millis) -> News:
    return News(
        organization_id=line.organization_id,
        principal_kind=SubjectKind.AGENT,
        principal_id=agent_id,
        kind=kind,
        event=f"entry.{line.entry_id}.{agent_id}",
        conversation_id=line.conversation_id,
        seq=line.seq,
        ends_at=line.at + worth,
    )
