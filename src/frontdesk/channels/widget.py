"""How a channel's chat stands in a page: its button, its words, its light, and what it does by itself."""

from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, structs

from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.text import clean_line
from frontdesk.settings import LocalizedText

MAX_WORDS: Final = 40
MAX_BUBBLE: Final = 200
MAX_ICON: Final = 500
MAX_BOTTOM: Final = 400
MAX_TRIGGERS: Final = 10
MAX_PART: Final = 200
MAX_SECONDS: Final = 3_600

Theme = Literal["auto", "light", "dark"]


class Trigger(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the button does by itself once everything holds that is set; what is empty or 0 does not count.

    `page` and `referrer` are parts of addresses, `seconds` the time on the page, `scroll` how much of it was seen in percent,
    `returning` who was here in an earlier visit. `open` opens the chat; on a phone, where it would cover the page, `says` is
    said in its place.
    """

    act: Literal["say", "open"] = "say"
    says: LocalizedText = LocalizedText()
    page: Annotated[str, Meta(max_length=MAX_PART)] = ""
    referrer: Annotated[str, Meta(max_length=MAX_PART)] = ""
    seconds: Annotated[int, Meta(ge=0, le=MAX_SECONDS)] = 0
    scroll: Annotated[int, Meta(ge=0, le=100)] = 0
    returning: bool = False


class Widget(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a page may say otherwise in its tag. `words` stand beside the icon, `bubble` above the button.

    `icon` is the https address of a picture in place of ours, `bottom` the distance from the lower edge in pixels.
    `auto`: the light of the visitor's system, the language of the page. `triggers` are what it does by itself, for one visitor
    at most `a_day` times in a day.
    """

    position: Literal["right", "left"] = "right"
    bottom: Annotated[int, Meta(ge=0, le=MAX_BOTTOM)] = 20
    icon: Annotated[str, Meta(max_length=MAX_ICON)] = ""
    words: LocalizedText = LocalizedText()
    bubble: LocalizedText = LocalizedText()
    theme: Theme = "auto"
    language: Literal["auto", "zh-CN", "en", "ar"] = "auto"
    triggers: Annotated[tuple[Trigger, ...], Meta(max_length=MAX_TRIGGERS)] = ()
    a_day: Annotated[int, Meta(ge=1, le=10)] = 1


def checked_widget(widget: Widget) -> Widget:
    """As it is kept. Raises `invalid` for a picture without an https address, and for words that are too long."""
    icon = clean_line(widget.icon, field="icon", limit=MAX_ICON)
    if icon and not _is_picture(icon):
        raise invalid(
            "channels.icon",
            "This is not the address of a picture.",
            hint="It begins with https://.",
            details={"field": "widget.icon"},
        )
    return structs.replace(
        widget,
        icon=icon,
        words=_texts(widget.words, field="words beside the icon", limit=MAX_WORDS),
        bubble=_texts(widget.bubble, field="sentence above the button", limit=MAX_BUBBLE),
        triggers=tuple(_checked(trigger) for trigger in widget.triggers),
    )


def _checked(trigger: Trigger) -> Trigger:
    says = _texts(trigger.says, field="sentence", limit=MAX_BUBBLE)
    page = clean_line(trigger.page, field="page", limit=MAX_PART)
    referrer = clean_line(trigger.referrer, field="referrer", limit=MAX_PART)
    if not (page or referrer or trigger.seconds or trigger.scroll or trigger.returning):
        raise _unfit(
            "It says when: a page, a time, a part of the page, where one comes from, or an earlier visit."
        )
    if trigger.act == "say" and not any(structs.astuple(says)):
        raise _unfit("It has a sentence to say.")
    return structs.replace(trigger, says=says, page=page, referrer=referrer)


def _unfit(hint: str) -> FrontdeskError:
    return invalid(
        "channels.trigger",
        "The button cannot do this by itself.",
        hint=hint,
        details={"field": "widget.triggers"},
    )


def _texts(texts: LocalizedText, *, field: str, limit: int) -> LocalizedText:
    return LocalizedText(*(clean_line(text, field=field, limit=limit) for text in structs.astuple(texts)))


def _is_picture(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and " " not in address
    except ValueError:
        return False
