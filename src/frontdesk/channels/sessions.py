"""A visitor comes: who it is, what it may do, what it sees first."""

from collections.abc import Sequence
from typing import Final

from frontdesk.auth import (
    Keys,
    VisitorKey,
    find_visitor_key,
    issue_visitor_token,
    revoke_session_in,
)
from frontdesk.channels import store, transcripts
from frontdesk.channels.admission import is_kept_out_in, require_admitted
from frontdesk.channels.arrivals import arrivals
from frontdesk.channels.asking import AskedLine
from frontdesk.channels.filling import asked_in
from frontdesk.channels.identity import required, verify_identity
from frontdesk.channels.origins import check_origin
from frontdesk.channels.recognising import Recognised, Visit, recognise_in
from frontdesk.channels.types import Channel, ChannelLook, ContactView, SessionBody, SessionOpened
from frontdesk.contacts import Identity, blocked, came_from_in, known_language
from frontdesk.contacts import VisitedPage as ContactPage
from frontdesk.conversations import (
    Conversation,
    VisitedPage,
    decode_message,
    entries_page,
    open_of_contact_in,
    snapshot_of,
)
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import absence_of
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import AgentCard, card, load

_PAGE: Final = 100


async def open_session(
    platform: Platform,
    keys: Keys,
    body: SessionBody,
    *,
    address: str,
    origin: str | None = None,
    own_origin: str = "",
) -> SessionOpened:
    """Recognise the visitor by its key and by the identity that the company signed, or make a new contact and a key.

    Renews the token when repeated. `recognising.py` says who it is when. Raises `not_found` for an unknown or disabled
    channel, `forbidden` for a page that may not open it, `unauthenticated` for an identity that is not good, or none
    where one is needed, and `busy` when an address makes unnamed visitors too fast.
    """
    channel = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: store.find_code(reader, body.channel)
    )
    if channel is None or not channel.enabled:
        raise not_found("channel")
    check_origin(channel, origin, own=own_origin)
    organization_id, language = channel.organization_id, known_language(body.language)
    secret = body.visitor_key or ""

    settings = await get_settings(platform, organization_id)

    async def prove(reader: Reader) -> tuple[VisitorKey | None, Identity | None, bool]:
        now, identity = platform.clock.now(), None
        known = await find_visitor_key(platform, reader, organization_id, secret)
        if body.identity is not None:
            identity = await verify_identity(reader, channel, body.identity, now=now)
        contact_id = 0 if known is None else known.contact_id
        kept_out = await is_kept_out_in(
            reader, settings, organization_id, contact_id, address=address, now=now
        )
        return known, identity, kept_out

    known, identity, kept_out = await platform.database.read(organization_id, prove)
    if identity is None and channel.identity_required:
        raise required()
    if identity is None and known is None:
        arrivals(platform).admit(address)
    if kept_out:
        raise blocked()
    visit = Visit(channel, platform.ids.new(), language, contact_page(body.page))

    async def work(tx: Transaction) -> Recognised:
        found = await recognise_in(platform, tx, visit, secret=secret, known=known, identity=identity)
        await came_from_in(platform, tx, organization_id, found.contact.id, address)
        return found

    recognised = await platform.database.write(organization_id, work)
    contact, known_as = recognised.contact, recognised.key.contact_id
    came_before = known is not None or identity is not None
    if came_before:  # of a contact made just now, the address says all there is
        await require_admitted(
            platform, Subject(organization_id=organization_id, kind=SubjectKind.VISITOR, id=known_as)
        )
    token = issue_visitor_token(platform, keys, recognised.key, channel_id=channel.id)

    async def read(reader: Reader) -> tuple[ChannelLook, Conversation | None, Sequence[AskedLine]]:
        look = await _look(platform, reader, channel, language, settings)
        opened = None
        if came_before:
            opened = await open_of_contact_in(reader, organization_id, known_as, channel.id)
        return look, opened, await asked_in(reader, channel, contact, language)

    look, conversation, asked = await platform.database.read(organization_id, read)
    return SessionOpened(
        token=token.text,
        expires_at=token.expires_at,
        visitor_key=recognised.secret,
        contact=ContactView(str(known_as), contact.name),
        channel=look,
        conversation=None if conversation is None else snapshot_of(conversation, for_visitor=True),
        unread=0 if conversation is None else await _unread(platform, conversation),
        form=tuple(asked),
    )


async def end_session(platform: Platform, subject: Subject) -> None:
    """The visitor leaves this browser: its key and its tokens are refused from now on, its sockets are cut."""
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("channels.visitors-only", "Agents sign out elsewhere.")
    organization_id = subject.organization_id
    await platform.database.write(
        organization_id,
        lambda tx: revoke_session_in(platform, tx, organization_id, subject.session_id, subject.id),
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
    team_id, absence = channel.team_id, None
    if team_id is not None:
        absence = await absence_of(platform, reader, channel.organization_id, team_id)
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
        on_duty=team_id is not None and absence is None,
        opens_at=None if absence is None else absence.opens_at,
        theme=channel.widget.theme,
        mails=transcripts.is_available(platform),
    )
