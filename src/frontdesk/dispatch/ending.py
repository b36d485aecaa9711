"""The end of a conversation, and its second life when the visitor comes back soon."""

from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission
from frontdesk.contacts import is_blocked_in
from frontdesk.conversations import (
    Assigned,
    Closed,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Queued,
    Sender,
    WrappedUp,
    WrapUp,
    append_in,
    get_in,
    open_of_contact_in,
)
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean, clean_line
from frontdesk.dispatch.matching import match_in
from frontdesk.dispatch.ownership import change_in, ensure_seat, holder, sender_of
from frontdesk.dispatch.reach import absence_of
from frontdesk.dispatch.rights import get_movable, require_agent
from frontdesk.dispatch.store import seats
from frontdesk.dispatch.wrapping_up import require_wrap_up
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import AgentKind, Status, cards, load

_MAX_CATEGORY: Final = 200
_MAX_REMARK: Final = 1_000
_CLOSED: Final = frozenset({ConversationState.CLOSED})
_BY: Final = {SubjectKind.VISITOR: "visitor", SubjectKind.AGENT: "agent"}


async def close(
    platform: Platform,
    subject: Subject,
    conversation_id: int,
    *,
    wrap_up: WrappedUp | None = None,
    reason: str = "",
) -> Conversation:
    """End a conversation; its agent's place is free at once. Closing a closed one changes nothing.

    For its visitor, its agent, whoever may close any, and the system, which gives the reason (silence, nobody,
    offline, merged, erasing). Visitors do not wrap up: theirs is ignored. A wrap-up that comes with a repeat is kept if there was none.
    An agent wraps up first where the team says so, else it is refused.
    """
    wrap_up_s = (await get_settings(platform, subject.organization_id)).wrap_up_s

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id, Permission.CONVERSATION_CLOSE_ANY)
        if conversation.is_open and subject.kind is SubjectKind.AGENT:
            await require_wrap_up(tx, conversation, wrap_up)
        return await close_in(
            platform, tx, subject, conversation, wrap_up=wrap_up, reason=reason, wrap_up_s=wrap_up_s
        )

    return await platform.database.write(subject.organization_id, work)


async def close_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    conversation: Conversation,
    *,
    wrap_up: WrappedUp | None = None,
    reason: str = "",
    wrap_up_s: int = 0,
) -> Conversation:
    """`close`, in the caller's transaction and after the caller has checked who asks.

    For `wrap_up_s` seconds the agent gets nothing new.
    """
    sender = await sender_of(tx, subject)
    drafts: list[Draft] = []
    if conversation.is_open and subject.kind is SubjectKind.AGENT and conversation.agent_id != subject.id:
        target = Target("conversation", conversation.id)
        await record_in(platform, tx, subject, Action.CONVERSATION_CLOSED, target)
    wrap_up = None if wrap_up is None else _cleaned(wrap_up)
    if conversation.is_open:
        by = _BY.get(subject.kind, "system")
        drafts.append(Draft(EntryKind.CLOSED, sender, Closed(by, reason if by == "system" else by)))
    if wrap_up is not None and subject.kind is SubjectKind.AGENT and (drafts or conversation.wrap_up is None):
        drafts.append(Draft(EntryKind.WRAPPED_UP, sender, wrap_up))
    if not drafts:
        return conversation
    agent_id = holder(conversation)
    if agent_id is not None and conversation.is_open and wrap_up_s > 0:
        until = platform.clock.now() + wrap_up_s * 1000
        await seats.wrap(tx, conversation.organization_id, agent_id, until)
    return await change_in(platform, tx, conversation.organization_id, conversation.id, drafts)


async def wrap_up(
    platform: Platform, subject: Subject, conversation_id: int, wrapped: WrappedUp
) -> Conversation:
    """File what a conversation was about, while it goes on or after its end. The last one counts."""
    require_agent(subject)
    wrapped = _cleaned(wrapped)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id, Permission.CONVERSATION_CLOSE_ANY)
        known = conversation.wrap_up
        if known == WrapUp(wrapped.category, wrapped.remark, wrapped.solved):
            return conversation
        draft = Draft(EntryKind.WRAPPED_UP, await sender_of(tx, subject), wrapped)
        return await append_in(platform, tx, subject.organization_id, conversation_id, [draft])

    return await platform.database.write(subject.organization_id, work)


def _cleaned(wrapped: WrappedUp) -> WrappedUp:
    return WrappedUp(
        clean_line(wrapped.category, field="category", limit=_MAX_CATEGORY),
        clean(wrapped.remark, field="remark", limit=_MAX_REMARK),
        wrapped.solved,
    )


async def reopen(platform: Platform, organization_id: int, conversation_id: int) -> bool:
    """The visitor writes into a closed conversation: open it again, if it was closed a short while ago.

    It goes back to the same agent when there and with a free place, else into the team's queue; a bot's goes back
    to the bot. True: it is open now (also when it was already). False: too late, the visitor has another open one, or
    nobody is on duty, so a new conversation is the better answer.
    """
    settings = await get_settings(platform, organization_id)

    async def work(tx: Transaction) -> bool:
        conversation = await get_in(tx, organization_id, conversation_id)
        if conversation.is_open:
            return True
        if conversation.is_erased:
            return False
        age = platform.clock.now() - (conversation.closed_at or 0)
        if age > settings.reopen_window_s * 1000:
            return False
        other = await open_of_contact_in(
            tx, organization_id, conversation.contact_id, conversation.channel_id
        )
        if other is not None:
            return False
        if await _is_kept_out(platform, tx, conversation, settings):
            return False
        return await _reopen(platform, tx, conversation, settings)

    return await platform.database.write(organization_id, work)


async def _is_kept_out(
    platform: Platform, tx: Transaction, conversation: Conversation, settings: Settings
) -> bool:
    """Whether the visitor is blocked, and from more than a bot where the blocked may talk to bots."""
    if (
        settings.blocked_reach_bot
        and conversation.agent is not None
        and conversation.agent.kind is AgentKind.BOT
    ):
        return False
    now = platform.clock.now()
    return await is_blocked_in(tx, conversation.organization_id, conversation.contact_id, now)


async def _reopen(
    platform: Platform, tx: Transaction, conversation: Conversation, settings: Settings
) -> bool:
    organization_id = conversation.organization_id
    visitor = Sender(SubjectKind.VISITOR, str(conversation.contact_id))
    team_id = conversation.team_id
    drafts = [Draft(EntryKind.REOPENED, visitor)]
    if conversation.agent_id is not None and await _takes_back(tx, conversation):
        known = await cards(tx, organization_id, [conversation.agent_id])
        body = Assigned(known[conversation.agent_id], None if team_id is None else str(team_id), "reopened")
        drafts.append(Draft(EntryKind.ASSIGNED, visitor, body))
        await change_in(platform, tx, organization_id, conversation.id, drafts, expect=_CLOSED)
        return True
    if team_id is None or await absence_of(platform, tx, organization_id, team_id) is not None:
        return False
    drafts.append(Draft(EntryKind.QUEUED, visitor, Queued(str(team_id), "visitor")))
    await change_in(platform, tx, organization_id, conversation.id, drafts, expect=_CLOSED)
    await match_in(platform, tx, organization_id, team_id, settings)
    return True


async def _takes_back(reader: Transaction, conversation: Conversation) -> bool:
    """Whether the last owner can go on with it: a bot always, a person who is there and has a free place."""
    organization_id, agent_id = conversation.organization_id, conversation.agent_id
    if agent_id is None or agent_id not in await cards(reader, organization_id, [agent_id]):
        return False
    if conversation.agent is not None and conversation.agent.kind is AgentKind.BOT:
        return (await load(reader, organization_id, agent_id)).enabled
    agent = await load(reader, organization_id, agent_id)
    if agent.status not in {Status.ONLINE, Status.BUSY}:
        return False
    await ensure_seat(reader, organization_id, agent_id)
    seat = await seats.find(reader, organization_id, agent_id)
    return seat is not None and seat.may_take(conversation.kind, conversation.weight)
