"""The form before the chat at work: asked for when a visitor comes, read when the conversation opens."""

from collections.abc import Sequence
from contextlib import suppress

from frontdesk.channels.asking import AskedLine, Filled, FormValues, Known, left_to_ask, read_answers
from frontdesk.channels.form import FormKind
from frontdesk.channels.types import Channel
from frontdesk.contacts import Contact, fields_in, introduce_in
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.ids import parse_id
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import find_team


async def asked_in(reader: Reader, channel: Channel, contact: Contact, language: str) -> Sequence[AskedLine]:
    """What this visitor is asked before the chat."""
    if not channel.form:
        return ()
    return left_to_ask(channel.form, await _known_in(reader, channel, contact), language)


async def fill_in(
    platform: Platform,
    tx: Transaction,
    channel: Channel,
    contact: Contact,
    *,
    given: FormValues,
    language: str,
) -> tuple[Contact, Filled]:
    """The visitor's answers, and their record with what nobody had said yet. Raises `invalid`, as `read_answers` does."""
    if not channel.form:
        return contact, Filled()
    filled = read_answers(channel.form, await _known_in(tx, channel, contact), given, language)
    contact = await introduce_in(
        platform,
        tx,
        channel.organization_id,
        contact.id,
        name=filled.name,
        email=filled.email,
        phone=filled.phone,
        fields=filled.fields,
    )
    return contact, filled


async def _known_in(reader: Reader, channel: Channel, contact: Contact) -> Known:
    kinds = {line.kind for line in channel.form}
    fields = await fields_in(reader, channel.organization_id) if FormKind.FIELD in kinds else ()
    teams: dict[int, str] = {}
    for team_id in (parse_id(team) for line in channel.form for team in line.teams):
        with suppress(FrontdeskError):
            if team_id is not None:
                teams[team_id] = (await find_team(reader, channel.organization_id, team_id)).name
    return Known(contact, fields, teams)
