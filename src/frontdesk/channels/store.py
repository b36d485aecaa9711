"""The SQL of channels: the only place that knows its table."""

from typing import Final

import msgspec

from frontdesk.channels.form import Form
from frontdesk.channels.types import Channel, ChannelKey, LocalizedLines
from frontdesk.channels.widget import Widget
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row, Value
from frontdesk.settings import LocalizedText

_SELECT: Final = """select id, organization_id, code, name, team_id, bot_id, title, subtitle, color, greeting,
    hot_questions, enabled, identity_required, allowed_origins, form, widget, weight, written_from
    from channel"""
_greeting: Final = msgspec.json.Decoder(LocalizedText)
_lines: Final = msgspec.json.Decoder(LocalizedLines)
_origins: Final = msgspec.json.Decoder(tuple[str, ...])
_form: Final = msgspec.json.Decoder(Form)
_widget: Final = msgspec.json.Decoder(Widget)


async def find_code(reader: Reader, code: str) -> Channel | None:
    """The channel of a public code, whichever organization's it is."""
    row = await reader.fetch_one(f"{_SELECT} where code = $1", code)
    return None if row is None else _channel(row)


async def find(reader: Reader, organization_id: int, channel_id: int) -> Channel | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2", organization_id, channel_id
    )
    return None if row is None else _channel(row)


async def find_all(reader: Reader, organization_id: int) -> list[Channel]:
    rows = await reader.fetch(f"{_SELECT} where organization_id = $1 order by id", organization_id)
    return [_channel(row) for row in rows]


async def find_names(reader: Reader, organization_id: int) -> list[tuple[int, str]]:
    """Ids with names, oldest first."""
    rows = await reader.fetch(
        "select id, name from channel where organization_id = $1 order by id", organization_id
    )
    return [(row[0], row[1]) for row in rows]


async def find_keys(reader: Reader, organization_id: int, channel_id: int) -> list[ChannelKey]:
    """The keys of a channel, oldest first."""
    rows = await reader.fetch(
        """select id, channel_id, secret, created_at from channel_key where organization_id = $1 and channel_id = $2
        order by id""",
        organization_id,
        channel_id,
    )
    return [ChannelKey(*row) for row in rows]


async def insert_key(tx: Transaction, organization_id: int, key: ChannelKey) -> None:
    await tx.execute(
        "insert into channel_key (id, organization_id, channel_id, secret, created_at) values ($1, $2, $3, $4, $5)",
        key.id,
        organization_id,
        key.channel_id,
        key.secret,
        key.created_at,
    )


async def delete_key(tx: Transaction, organization_id: int, channel_id: int, key_id: int) -> bool:
    """Whether there was one."""
    changed = await tx.execute(
        "delete from channel_key where organization_id = $1 and channel_id = $2 and id = $3",
        organization_id,
        channel_id,
        key_id,
    )
    return changed == 1


async def insert(tx: Transaction, organization_id: int, channel: Channel, now: Millis) -> None:
    await tx.execute(
        """insert into channel (id, organization_id, code, name, kind, team_id, bot_id, title, subtitle, color,
            greeting, hot_questions, enabled, identity_required, allowed_origins, form, widget, weight, written_from,
            created_at)
        values ($1, $2, $3, $4, 'web', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)""",
        channel.id,
        organization_id,
        channel.code,
        channel.name,
        *_look(channel),
        now,
    )


async def update(tx: Transaction, organization_id: int, channel: Channel) -> None:
    await tx.execute(
        """update channel set name = $1, team_id = $2, bot_id = $3, title = $4, subtitle = $5, color = $6,
            greeting = $7, hot_questions = $8, enabled = $9, identity_required = $10, allowed_origins = $11,
            form = $12, widget = $13, weight = $14, written_from = $15
        where organization_id = $16 and id = $17""",
        channel.name,
        *_look(channel),
        organization_id,
        channel.id,
    )


def _look(channel: Channel) -> tuple[Value, ...]:
    return (
        channel.team_id,
        channel.bot_id,
        channel.title,
        channel.subtitle,
        channel.color,
        msgspec.json.encode(channel.greeting).decode(),
        msgspec.json.encode(channel.hot_questions).decode(),
        channel.enabled,
        channel.identity_required,
        msgspec.json.encode(channel.allowed_origins).decode(),
        msgspec.json.encode(channel.form).decode(),
        msgspec.json.encode(channel.widget).decode(),
        channel.weight,
        channel.kind,
    )


def _channel(row: Row) -> Channel:
    (identity, organization_id, code, name, team_id, bot_id, title, subtitle, color, greeting, hot_questions,
     enabled, identity_required, allowed_origins, form, widget, weight, kind) = row  # fmt: skip
    return Channel(
        id=identity,
        organization_id=organization_id,
        code=code,
        name=name,
        team_id=team_id,
        bot_id=bot_id,
        title=title,
        subtitle=subtitle,
        color=color,
        greeting=_greeting.decode(greeting),
        hot_questions=_lines.decode(hot_questions),
        enabled=bool(enabled),
        identity_required=bool(identity_required),
        allowed_origins=_origins.decode(allowed_origins),
        form=_form.decode(form),
        widget=_widget.decode(widget),
        weight=weight,
        kind=ChannelKind(kind),
    )
