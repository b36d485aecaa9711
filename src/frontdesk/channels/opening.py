"""The first message is about to be written: the conversation is opened, with its bot or its queue."""

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
    of_contact,
    open_in,
    open_of_contact_in,
    snapshot_with_entries,
)
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import change_in, request_human_in
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import get as get_settings
from frontdesk.staff import AgentCard


async def open_conversation(
    platform: Platform, subject: Subject, body: ConversationBody
) -> ConversationOpened:
    """The visitor's open conversation on this channel, opened now if there is none.

    The look for an open one and the opening are one transaction: two tabs at once get the same conversation.
    Without a bot a human is asked for in the same transaction; with nobody to reach it stays open without an owner. Raises `invalid` for a form that is not filled in as the channel asks.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("channels.visitors-only", "Only visitors open conversations here.")
    organization_id = subject.organization_id
    settings = await get_settings(platform, subject.organization_id)

    async def work(tx: Transaction) -> int:
        channel = await store.find(tx, organization_id, subject.channel_id)
        if channel is None or not channel.enabled:
            raise not_found("channel")
        bot = await bot_of(tx, channel)
        conversation = await open_of_contact_in(tx, organization_id, subject.id, channel.id)
        if conversation is not None and (bot is not None or not _is_alone(conversation)):
            return conversation.id
        team_id = chosen_team(channel.form, body.form) or channel.team_id
        kept_out = bot is None and await is_blocked_in(tx, organization_id, subject.id, platform.clock.now())
        if conversation is None:
            if kept_out:
                raise blocked()
            conversation, team_id = await _open_in(platform, tx, subject, channel, bot, body=body)
        if _is_alone(conversation) and bot is None and team_id is not None and not kept_out:
            await request_human_in(
                platform, tx, subject, conversation, reason="no_bot", team_id=team_id, settings=settings
            )
        return conversation.id

    conversation_id = await platform.database.write(organization_id, work)
    header, page = await snapshot_with_entries(platform, subject, conversation_id)
    return ConversationOpened(header, list(page.entries))


async def list_own_conversations(
    platform: Platform, subject: Subject, *, before: int | None, limit: int
) -> ConversationPage:
    """The visitor's conversations, newest first."""
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("channels.visitors-only", "Agents read conversations elsewhere.")
    return await of_contact(platform, subject, subject.id, before=before, limit=limit)


async def _open_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    channel: Channel,
    bot: AgentCard | None,
    *,
    body: ConversationBody,
) -> tuple[Conversation, int | None]:
    """A new one, with its bot if the channel has one, and the team that a human is asked of."""
    organization_id, language = subject.organization_id, known_language(body.language)
    contact = await get_contact_in(tx, organization_id, subject.id)
    contact = await look_in(platform, tx, contact, contact_page(body.page))
    contact, filled = await fill_in(platform, tx, channel, contact, given=body.form, language=language)
    team_id = filled.team_id or channel.team_id
    conversation = await open_in(
        platform,
        tx,
        organization_id=organization_id,
        channel_id=channel.id,
        contact_id=subject.id,
        contact_name=contact.name,
        language=language,
        page=body.page,
        weight=channel.weight,
        kind=channel.kind,
        answers=filled.answers,
        team_id=team_id,
    )
    if bot is not None:
        drafts = _bot_drafts(channel, bot, team_id, language)
        conversation = await change_in(
            platform, tx, organization_id, conversation.id, drafts, before=conversation
        )
    return conversation, team_id


def _is_alone(conversation: Conversation) -> bool:
    """Neither a bot nor a person has it, and it waits for nobody: the visitor is offered the form."""
    return conversation.state is ConversationState.BOT and conversation.agent is None


def _bot_drafts(channel: Channel, bot: AgentCard, team_id: int | None, language: str) -> list[Draft]:
    team = None if team_id is None else str(team_id)
    drafts = [Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(bot, team, "bot"))]
    greeting = channel.greeting.of(language)
    if greeting:
        drafts.append(Draft(EntryKind.MESSAGE, Sender(SubjectKind.BOT, bot.id, bot.name), Text(greeting)))
    return drafts
