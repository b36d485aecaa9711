"""How a channel's chat stands in a page: its button, its words, its light."""

from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, structs

from frontdesk.core.errors import invalid
from frontdesk.core.text import clean_line
from frontdesk.settings import LocalizedText

MAX_WORDS: Final = 40
MAX_BUBBLE: Final = 200
MAX_ICON: Final = 500
MAX_BOTTOM: Final = 400

Theme = Literal["auto", "light", "dark"]


class Widget(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a page may say otherwise in its tag. `words` stand beside the icon, `bubble` above the button.

    `icon` is the https address of a picture in place of ours, `bottom` the distance from the lower edge in pixels.
    `auto`: the light of the visitor's system, the language of the page.
    """

    position: Literal["right", "left"] = "right"
    bottom: Annotated[int, Meta(ge=0, le=MAX_BOTTOM)] = 20
    icon: Annotated[str, Meta(max_length=MAX_ICON)] = ""
    words: LocalizedText = LocalizedText()
    bubble: LocalizedText = LocalizedText()
    theme: Theme = "auto"
    language: Literal["auto", "zh-CN", "en", "ar"] = "auto"


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
    )


def _texts(texts: LocalizedText, *, field: str, limit: int) -> LocalizedText:
    return LocalizedText(*(clean_line(text, field=field, limit=limit) for text in structs.astuple(texts)))


def _is_picture(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and " " not in address
    except ValueError:
        return False
