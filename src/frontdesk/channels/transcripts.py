"""A visitor has a conversation sent to themselves by e-mail.

The mail is handed over while they wait, so that "sent" is true when it is said, and the address is written down nowhere.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache
from typing import Final
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, available_timezones

from frontdesk.channels import store
from frontdesk.contacts import clean_email, known_language
from frontdesk.conversations import (
    Card,
    CardButton,
    Entry,
    File,
    Image,
    Text,
    Voice,
    decode_message,
    entries_page,
)
from frontdesk.core.clock import Clock, Millis
from frontdesk.core.errors import busy, forbidden, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Bus, Platform
from frontdesk.platform.buckets import Buckets
from frontdesk.platform.mail import send_mail

_PAGE: Final = 100
MOST_ENTRIES: Final = 500
EACH: Final = 3
"""How often a conversation, or an address, is sent something in an hour."""
_FROM_ONE_ADDRESS: Final = 10
_HOUR: Final = 3_600.0
_WORDS: Final = {
    "en": {
        "subject": "Your conversation with {channel}",
        "first": "Somebody asked in the chat of {channel} for this conversation to be sent to this address. If it was not you, do"
        " nothing: we have not kept the address.",
        "you": "You", "file": "[File: {name}]", "voice": "[Voice message]", "zone": "Times are those of {zone}.",
        "cut": "This is the end of it; the beginning is in the chat.",
    },
    "zh-CN": {
        "subject": "您与 {channel} 的会话记录",
        "first": "有人在 {channel} 的在线客服中申请将这次会话发送到此邮箱。如果不是您本人，请忽略本邮件，我们没有保存这个地址。",
        "you": "您", "file": "[文件：{name}]", "voice": "[语音消息]", "zone": "以上时间为 {zone} 时间。",
        "cut": "以下是会话的后半部分，之前的内容请在聊天窗口中查看。",
    },
}  # fmt: skip


def is_available(platform: Platform) -> bool:
    """Whether there is a server that takes mail."""
    return bool(platform.config.mail.url)


async def mail_transcript(
    platform: Platform, subject: Subject, conversation_id: int, *, email: str, language: str, time_zone: str
) -> None:
    """Send what the visitor may read of their conversation. The address is theirs by their word alone.

    Raises `not_found` where no mail can be sent and for what is not theirs, `busy` after several, and `unavailable` when
    the server for mail does not take it.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("channels.visitors-only", "Agents export conversations elsewhere.")
    if not is_available(platform):
        raise not_found("mail")
    address = clean_email(email)
    if not address:
        raise invalid(
            "channels.no-address", "The address is missing.", hint="Give one.", details={"field": "email"}
        )
    entries = [entry async for entry in _entries(platform, subject, conversation_id)]
    channel = await platform.database.read(
        subject.organization_id,
        lambda reader: store.find(reader, subject.organization_id, subject.channel_id),
    )
    if channel is None:
        raise not_found("channel")
    _pace_of(platform).admit(subject, conversation_id, address)
    words = _WORDS[known_language(language)]
    name = channel.title or channel.name
    text = _text(entries, words, channel=name, zone=_zone(time_zone))
    subject_line = words["subject"].format(channel=name)
    await send_mail(platform.config.mail, to=address, subject=subject_line, text=text)


async def _entries(platform: Platform, subject: Subject, conversation_id: int) -> AsyncIterator[Entry]:
    """The last ones, oldest first, as a visitor sees them: notes and whispers of staff are not among them."""
    head = (await entries_page(platform, subject, conversation_id, limit=1)).entries
    after = max(0, head[-1].seq - MOST_ENTRIES) if head else 0
    while True:
        page = await entries_page(platform, subject, conversation_id, after=after, limit=_PAGE)
        for entry in page.entries:
            yield entry
        if not page.more:
            return
        after = page.entries[-1].seq


def _text(entries: list[Entry], words: dict[str, str], *, channel: str, zone: ZoneInfo) -> str:
    lines = [words["first"].format(channel=channel), ""]
    if entries and entries[0].seq > 1:
        lines += [words["cut"], ""]
    day = ""
    for entry in entries:
        said = _said(entry, words)
        if not said:
            continue
        at = _moment(entry.at, zone)
        if at[:10] != day:
            day = at[:10]
            lines += ["", f"— {day} —", ""]
        own = entry.sender.kind is SubjectKind.VISITOR
        lines.append(f"[{at[11:]}] {words['you'] if own else entry.sender.name}: {said}")
    return "\n".join([*lines, "", words["zone"].format(zone=zone.key), ""])


def _said(entry: Entry, words: dict[str, str]) -> str:
    """The words of a message; empty for what is none, or was taken back."""
    match decode_message(entry):
        case Text(text=text):
            return text
        case Image() | File() as file:
            return words["file"].format(name=file.name)
        case Voice():
            return words["voice"]
        case Card() as card:
            return "\n".join(filter(None, (card.title, card.text, *map(_button, card.buttons))))
        case _:
            return ""


def _button(button: CardButton) -> str:
    return f"- {button.label}: {button.link}" if button.link else f"- {button.label}"


def _moment(at: Millis, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name if name in _zones() else "UTC")


class _Pace:
    """Nobody has a stranger's address written to again and again."""

    def __init__(self, clock: Clock) -> None:
        self._each = Buckets(clock, burst=EACH, per_second=EACH / _HOUR)
        self._from = Buckets(clock, burst=_FROM_ONE_ADDRESS, per_second=_FROM_ONE_ADDRESS / _HOUR)

    def admit(self, subject: Subject, conversation_id: int, address: str) -> None:
        wait = self._each.take(f"conversation {conversation_id}")
        wait = wait or self._each.take(f"to {subject.organization_id} {address.lower()}")
        if not wait and subject.origin.address:
            wait = self._from.take(subject.origin.address)
        if wait:
            raise busy("channels.mails", "This was sent several times already.", retry_after=wait)


_paces: Final[WeakKeyDictionary[Bus, _Pace]] = WeakKeyDictionary()


def _pace_of(platform: Platform) -> _Pace:
    pace = _paces.get(platform.bus)
    if pace is None:
        pace = _paces[platform.bus] = _Pace(platform.clock)
    return pace
