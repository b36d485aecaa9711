"""What of a message is kept: trimmed words, and from visitors nothing that only staff and bots may say. Pure."""

import msgspec
from msgspec import structs

from frontdesk.conversations.entries import (
    MAX_CARD_TEXT,
    MAX_LABEL,
    MAX_REPLY,
    MAX_TITLE,
    Card,
    CardButton,
    File,
    Image,
    MessageBody,
    Text,
)
from frontdesk.core.errors import forbidden, invalid
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean, clean_line, is_web_address
from frontdesk.media import MediaKind, MediaRef


def clean_body(subject: Subject, body: MessageBody) -> MessageBody:
    """The body as it goes into the log; the same again for one that is clean.

    Raises an `invalid` error for what is no message, and a `forbidden` one for a visitor's card.
    """
    if isinstance(body, Text):
        return _text(subject, body)
    if isinstance(body, Card):
        return clean_card(subject, body)
    return body


def attachment_of(media: MediaRef) -> Image | File:
    """What a message says of a file that it carries as such."""
    if media.kind is MediaKind.IMAGE:
        return Image(str(media.id), media.name, media.size, media.mime, media.width, media.height)
    return File(str(media.id), media.name, media.size, media.mime)


def _text(subject: Subject, body: Text) -> Text:
    text = body.text.strip()
    if not text:
        raise invalid("conversations.empty", "A message needs some text.", hint="Write something, then send.")
    if "\x00" in text:
        text = text.replace("\x00", "")
    if subject.kind is SubjectKind.BOT:
        return msgspec.structs.replace(body, text=text)
    # marks are drawn only where staff wrote them: a visitor cannot dress up a link
    return Text(text, "plain" if subject.kind is SubjectKind.VISITOR else body.format, body.quotes)


def clean_card(subject: Subject, card: Card) -> Card:
    """A card as it goes into the log; raises what `clean_body` raises."""
    if subject.kind is SubjectKind.VISITOR:
        raise forbidden("conversations.card-sender", "Cards are sent by staff and bots.")
    return structs.replace(
        card,
        title=clean_line(card.title, field="title", limit=MAX_TITLE, required=True),
        text=clean(card.text, field="text", limit=MAX_CARD_TEXT),
        buttons=tuple(_button(button) for button in card.buttons),
    )


def _button(button: CardButton) -> CardButton:
    link, reply = button.link.strip(), clean(button.reply, field="reply", limit=MAX_REPLY)
    if bool(link) == bool(reply):
        raise invalid(
            "conversations.card-button",
            "A button either opens a link or says a reply.",
            hint="Fill in one of the two.",
            details={"field": "buttons"},
        )
    if link and not is_web_address(link):
        raise invalid(
            "conversations.card-link",
            "A button cannot open this address.",
            hint="Write one that begins with https:// or http://.",
            details={"field": "link"},
        )
    return CardButton(clean_line(button.label, field="label", limit=MAX_LABEL, required=True), link, reply)
