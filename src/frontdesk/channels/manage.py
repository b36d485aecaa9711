"""Making, changing and listing channels."""

import re
from typing import Final

import msgspec
from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.channels import store
from frontdesk.channels.events import CHANNELS_CHANGED
from frontdesk.channels.form import check_form_fields, checked_form
from frontdesk.channels.origins import clean_origin
from frontdesk.channels.types import (
    DEFAULT_COLOR,
    MAX_NAME,
    MAX_SUBTITLE,
    MAX_TITLE,
    Channel,
    ChannelChanges,
    ChannelsChanged,
    NewChannel,
)
from frontdesk.channels.widget import checked_widget
from frontdesk.contacts import fields_in
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.ids import new_code, parse_id
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import AgentKind, find_team, load

_CODE: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
_COLOR: Final = re.compile(r"#[0-9a-f]{6}")


async def create_channel(platform: Platform, subject: Subject, new: NewChannel) -> Channel:
    """Add a channel. Raises `conflict` when its code is taken, by whichever organization."""
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()
    code = new.code.strip().lower() or new_code()
    channel = _checked(
        Channel(
            id=platform.ids.new(),
            organization_id=organization_id,
            code=code,
            name=new.name,
            team_id=new.team_id,
            bot_id=new.bot_id,
            title=new.title,
            subtitle=new.subtitle,
            color=new.color,
            greeting=new.greeting,
            hot_questions=new.hot_questions,
            weight=new.weight,
            kind=new.kind,
            form=new.form,
            widget=new.widget,
        )
    )

    async def work(tx: Transaction) -> Channel:
        await _check_targets(tx, organization_id, channel)
        if await store.find_code(tx, channel.code) is not None:
            raise conflict(
                "channels.code-taken",
                f"The code “{channel.code}” is taken.",
                hint="Choose another one, or leave it out.",
                details={"field": "code"},
            )
        await store.insert(tx, organization_id, channel, now)
        target = Target("channel", channel.id, channel.name)
        await record_in(platform, tx, subject, Action.CHANNEL_CREATED, target)
        _announce(platform, tx, organization_id)
        return channel

    return await platform.database.write(organization_id, work)


async def update_channel(
    platform: Platform, subject: Subject, channel_id: int, changes: ChannelChanges
) -> Channel:
    """Change what is set; open conversations keep their bot, their team, their kind and what they weigh."""
    require(subject, Permission.CHANNEL_MANAGE)
    organization_id = subject.organization_id
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}

    async def work(tx: Transaction) -> Channel:
        before = await store.find(tx, organization_id, channel_id)
        if before is None:
            raise not_found("channel")
        after = _checked(structs.replace(before, **set_ones))
        await _check_targets(tx, organization_id, after)
        if after.identity_required and not await store.find_keys(tx, organization_id, channel_id):
            raise conflict(
                "channels.no-key",
                "Without a key nobody could come in.",
                hint="Make a key for this channel first.",
                details={"field": "identity_required"},
            )
        await store.update(tx, organization_id, after)
        target = Target("channel", after.id, after.name)
        await record_in(platform, tx, subject, Action.CHANNEL_CHANGED, target, **changed_fields(changes))
        _announce(platform, tx, organization_id)
        return after

    return await platform.database.write(organization_id, work)


async def list_channels(platform: Platform, subject: Subject) -> list[Channel]:
    """Every channel of the organization, oldest first."""
    require(subject, Permission.CHANNEL_MANAGE)
    return await platform.database.read(
        subject.organization_id, lambda reader: store.find_all(reader, subject.organization_id)
    )


async def channel_names(platform: Platform, subject: Subject) -> list[tuple[int, str]]:
    """Every channel's id and name, oldest first, for everybody who reads conversations."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    return await platform.database.read(
        subject.organization_id, lambda reader: store.find_names(reader, subject.organization_id)
    )


def snippet_of(channel: Channel, *, address: str) -> str:
    """What a customer pastes into a page. `address` is where Frontdesk answers, without a slash at its end."""
    return f'<script async src="{address}/widget.js?channel={channel.code}" data-channel="{channel.code}"></script>'


def _checked(channel: Channel) -> Channel:
    if not _CODE.fullmatch(channel.code):
        raise invalid(
            "channels.code",
            "A code has 3 to 40 lower-case letters, digits and hyphens.",
            hint="For example: spring-shop.",
            details={"field": "code"},
        )
    color = channel.color.strip().lower() or DEFAULT_COLOR
    if not _COLOR.fullmatch(color):
        raise invalid("channels.color", "A color is written like #b3402a.", details={"field": "color"})
    try:
        msgspec.convert(msgspec.to_builtins(channel), Channel)
    except msgspec.ValidationError as error:
        raise invalid("channels.invalid", f"This cannot be set: {error}.") from error
    name = clean_line(channel.name, field="name", limit=MAX_NAME, required=True)
    return structs.replace(
        channel,
        name=name,
        title=clean_line(channel.title, field="title", limit=MAX_TITLE) or name[:MAX_TITLE],
        subtitle=clean_line(channel.subtitle, field="subtitle", limit=MAX_SUBTITLE),
        color=color,
        allowed_origins=tuple(dict.fromkeys(clean_origin(origin) for origin in channel.allowed_origins)),
        form=checked_form(channel.form),
        widget=checked_widget(channel.widget),
    )


async def _check_targets(reader: Reader, organization_id: int, channel: Channel) -> None:
    """Raises `not_found` for a team or a bot that is not the organization's, `invalid` for a field that there is not."""
    teams = [parse_id(team) or 0 for line in channel.form for team in line.teams]
    for team_id in filter(None, [channel.team_id, *teams]):
        await find_team(reader, organization_id, team_id)
    check_form_fields(channel.form, await fields_in(reader, organization_id))
    if channel.bot_id is not None:
        agent = await load(reader, organization_id, channel.bot_id)
        if agent.kind is not AgentKind.BOT:
            raise not_found("bot")


def _announce(platform: Platform, tx: Transaction, organization_id: int) -> None:
    event = ChannelsChanged(organization_id)
    tx.after_commit(lambda: CHANNELS_CHANGED.publish(platform.bus, event))
