"""A visitor comes: who it is, what it may do, what it sees first."""

from typing import Final

from frontdesk.auth import (
    Keys,
    VisitorKey,
    create_visitor_key_in,
    find_visitor_key,
    issue_visitor_token,
)
from frontdesk.channels import store
from frontdesk.channels.arrivals import arrivals
from frontdesk.channels.types import Channel, ChannelLook, ContactView, SessionBody, SessionOpened
from frontdesk.contacts import Contact, known_language, visit_in
from frontdesk.contacts import VisitedPage as ContactPage
from frontdesk.conversations import (
    Conversation,
    VisitedPage,
    decode_message,
    entries_page,
    open_of_contact_in,
    snapshot_of,
)
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import on_duty
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import AgentCard, card, load

_PAGE: Final = 100


async def open_session(platform: Platform, keys: Keys, body: SessionBody, *, address: str) -> SessionOpened:
    """Recognise the visitor by its key, or make a new contact and a new key. Renews the token when repeated.

    Raises `not_found` for an unknown or disabled channel, and `busy` when an address makes new visitors too fast.
    """
    channel = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: store.find_code(reader, body.channel)
    )
    if channel is None or not channel.enabled:
        raise not_found("channel")
    organization_id, language = channel.organization_id, known_language(body.language)
    secret = body.visitor_key or ""
    known = await platform.database.read(
        organization_id, lambda reader: find_visitor_key(platform, reader, organization_id, secret)
    )
    if known is None:
        arrivals(platform).admit(address)
    contact_id = platform.ids.new() if known is None else known.contact_id

    async def work(tx: Transaction) -> tuple[Contact, str, VisitorKey]:
        contact = await visit_in(
            platform,
            tx,
            organization_id,
            contact_id=contact_id,
            channel_id=channel.id,
            language=language,
            page=contact_page(body.page),
        )
        if known is not None:
            return contact, secret, known
        fresh, key = await create_visitor_key_in(platform, tx, organization_id, contact_id, channel.id)
        return contact, fresh, key

    contact, secret, key = await platform.database.write(organization_id, work)
    token = issue_visitor_token(platform, keys, key, channel_id=channel.id)
    settings = await get_settings(platform, organization_id)

    async def read(reader: Reader) -> tuple[ChannelLook, Conversation | None]:
        look = await _look(platform, reader, channel, language, settings)
        return look, await open_of_contact_in(reader, organization_id, contact.id, channel.id)

    look, conversation = await platform.database.read(organization_id, read)
    return SessionOpened(
        token=token.text,
        expires_at=token.expires_at,
        visitor_key=secret,
        contact=ContactView(str(contact.id), contact.name),
        channel=look,
        conversation=None if conversation is None else snapshot_of(conversation, for_visitor=True),
        unread=0 if conversation is None else await _unread(platform, conversation),
    )


def contact_page(page: VisitedPage | None) -> ContactPage | None:
    """The page as contacts keep it."""
    return None if page is None else ContactPage(page.url, page.title, page.referrer)


async def bot_of(reader: Reader, channel: Channel) -> AgentCard | None:
    """The channel's bot as visitors see it; None when it has none, or it is disabled."""
    if channel.bot_id is None:
        return None
    agent = await load(reader, channel.organization_id, channel.bot_id)
    return await card(reader, channel.organization_id, agent.id) if agent.enabled else None


async def _unread(platform: Platform, conversation: Conversation) -> int:
    """How many messages of ours the visitor has not seen; counted up to a page."""
    visitor = Subject(
        organization_id=conversation.organization_id, kind=SubjectKind.VISITOR, id=conversation.contact_id
    )
    page = await entries_page(
        platform, visitor, conversation.id, after=conversation.read.visitor, limit=_PAGE
    )
    return sum(
        entry.sender.kind is not SubjectKind.VISITOR and decode_message(entry) is not None
        for entry in page.entries
    )


async def _look(
    platform: Platform, reader: Reader, channel: Channel, language: str, settings: Settings
) -> ChannelLook:
    there = channel.team_id is not None and await on_duty(reader, channel.organization_id, channel.team_id)
    return ChannelLook(
        code=channel.code,
        name=channel.name,
        title=channel.title,
        subtitle=channel.subtitle,
        color=channel.color,
        language=language,
        greeting=channel.greeting.of(language),
        hot_questions=channel.hot_questions.of(language),
        bot=await bot_of(reader, channel),
        max_upload=platform.config.storage.max_upload,
        rating_levels=settings.rating_levels,
        on_duty=there,
    )
