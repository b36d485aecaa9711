"""What the loader is told of a channel with its own script, so that it needs no request and no permission of the page."""

import re
from typing import Final

import msgspec
from msgspec import Struct, structs

from frontdesk.channels import store
from frontdesk.channels.types import Channel
from frontdesk.channels.widget import Trigger, Widget
from frontdesk.platform import EVERY_ORGANIZATION, Platform

_CODE: Final = re.compile(r"[a-z0-9-]{3,40}")
_encode: Final = msgspec.json.Encoder().encode
_LANGUAGES: Final = ("zh-CN", "en")


class LoaderLook(Struct, frozen=True):
    """`statement` leaves the channel's look with the script that runs it; `speaks`: triggers are in it."""

    statement: bytes = b""
    speaks: bool = False


async def loader_look(platform: Platform, code: str) -> LoaderLook:
    """Of no such channel nothing is said."""
    channel = None
    if _CODE.fullmatch(code):
        channel = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader: store.find_code(reader, code)
        )
    if channel is None or not channel.enabled:
        return LoaderLook()
    statement = b"document.currentScript.look=" + _encode(_look(channel)) + b";\n"
    return LoaderLook(statement, speaks=bool(channel.widget.triggers))


def _look(channel: Channel) -> dict[str, object]:
    widget = channel.widget
    texts = {
        language: {"text": widget.words.of(language), "greeting": widget.bubble.of(language)}
        for language in _LANGUAGES
    }
    return {
        "channel": channel.code,
        "color": channel.color,
        "position": widget.position,
        "bottom": widget.bottom,
        "icon": widget.icon,
        "theme": widget.theme,
        "language": "" if widget.language == "auto" else widget.language,
        **texts,
        **_triggers(widget),
    }


def _triggers(widget: Widget) -> dict[str, object]:
    """Nothing where there is none: then the loader comes without what they need."""
    if not widget.triggers:
        return {}
    return {"triggers": [_trigger(each) for each in widget.triggers], "a_day": widget.a_day}


def _trigger(trigger: Trigger) -> dict[str, object]:
    facts = {name: value for name, value in structs.asdict(trigger).items() if name != "says"}
    return {**facts, **{language: trigger.says.of(language) for language in _LANGUAGES}}
