"""Everything that is kept about a person, as one archive: JSON for programs, pages for people, and the files.

contact.json                 the record, with owner and VIP level
changes.json                 who changed what of it, and when
track.json                   the pages on which they opened the chat
leave-messages.json
tickets.json                 what was made of it, with who did what and remarked what
devices.json                 the browsers that are told of answers, by which push service
blocks.json                  what kept the contact out, and from where it came last
conversations/<id>.json      the header, every entry, notes of staff among them, and what reviewers remarked
conversations/<id>.html      the same to be read
files/<id>-<name>            what was sent in them, and what the visitor sent without
index.html                   where to begin
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import (
    Change,
    Contact,
    ContactView,
    Stop,
    blocks_of_in,
    change_view,
    changes_in,
    contact_view,
    fields_in,
    get_contact_in,
    last_address_in,
    parts_of_in,
    stop_view,
    tags_in,
    track_in,
)
from frontdesk.conversations import (
    Conversation,
    Entry,
    conversation_tags_in,
    conversations_of_in,
    entries_after_in,
    media_of,
    snapshot_of,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import ErrorKind, FrontdeskError, forbidden
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import Care, care_in
from frontdesk.media import of_uploader_in, open_media
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.privacy import transcript
from frontdesk.privacy.archive import Member, archive
from frontdesk.push import devices_of_visitors_in
from frontdesk.quality import Remarked, remarks_in
from frontdesk.tickets import (
    LeaveMessage,
    ToldTicket,
    leave_message_view,
    of_contacts_in,
    tickets_of_contacts_in,
)

_PAGE: Final = 100
_MOST_FILES: Final = 100_000
_json: Final = msgspec.json.Encoder()
Kept = TypeVar("Kept")


class ExportedContact(Struct, frozen=True):
    contact: ContactView
    owner_id: str | None
    vip: int
    tags: Sequence[str]


class ExportedBlock(Struct, frozen=True):
    network: str | None
    reason: str
    created_at: Millis
    ends_at: Millis | None


class ExportedBlocks(Struct, frozen=True):
    last_address: str | None
    blocks: list[ExportedBlock]


class ExportedDevice(Struct, frozen=True):
    """Without the keys: whoever has them can write to it."""

    push_service: str
    language: str
    created_at: Millis


class _Whose(Struct, frozen=True):
    contact: Contact
    parts: tuple[int, ...]
    care: Care
    labels: Mapping[str, str]
    tags: Mapping[str, str]


async def export_contact(platform: Platform, subject: Subject, contact_id: int) -> AsyncIterator[bytes]:
    """The archive, made while it is read. Who asked is in the audit log before its first byte.

    It holds what there is at each moment: a message that comes meanwhile may be in it or not. Raises `not_found` for
    what is not a contact of the organization.
    """
    if not subject.is_staff:
        raise forbidden("privacy.staff-only", "Only staff export contacts.")
    require(subject, Permission.CONTACT_EXPORT)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> _Whose:
        contact = await get_contact_in(tx, organization_id, contact_id)
        parts = await parts_of_in(tx, organization_id, contact.id)
        await record_in(platform, tx, subject, Action.CONTACT_EXPORTED, Target("contact", contact.id))
        labels = {field.key: field.label for field in await fields_in(tx, organization_id)}
        tags = {str(tag.id): tag.name for tag in await tags_in(tx, organization_id)}
        labels |= {f"tags.{key}": name for key, name in tags.items()}
        care = await care_in(tx, organization_id, contact.id)
        return _Whose(contact, tuple(parts), care, labels, tags)

    whose = await platform.database.write(organization_id, work)
    return archive(_Export(platform, whose).members(), at=platform.clock.now())


class _Export:
    """The members, one after the other."""

    def __init__(self, platform: Platform, whose: _Whose) -> None:
        self._platform = platform
        self._organization_id = whose.contact.organization_id
        self._whose = whose
        self._words: Mapping[str, str] = transcript.words_of(whose.contact.language)
        self._files: dict[int, None] = {}

    async def members(self) -> AsyncIterator[Member]:
        whose = self._whose
        owner = whose.care.owner_id
        record = ExportedContact(
            contact=contact_view(whose.contact),
            owner_id=None if owner is None else str(owner),
            vip=whose.care.vip,
            tags=self._names(whose.contact.tags),
        )
        yield Member("contact.json", _one(msgspec.json.format(_json.encode(record), indent=2)))
        yield Member("changes.json", _list(change_view(change) async for change in self._changes()))
        yield Member("track.json", _list(_each(stop_view(stop) for stop in await self._track())))
        yield Member(
            "leave-messages.json", _list(leave_message_view(message) async for message in self._messages())
        )
        yield Member("tickets.json", _list(self._tickets()))
        yield Member("blocks.json", _one(_json.encode(await self._blocks())))
        yield Member("devices.json", _one(_json.encode(await self._devices())))
        async for conversation in self._conversations():
            yield Member(f"conversations/{conversation.id}.json", self._conversation_json(conversation))
            yield Member(f"conversations/{conversation.id}.html", self._conversation_page(conversation))
        for part in whose.parts:
            found = await self._platform.database.read(
                self._organization_id,
                lambda reader, part=part: of_uploader_in(
                    reader, self._organization_id, SubjectKind.VISITOR, part, limit=_MOST_FILES
                ),
            )
            self._files |= dict.fromkeys(found)
        for media_id in self._files:
            member = await self._file(media_id)
            if member is not None:
                yield member
        yield Member("index.html", self._index())

    async def _blocks(self) -> ExportedBlocks:
        organization_id, whose = self._organization_id, self._whose

        async def read(reader: Reader) -> ExportedBlocks:
            found = await blocks_of_in(reader, organization_id, whose.parts)
            address = await last_address_in(reader, organization_id, whose.contact.id)
            return ExportedBlocks(
                address,
                [ExportedBlock(one.network, one.reason, one.created_at, one.ends_at) for one in found],
            )

        return await self._platform.database.read(organization_id, read)

    async def _devices(self) -> list[ExportedDevice]:
        organization_id, whose = self._organization_id, self._whose
        found = await self._platform.database.read(
            organization_id, lambda reader: devices_of_visitors_in(reader, organization_id, whose.parts)
        )
        return [ExportedDevice(one.origin, one.language, one.created_at) for one in found]

    def _conversations(self) -> AsyncIterator[Conversation]:
        parts, organization_id = self._whose.parts, self._organization_id

        def page(reader: Reader, after: int) -> Awaitable[Sequence[Conversation]]:
            return conversations_of_in(reader, organization_id, parts, after=after, limit=_PAGE)

        return self._all(page, lambda conversation: conversation.id)

    def _entries(self, conversation: Conversation) -> AsyncIterator[Entry]:
        def page(reader: Reader, after: int) -> Awaitable[Sequence[Entry]]:
            return entries_after_in(reader, self._organization_id, conversation.id, after, _PAGE)

        return self._all(page, lambda entry: entry.seq)

    def _messages(self) -> AsyncIterator[LeaveMessage]:
        parts, organization_id = self._whose.parts, self._organization_id

        def page(reader: Reader, after: int) -> Awaitable[Sequence[LeaveMessage]]:
            return of_contacts_in(reader, organization_id, parts, after=after, limit=_PAGE)

        return self._all(page, lambda message: message.id)

    def _tickets(self) -> AsyncIterator[ToldTicket]:
        parts, organization_id = self._whose.parts, self._organization_id

        def page(reader: Reader, after: int) -> Awaitable[Sequence[ToldTicket]]:
            return tickets_of_contacts_in(reader, organization_id, parts, after=after, limit=_PAGE)

        return self._all(page, lambda told: int(told.ticket.id))

    async def _track(self) -> Sequence[Stop]:
        parts, organization_id = self._whose.parts, self._organization_id
        return await self._platform.database.read(
            organization_id, lambda reader: track_in(reader, organization_id, parts)
        )

    def _names(self, tags: Sequence[int]) -> Sequence[str]:
        return [self._whose.tags.get(str(tag), "") for tag in tags]

    def _changes(self) -> AsyncIterator[Change]:
        parts, organization_id = self._whose.parts, self._organization_id

        def page(reader: Reader, after: int) -> Awaitable[Sequence[Change]]:
            return changes_in(reader, organization_id, parts, after=after, limit=_PAGE)

        return self._all(page, lambda change: change.id)

    async def _all(
        self, page: Callable[[Reader, int], Awaitable[Sequence[Kept]]], key: Callable[[Kept], int]
    ) -> AsyncIterator[Kept]:
        """Page after page, none of them read before the one before it is used up."""
        after = 0
        while True:
            found = await self._platform.database.read(
                self._organization_id, lambda reader, after=after: page(reader, after)
            )
            for one in found:
                yield one
            if len(found) < _PAGE:
                return
            after = key(found[-1])

    async def _conversation_json(self, conversation: Conversation) -> AsyncIterator[bytes]:
        tags = await self._platform.database.read(
            self._organization_id,
            lambda reader: conversation_tags_in(reader, self._organization_id, conversation.id),
        )
        yield b'{"conversation": ' + _json.encode(snapshot_of(conversation))
        yield b',\n"tags": ' + _json.encode(self._names(tags)) + b',\n"entries": [\n'
        between = b""
        async for entry in self._entries(conversation):
            media_id = media_of(entry)
            if media_id is not None:
                self._files[media_id] = None
            yield between + _json.encode(entry)
            between = b",\n"
        yield b'\n],\n"reviews": ' + _json.encode(await self._remarks(conversation)) + b"}\n"

    async def _remarks(self, conversation: Conversation) -> Sequence[Remarked]:
        return await self._platform.database.read(
            self._organization_id,
            lambda reader: remarks_in(reader, self._organization_id, conversation.id),
        )

    async def _conversation_page(self, conversation: Conversation) -> AsyncIterator[bytes]:
        contact = self._whose.contact
        yield transcript.conversation_head(conversation, self._words, contact.language).encode()
        async for entry in self._entries(conversation):
            yield transcript.line(entry, contact.name, self._words).encode()
        for remarked in await self._remarks(conversation):
            yield transcript.remark_line(remarked, self._words).encode()

    async def _file(self, media_id: int) -> Member | None:
        """None for a file that is gone: of a message that is older than its erasure, or lost with a disk."""
        opened = await open_media(self._platform, self._organization_id, media_id)
        if opened is None:
            return None
        chunks = aiter(opened.chunks)
        try:
            first = await anext(chunks, b"")
        except FrontdeskError as error:
            if error.kind is ErrorKind.NOT_FOUND:
                return None
            raise
        name = transcript.file_name(str(media_id), opened.name)
        return Member(name, _after(first, chunks), packed=False)

    async def _index(self) -> AsyncIterator[bytes]:
        words = self._words
        whose = self._whose
        yield transcript.record_page(
            whose.contact, whose.care.vip, whose.labels, self._names(whose.contact.tags), words
        ).encode()
        yield transcript.track_lines(await self._track(), words).encode()
        yield f"<h2>{words['conversations']}</h2>\n".encode()
        async for conversation in self._conversations():
            yield transcript.conversation_links([conversation], words).encode()
        messages = [message async for message in self._messages()]
        yield transcript.leave_message_lines(messages, words).encode()
        yield f"<h2>{words['tickets']}</h2>\n".encode()
        async for told in self._tickets():
            yield transcript.ticket_lines(told, words).encode()
        yield f"<h2>{words['changes']}</h2>\n".encode()
        async for change in self._changes():
            yield transcript.change_line(change, whose.labels, words).encode()


async def _each(items: Iterable[Kept]) -> AsyncIterator[Kept]:
    for item in items:
        yield item


async def _list(items: AsyncIterator[Struct]) -> AsyncIterator[bytes]:
    between = b"[\n"
    async for item in items:
        yield between + _json.encode(item)
        between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"


async def _one(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk
