"""What a signed-in client may ask for besides sending texts. Each is answered on the connection, when it is done."""

from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Final

import structlog
from msgspec import structs
from structlog.contextvars import bind_contextvars

from frontdesk.access.frames import (
    PONG,
    ClientFrame,
    DoneFrame,
    Hello,
    History,
    Look,
    OutgoingCard,
    OutgoingText,
    OutgoingVoice,
    PageFrame,
    Ping,
    Read,
    Recall,
    Received,
    Send,
    Token,
    Typing,
    Visible,
    encode,
)
from frontdesk.access.outlet import State
from frontdesk.conversations import (
    Card,
    Doing,
    Image,
    MessageBody,
    Text,
    Voice,
    attachment_of,
    clean_body,
    entries_page,
    look,
    recall,
    typing,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError, busy, invalid, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.desk import sendable_file
from frontdesk.media import MediaRef, is_sound
from frontdesk.push import put_visitor_in_sight
from frontdesk.staff import put_in_sight

if TYPE_CHECKING:
    from frontdesk.access.connection import Connection

logger = structlog.get_logger("frontdesk.access")
MOST_AT_ONCE: Final = 8
LONGEST_LINE: Final = 64
_BUSY: Final = "Too many of your requests are still open."


def handle(connection: "Connection", subject: Subject, frame: ClientFrame) -> None:
    """Do what a frame other than `send` asks for."""
    match frame:
        case Received() | Read():
            _point(connection, subject, frame)
        case Ping():
            connection.push(PONG)
        case Typing():
            _start(connection, None, _typing(connection, subject, frame))
        case Look():
            _start(connection, None, _look(connection, subject, frame))
        case Visible():
            _start(connection, None, _visible(connection, subject, frame))
        case History():
            _start(connection, frame.ref, _history(connection, subject, frame))
        case Recall():
            _start(connection, frame.ref, _recall(connection, subject, frame))
        case Token():
            connection.renew(frame)
        case Hello() | Send():
            pass  # the connection's own


def heads_of(heads: Mapping[str, int]) -> dict[int, int]:
    """The heads by number. What is no id cannot be the client's and is left out, like any unknown conversation."""
    known: dict[int, int] = {}
    for text, seq in heads.items():
        conversation_id = parse_id(text)
        if conversation_id is not None:
            known[conversation_id] = seq
    return known


def submit_in_line(connection: "Connection", subject: Subject, frame: Send) -> None:
    """Look up the picture or file of a message, then submit it; what the client sends meanwhile waits behind it."""
    line = connection.unsent
    if line is not None:
        if len(line) >= LONGEST_LINE:
            connection.refuse(busy("access.busy", _BUSY, retry_after=1), frame.client_id)
        else:
            line.append(frame)
        return
    connection.unsent = [frame]
    connection.hub.tasks.run_once("access-media", _submit_line(connection, subject))


async def _submit_line(connection: "Connection", subject: Subject) -> None:
    bind_contextvars(organization_id=subject.organization_id)
    while connection.unsent:
        frame = connection.unsent.pop(0)
        try:
            conversation_id = _conversation(frame.conversation)
            body = await _described(connection, subject, frame)
            connection.append(subject, conversation_id, frame, body, connection.hub.monotonic())
        except FrontdeskError as refusal:
            connection.refuse(refusal, frame.client_id)
        except Exception:
            logger.exception("access.media.failed", conversation_id=frame.conversation)
            connection.refuse(_failed(), frame.client_id)
    connection.unsent = None


async def _described(connection: "Connection", subject: Subject, frame: Send) -> MessageBody:
    said = frame.body
    if isinstance(said, OutgoingText):
        return Text(said.text, said.format, said.quotes)
    if isinstance(said, OutgoingCard):
        card = clean_body(subject, Card(said.title, said.text, buttons=said.buttons))
        if not said.media_id:
            return card
        picture = attachment_of(await _attached(connection, subject, frame.conversation, said.media_id))
        if not isinstance(picture, Image):
            raise invalid("access.card", "This file is not a picture.", hint="Send it as a file.")
        return structs.replace(card, picture=picture)
    media = await _attached(connection, subject, frame.conversation, said.media_id)
    if isinstance(said, OutgoingVoice):
        if not is_sound(media):
            raise invalid("access.voice", "This file is not a recording.", hint="Send it as a file.")
        return Voice(str(media.id), media.name, media.size, media.mime, said.duration)
    return attachment_of(media)


async def _attached(connection: "Connection", subject: Subject, conversation: str, identity: str) -> MediaRef:
    media_id = parse_id(identity)
    if media_id is None:
        raise not_found("file")
    return await sendable_file(connection.hub.platform, subject, _conversation(conversation), media_id)


def _point(connection: "Connection", subject: Subject, frame: Received | Read) -> None:
    conversation_id = parse_id(frame.conversation)
    if conversation_id is None:
        return
    if isinstance(frame, Read):
        connection.hub.receipts.record(subject, conversation_id, read=frame.seq)
    else:
        connection.hub.receipts.record(subject, conversation_id, received=frame.seq)


async def _typing(connection: "Connection", subject: Subject, frame: Typing) -> None:
    hub = connection.hub
    conversation_id = parse_id(frame.conversation)
    if conversation_id is not None:
        await typing(hub.platform, hub.membership, subject, conversation_id, frame.text, name=connection.name)


async def _look(connection: "Connection", subject: Subject, frame: Look) -> None:
    hub, conversation_id = connection.hub, _conversation(frame.conversation)
    where = await look(
        hub.platform, subject, conversation_id, frame.doing, name=connection.name, origin=connection.id
    )
    if frame.doing is Doing.NOTHING:
        hub.unlisten(connection, [each for each in connection.subjects if each == where])
    elif connection.state is not State.CLOSED:
        hub.listen(connection, [where])


async def _visible(connection: "Connection", subject: Subject, frame: Visible) -> None:
    platform = connection.hub.platform
    if subject.kind is SubjectKind.VISITOR:
        await put_visitor_in_sight(platform, subject, connection.id, visible=frame.visible)
    else:
        await put_in_sight(platform, connection.id, visible=frame.visible)


async def _history(connection: "Connection", subject: Subject, frame: History) -> None:
    conversation_id = _conversation(frame.conversation)
    page = await entries_page(
        connection.hub.platform,
        subject,
        conversation_id,
        before=frame.before,
        after=frame.after,
        limit=frame.limit,
    )
    connection.push(encode(PageFrame(frame.ref, frame.conversation, page.entries, page.more)))


async def _recall(connection: "Connection", subject: Subject, frame: Recall) -> None:
    try:
        await recall(connection.hub.platform, subject, _conversation(frame.conversation), frame.seq)
    except FrontdeskError as refusal:
        if (
            refusal.kind is ErrorKind.NOT_FOUND
        ):  # whichever part was not found: a stranger learns nothing from it
            raise not_found("message") from None
        raise
    connection.push(encode(DoneFrame(frame.ref)))


def _start(connection: "Connection", ref: str | None, work: Coroutine[Any, Any, None]) -> None:
    if connection.requests >= MOST_AT_ONCE:
        work.close()
        connection.refuse(busy("access.busy", _BUSY, retry_after=1), ref)
        return
    connection.requests += 1
    connection.hub.tasks.run_once("access-request", _answer(connection, ref, work))


async def _answer(connection: "Connection", ref: str | None, work: Coroutine[Any, Any, None]) -> None:
    if connection.subject is not None:
        bind_contextvars(organization_id=connection.subject.organization_id)
    try:
        await work
    except FrontdeskError as refusal:
        if ref is not None:  # what asks for no answer gets no refusal either
            connection.refuse(refusal, ref)
    except Exception:
        logger.exception("access.request.failed")
        connection.refuse(_failed(), ref)
    finally:
        connection.requests -= 1


def _conversation(text: str) -> int:
    conversation_id = parse_id(text)
    if conversation_id is None:
        raise not_found("conversation")
    return conversation_id


def _failed() -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "access.failed",
        "This did not work.",
        hint="Try again in a moment.",
        retry_after=2,
    )
