"""What whoever watches over others does in their conversations. Reach decides: one's department, one's teams, or all."""

from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.conversations import (
    MAX_TEXT,
    Assigned,
    Colleague,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Queued,
    Whisper,
    append_in,
    get_in,
)
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.dispatch.assign import require_present
from frontdesk.dispatch.beside import join_in, leave_in
from frontdesk.dispatch.matching import match_in
from frontdesk.dispatch.offers import ROUND_MS
from frontdesk.dispatch.ownership import BROUGHT_BACK, SeatUse, change_in, moved_on, sender_of
from frontdesk.dispatch.reach import on_duty
from frontdesk.dispatch.recording import record_choice
from frontdesk.dispatch.rights import get_supervised, require_agent, sees
from frontdesk.dispatch.store import queue
from frontdesk.dispatch.types import Place
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import get as get_settings
from frontdesk.staff import AgentKind, card

_ACTIVE: Final = frozenset({ConversationState.ACTIVE})
_WAITING: Final = frozenset({ConversationState.WAITING})
_SERVED: Final = frozenset({ConversationState.ACTIVE, ConversationState.BOT})


async def whisper(platform: Platform, subject: Subject, conversation_id: int, text: str) -> Conversation:
    """Say something to the agent who has the conversation; the visitor never learns of it.

    Raises a `conflict` while no person has it, and `dispatch.yours` to the agent who has it: a note is for that.
    """
    text = clean(text, field="text", limit=MAX_TEXT, required=True)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_supervised(tx, subject, conversation_id)
        owner = conversation.agent
        if conversation.state is not ConversationState.ACTIVE or owner is None:
            raise moved_on()
        if conversation.agent_id == subject.id:
            raise conflict("dispatch.yours", "This conversation is yours.", hint="Leave a note instead.")
        body = Whisper(text, Colleague(owner.id, owner.name))
        draft = Draft(EntryKind.WHISPER, await sender_of(tx, subject), body)
        return await append_in(
            platform, tx, subject.organization_id, conversation_id, [draft], expect=_ACTIVE
        )

    return await platform.database.write(subject.organization_id, work)


async def join(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Take part beside the agent who has it: both may write, the visitor reads the name. It takes no seat.

    Repeating it, or joining what is one's own, changes nothing. Raises a `conflict` while no person has it.
    """

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_supervised(tx, subject, conversation_id)
        if conversation.state is not ConversationState.ACTIVE:
            raise moved_on()
        if subject.id == conversation.agent_id or subject.id in conversation.guest_ids:
            return conversation
        target = Target("conversation", conversation_id)
        await record_in(platform, tx, subject, Action.CONVERSATION_JOINED, target)
        return await join_in(platform, tx, subject, conversation)

    return await platform.database.write(subject.organization_id, work)


async def leave(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Stop taking part beside the agent. Who is no guest changes nothing."""
    require_agent(subject)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, subject.organization_id, conversation_id)
        if subject.id not in conversation.guest_ids:
            if not await sees(tx, subject, conversation):
                raise not_found("conversation")
            return conversation
        return await leave_in(platform, tx, subject, conversation, subject.id)

    return await platform.database.write(subject.organization_id, work)


async def take_over(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Have the conversation oneself. Its agent, or its bot, is out of it in the same transaction, and is told.

    Repeating it changes nothing. Raises `dispatch.full` without a free place, `dispatch.offline` while one is not there,
    and a `conflict` where nobody has it: what waits is taken.
    """
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_supervised(tx, subject, conversation_id)
        if conversation.agent_id == subject.id and conversation.state is ConversationState.ACTIVE:
            return conversation
        if conversation.state not in _SERVED or conversation.agent_id is None:
            raise moved_on()
        await require_present(tx, organization_id, subject.id)
        target, former = Target("conversation", conversation_id), str(conversation.agent_id)
        await record_in(platform, tx, subject, Action.CONVERSATION_TAKEN_OVER, target, former=former)
        body = Assigned(
            await card(tx, organization_id, subject.id), _text(conversation.team_id), "taken_over"
        )
        draft = Draft(EntryKind.ASSIGNED, await sender_of(tx, subject), body)
        taken = await change_in(platform, tx, organization_id, conversation_id, [draft], expect=_SERVED)
        await record_choice(platform, tx, taken, "taken_over", subject.id)
        return taken

    return await platform.database.write(organization_id, work)


async def put_back(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Take a conversation from its agent and let it wait again, ahead of those who wait for the first time.

    It does not come back to the same agent at once. Repeating it while it waits changes nothing. Raises
    `dispatch.no-team` where there is no queue to wait in, and `dispatch.nobody-on-duty` where nobody would take it.
    """
    organization_id = subject.organization_id
    settings = await get_settings(platform, organization_id)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_supervised(tx, subject, conversation_id)
        if conversation.state is ConversationState.WAITING:
            return conversation
        if conversation.state is not ConversationState.ACTIVE or conversation.agent_id is None:
            raise moved_on()
        team_id, former = conversation.team_id, conversation.agent_id
        if team_id is None:
            raise conflict(
                "dispatch.no-team", "This conversation belongs to no team.", hint="Transfer it to a team."
            )
        if not await on_duty(tx, organization_id, team_id):
            raise conflict(
                "dispatch.nobody-on-duty",
                "Nobody of this team is on duty.",
                hint="Transfer it to another team, or take it over.",
            )
        target = Target("conversation", conversation_id)
        await record_in(platform, tx, subject, Action.CONVERSATION_PUT_BACK, target, former=str(former))
        draft = Draft(EntryKind.QUEUED, await sender_of(tx, subject), Queued(str(team_id), "put_back"))
        place = Place(BROUGHT_BACK, conversation.opened_at)
        await change_in(platform, tx, organization_id, conversation_id, [draft], expect=_ACTIVE, place=place)
        await queue.refuse(tx, organization_id, conversation_id, former, platform.clock.now() + ROUND_MS)
        await match_in(platform, tx, organization_id, team_id, settings)
        return await get_in(tx, organization_id, conversation_id)

    return await platform.database.write(organization_id, work)


async def give(
    platform: Platform, subject: Subject, conversation_id: int, agent_id: int, *, force: bool = False
) -> Conversation:
    """Give a waiting conversation to the agent one chooses. To who has it already it changes nothing.

    Raises `dispatch.full` when all places of this agent are taken, unless `force` is set: then it is one more than the
    capacity until as many have ended. Raises `dispatch.offline` for who is not there, and a `conflict` when it waits no more.
    """
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_supervised(tx, subject, conversation_id)
        if conversation.agent_id == agent_id and conversation.state is ConversationState.ACTIVE:
            return conversation
        chosen = await card(tx, organization_id, agent_id)
        if chosen.kind is not AgentKind.HUMAN:
            raise not_found("agent")
        if conversation.state is not ConversationState.WAITING:
            raise moved_on()
        await require_present(tx, organization_id, agent_id)
        target = Target("conversation", conversation_id)
        await record_in(platform, tx, subject, Action.CONVERSATION_GIVEN, target, to=str(agent_id))
        body = Assigned(chosen, _text(conversation.team_id), "given")
        draft = Draft(EntryKind.ASSIGNED, await sender_of(tx, subject), body)
        use = SeatUse.FORCED if force else SeatUse.FREE
        given = await change_in(
            platform, tx, organization_id, conversation_id, [draft], expect=_WAITING, use=use
        )
        await record_choice(platform, tx, given, "given", agent_id)
        return given

    return await platform.database.write(organization_id, work)


def _text(team_id: int | None) -> str | None:
    return None if team_id is None else str(team_id)
