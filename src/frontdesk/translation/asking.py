"""Having a message of a conversation, or an answer that is being written, put into another language."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import MAX_TEXT, Entry, Text, decode_message, entry_at_in, get_readable
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.platform import Platform, Reader
from frontdesk.translation import store
from frontdesk.translation.translator import Translator
from frontdesk.translation.types import Service


async def can_translate(platform: Platform, subject: Subject) -> bool:
    """Whether there is a service to ask."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id
    found = await platform.database.read(organization_id, lambda reader: store.find(reader, organization_id))
    return found is not None


async def translate_message(
    platform: Platform, translator: Translator, subject: Subject, conversation_id: int, *, seq: int, to: str
) -> str:
    """A message's words in a language, for staff alone; the log is not changed.

    Raises `not_found` for what the subject may not read and for what has no words (any more), a `conflict` where there is
    no service or it fails.
    """
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> tuple[Entry | None, Service]:
        await get_readable(reader, subject, conversation_id)
        entry = await entry_at_in(reader, organization_id, conversation_id, seq)
        return entry, await _service(reader, organization_id)

    entry, service = await platform.database.read(organization_id, read)
    body = None if entry is None else decode_message(entry)
    if not isinstance(body, Text):
        raise not_found("message")
    return await translator.translate(subject, service, body.text, to)


async def translate_answer(
    platform: Platform, translator: Translator, subject: Subject, conversation_id: int, *, text: str, to: str
) -> str:
    """Words that an agent is about to send, in a language; nothing is sent by it. Raises as `translate_message` does."""
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    words = clean(text, field="text", limit=MAX_TEXT, required=True)

    async def read(reader: Reader) -> Service:
        await get_readable(reader, subject, conversation_id)
        return await _service(reader, subject.organization_id)

    service = await platform.database.read(subject.organization_id, read)
    return await translator.translate(subject, service, words, to)


async def _service(reader: Reader, organization_id: int) -> Service:
    service = await store.find(reader, organization_id)
    if service is None:
        raise conflict(
            "translation.none",
            "There is no translation service.",
            hint="An administrator names one in the settings.",
        )
    return service
