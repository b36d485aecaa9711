"""The first message is about to be written: the conversation is opened, with its bot or its queue."""

from msgspec import Struct

from frontdesk.channels import store
from frontdesk.channels.asking import chosen_team
from frontdesk.channels.filling import fill_in
from frontdesk.channels.sessions import bot_of, contact_page
from frontdesk.channels.types import Channel, ConversationBody, ConversationOpened
from frontdesk.contacts import blocked, get_contact_in, is_blocked_in, known_language, look_in
from frontdesk.conversations import (
    SYSTEM,
    Assigned,
    Conversation,
    ConversationPage,
    ConversationState,
    Draft,
    EntryKind,
    Sender,
    Text,
    entries_page,
    of_contact,
    open_in,
    open_of_contact_in,
    snapshot,
)
from frontdesk.core.errors import FrontdeskError, forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import change_in, request_human
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import AgentCard


class _Opened(Struct, frozen=True):
    conversation: Conversation
    bot: AgentCard | None
    team_id: int | None


async def open_conversation(
    platform: Platform, subject: Subject, body: ConversationBody
) -> ConversationOpened:
    """The visitor's open conversation on this channel, opened now if there is none.

    The look for an open one and the opening are one transaction: two tabs at once get the same conversation.
    Without a bot a human is asked for right away. Raises `invalid` for a form that is not filled in as the channel asks.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("channels.visitors-only", "Only visitors open conversations here.")
    language = known_language(body.language)

    async def work(tx: Transaction) -> _Opened:
        channel = await store.find(tx, subject.organization_id, subject.channel_id)
        if channel is None or not channel.enabled:
            raise not_found("channel")
        bot = await bot_of(tx, channel)
        known = await open_of_contact_in(tx, subject.organization_id, subject.id, channel.id)
        if known is not None:
            return _Opened(known, bot, chosen_team(channel.form, body.form) or channel.team_id)
        contact = await get_contact_in(tx, subject.organization_id, subject.id)
        if bot is None and await is_blocked_in(tx, subject.organization_id, subject.id, platform.clock.now()):
            raise blocked()
        await look_in(platform, tx, subject.organization_id, subject.id, contact_page(body.page))
        contact, filled = await fill_in(platform, tx, channel, contact, given=body.form, language=language)
        team_id = filled.team_id or channel.team_id
        conversation = await open_in(
            platform,
            tx,
            organization_id=subject.organization_id,
            channel_id=channel.id,
            contact_id=subject.id,
            contact_name=contact.name,
            language=language,
            page=body.page,
            weight=channel.weight,
            answers=filled.answers,
            team_id=team_id,
        )
        if bot is not None:
            drafts = _bot_drafts(channel, bot, team_id, language)
            conversation = await change_in(platform, tx, subject.organization_id, conversation.id, drafts)
        return _Opened(conversation, bot, team_id)

    opened = await platform.database.write(subject.organization_id, work)
    conversation = opened.conversation
    alone = conversation.state is ConversationState.BOT and conversation.agent is None
    if alone and opened.bot is None and opened.team_id is not None:
        await _ask_human(platform, subject, conversation.id, opened.team_id)
    page = await entries_page(platform, subject, conversation.id)
    return ConversationOpened(await snapshot(platform, subject, conversation.id), list(page.entries))


async def list_own_conversations(
    platform: Platform, subject: Subject, *, before: int | None, limit: int
) -> ConversationPage:
    """The visitor's conversations, newest first."""
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("channels.visitors-only", "Agents read conversations elsewhere.")
    return await of_contact(platform, subject, subject.id, before=before, limit=limit)


def _bot_drafts(channel: Channel, bot: AgentCard, team_id: int | None, language: str) -> list[Draft]:
    team = None if team_id is None else str(team_id)
    drafts = [Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(bot, team, "bot"))]
    greeting = channel.greeting.of(language)
    if greeting:
        drafts.append(Draft(EntryKind.MESSAGE, Sender(SubjectKind.BOT, bot.id, bot.name), Text(greeting)))
    return drafts


async def _ask_human(platform: Platform, subject: Subject, conversation_id: int, team_id: int) -> None:
    """A conversation that nobody can take now stays open without an owner: the visitor is offered the form."""
    try:
        await request_human(platform, subject, conversation_id, "no_bot", team_id=team_id)
    except FrontdeskError as error:
        if error.code != "conversations.closed":
            raise
