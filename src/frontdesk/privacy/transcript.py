"""What somebody reads who opens an export: pages of HTML without scripts, in the contact's language. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final

from frontdesk.contacts import Change, Contact, Stop
from frontdesk.conversations import (
    Assigned,
    Card,
    CardButton,
    Closed,
    Conversation,
    Entry,
    EntryKind,
    File,
    Image,
    Note,
    Opened,
    Rated,
    Text,
    Voice,
    Whisper,
    WrappedUp,
    decode_body,
    decode_message,
)
from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.quality import Remarked
from frontdesk.tickets import DeedKind, LeaveMessage, ToldTicket

_EN: Final = {
    "title": "What is kept about {name}", "conversation": "Conversation of {at}", "back": "All conversations",
    "record": "Record", "conversations": "Conversations", "messages": "Messages left", "name": "Name",
    "email": "E-mail", "phone": "Telephone", "external_id": "Known to the company as", "language": "Language",
    "remark": "Remark of staff", "first": "First seen", "last": "Last seen", "visits": "Visits", "page": "Last page",
    "vip": "Importance", "recalled": "(taken back)", "gone": "(erased)", "note": "Internal note", "opened": "Opened",
    "opened_on": "Opened on {page}", "assigned": "With {name} from now on", "rated": "Rated {score}",
    "wrapped": "Filed under {category}", "solved": "Solved", "unsolved": "Not solved", "closed": "Closed ({reason})", "none": "Nothing.", "times": "Times are UTC.",
    "system": "Automatic", "company": "Company", "changes": "Changes of the record",
    "tags": "Tags", "track": "Pages on which the chat was opened", "merged": "Merged with",
    "reviewed": "Remark of a reviewer", "tickets": "Tickets",
    "said_by_page": "{name} (said by the page, not verified)",
}  # fmt: skip
_ZH: Final = {
    "title": "关于 {name} 保存的资料", "conversation": "{at} 的会话", "back": "全部会话", "record": "资料",
    "conversations": "会话", "messages": "留言", "name": "姓名", "email": "邮箱", "phone": "电话",
    "external_id": "企业用户编号", "language": "语言", "remark": "客服备注", "first": "首次来访", "last": "最近来访",
    "visits": "来访次数", "page": "最近页面", "vip": "重要程度", "recalled": "（已撤回）", "gone": "（已删除）",
    "note": "内部备注", "opened": "会话开始", "opened_on": "会话开始于 {page}", "assigned": "由 {name} 接待",
    "rated": "评价：{score}", "wrapped": "小结：{category}", "solved": "已解决", "unsolved": "未解决", "closed": "会话结束（{reason}）", "none": "无。",
    "times": "时间均为 UTC。", "system": "自动消息", "company": "公司", "changes": "资料修改记录",
    "tags": "标签", "track": "打开聊天的页面", "merged": "合并的客户",
    "reviewed": "质检评语", "tickets": "工单",
    "said_by_page": "{name}（页面提供，未经核实）",
}  # fmt: skip
_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}"
    "dt{color:#5b6875}dd{margin:0 0 .6rem}time,.quiet{color:#5b6875;font-size:.85em}p{margin:.6rem 0;white-space:pre-wrap;"
    "overflow-wrap:anywhere}.their{border-left:3px solid #3b82f6;padding-left:.7rem}.our{border-left:3px solid #94a3b8;"
    "padding-left:.7rem}.note{background:#fff7e0;padding:.4rem .7rem}img{max-width:100%;border-radius:6px}"
)


def words_of(language: str) -> Mapping[str, str]:
    """The words of pages in a language."""
    return _ZH if language == "zh-CN" else _EN


def file_name(media_id: str, name: str) -> str:
    """Where a file stands in the archive. Names hold no separators since they were taken in."""
    return f"files/{media_id}-{name}"


def moment(at: Millis) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def head(title: str, language: str) -> str:
    """The beginning of a page, up to what it says."""
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>\n"
    )


def record_page(
    contact: Contact, vip: int, labels: Mapping[str, str], tags: Sequence[str], words: Mapping[str, str]
) -> str:
    """The beginning of the first page: the record. Lists of conversations and messages follow."""
    facts = [
        ("name", contact.name), ("email", contact.email), ("phone", contact.phone),
        ("company", contact.company), ("external_id", contact.external_id or ""), ("language", contact.language),
        ("remark", contact.remark),
        ("first", moment(contact.first_seen_at)), ("last", moment(contact.last_seen_at)),
        ("visits", str(contact.visits)), ("page", contact.page.url if contact.page else ""),
        ("vip", str(vip) if vip else ""), ("tags", ", ".join(tags)),
    ]  # fmt: skip
    shown = [(words[key], value) for key, value in facts if value]
    shown += [(labels.get(key, key), str(value)) for key, value in contact.fields.items()]
    said = contact.page_attributes.items()
    shown += [(words["said_by_page"].replace("{name}", name), str(value)) for name, value in said]
    rows = "".join(f"<dt>{escape(label)}<dd>{escape(value)}" for label, value in shown)
    title = words["title"].format(name=contact.name)
    return (
        f'{head(title, contact.language)}<p class="quiet">{words["times"]}</p>'
        f"<h2>{words['record']}</h2><dl>{rows}</dl>\n"
    )


def conversation_links(conversations: Iterable[Conversation], words: Mapping[str, str]) -> str:
    return "".join(
        f'<p><a href="conversations/{each.id}.html">{words["conversation"].format(at=moment(each.opened_at))}</a></p>\n'
        for each in conversations
    )


def leave_message_lines(messages: Sequence[LeaveMessage], words: Mapping[str, str]) -> str:
    shown = "".join(
        f'<p class="their"><time>{moment(each.created_at)}</time> {escape(each.name)} {escape(each.phone)}'
        f" {escape(each.email)}\n{escape(each.text)}</p>"
        + (f'<p class="note">{escape(each.remark)}</p>' if each.remark else "")
        for each in messages
    )
    return f"<h2>{words['messages']}</h2>{shown or words['none']}\n"


def ticket_lines(told: ToldTicket, words: Mapping[str, str]) -> str:
    """The ticket, and what its words were before and what was remarked on it."""
    ticket = told.ticket
    said = [
        f'<p class="note"><time>{moment(line.at)}</time> {escape(text)}</p>\n'
        for line in told.history
        if line.kind in {DeedKind.REMARKED, DeedKind.TITLE, DeedKind.DESCRIPTION}
        for text in (line.after if line.kind is DeedKind.REMARKED else line.before,)
        if text
    ]
    return (
        f"<p><time>{moment(ticket.made_at)}</time> #{ticket.number} {escape(ticket.title)}\n"
        f"{escape(ticket.description)}</p>\n{''.join(said)}"
    )


def track_lines(stops: Sequence[Stop], words: Mapping[str, str]) -> str:
    shown = "".join(
        f'<p class="quiet"><time>{moment(stop.at)}</time> {escape(stop.page.title)} {escape(stop.page.url)}'
        f" {escape(stop.page.referrer)}</p>\n"
        for stop in stops
    )
    return f"<h2>{words['track']}</h2>{shown or words['none']}\n"


def change_line(change: Change, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    key = change.field.removeprefix("fields.")
    tag = labels.get(change.field)  # a tag is named by its whole field
    label = tag or (words.get(key, key) if key == change.field else labels.get(key, key))
    before, after = ("–" if value in {None, ""} else str(value) for value in (change.before, change.after))
    return f'<p class="quiet"><time>{moment(change.at)}</time> {escape(label)}: {escape(before)} → {escape(after)}</p>\n'


def conversation_head(conversation: Conversation, words: Mapping[str, str], language: str) -> str:
    title = words["conversation"].format(at=moment(conversation.opened_at))
    return f'{head(title, language)}<p><a href="../index.html">{words["back"]}</a></p>\n'


def line(entry: Entry, contact_name: str, words: Mapping[str, str]) -> str:
    """An entry as a line; empty for those that mean nothing to a reader."""
    time = f"<time>{moment(entry.at)}</time>"
    if entry.kind is EntryKind.MESSAGE:
        their = entry.sender.kind is SubjectKind.VISITOR
        name = contact_name if their else entry.sender.name or words["system"]
        side = "their" if their else "our"
        return f'<p class="{side}">{time} <b>{escape(name)}</b>\n{_said(entry, words)}</p>\n'
    if entry.recalled is True:
        return f'<p class="quiet">{time} {words["gone"]}</p>\n'
    if entry.kind in {EntryKind.NOTE, EntryKind.WHISPER}:
        body = decode_body(entry, Note if entry.kind is EntryKind.NOTE else Whisper)
        text = escape(body.text)
        return f'<p class="note">{time} <b>{words["note"]}</b> {escape(entry.sender.name)}\n{text}</p>\n'
    told = _told(entry, words)
    return f'<p class="quiet">{time} {escape(told)}</p>\n' if told else ""


def remark_line(remarked: Remarked, words: Mapping[str, str]) -> str:
    return (
        f'<p class="note"><time>{moment(remarked.at)}</time> <b>{words["reviewed"]}</b>\n'
        f"{escape(remarked.remark)}</p>\n"
    )


def _said(entry: Entry, words: Mapping[str, str]) -> str:
    match decode_message(entry):
        case None:
            return words["gone" if b"erased" in bytes(entry.body) else "recalled"]
        case Text(text=text):
            return escape(text)
        case Image() as image:
            return _picture(image)
        case Card() as card:
            picture = "" if card.picture is None else _picture(card.picture)
            parts = (f"<b>{escape(card.title)}</b>", escape(card.text), picture, *map(_button, card.buttons))
            return "\n".join(filter(None, parts))
        case (File() | Voice()) as file:
            at = escape(f"../{file_name(file.media_id, file.name)}")
            return f'<a href="{at}">{escape(file.name)}</a>'


def _picture(image: Image) -> str:
    at = escape(f"../{file_name(image.media_id, image.name)}")
    return f'<a href="{at}"><img src="{at}" alt="{escape(image.name)}"></a>'


def _button(button: CardButton) -> str:
    if not button.link:
        return f"· {escape(button.label)}"
    return f'· <a href="{escape(button.link)}" rel="noopener noreferrer">{escape(button.label)}</a>'


def _told(entry: Entry, words: Mapping[str, str]) -> str:
    match entry.kind:
        case EntryKind.OPENED:
            opened = decode_body(entry, Opened)
            page = opened.page
            told = words["opened"] if page is None else words["opened_on"].format(page=page.url)
            return "\n".join([told, *(f"{each.label}: {each.value}" for each in opened.answers)])
        case EntryKind.ASSIGNED:
            return words["assigned"].format(name=decode_body(entry, Assigned).agent.name)
        case EntryKind.RATED:
            rated = decode_body(entry, Rated)
            return " ".join(filter(None, (words["rated"].format(score=rated.score), rated.remark)))
        case EntryKind.WRAPPED_UP:
            wrapped = decode_body(entry, WrappedUp)
            category = words["wrapped"].format(category=wrapped.category or "–")
            solved = {None: "", True: words["solved"], False: words["unsolved"]}[wrapped.solved]
            return " · ".join(filter(None, (category, solved, wrapped.remark)))
        case EntryKind.CLOSED:
            return words["closed"].format(reason=decode_body(entry, Closed).reason)
        case _:
            return ""
