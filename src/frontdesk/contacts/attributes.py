"""What the page around the chat says of a visitor.

Whoever sits at the browser can make it say anything. So it is shown to staff as what it is, and decides nothing: not who
somebody is, not where they are routed, and no field of the record.
"""

import re
from collections.abc import Mapping
from typing import Final
from weakref import WeakKeyDictionary

from msgspec import structs

from frontdesk.contacts import store
from frontdesk.contacts.changing import show_in
from frontdesk.contacts.records import get_contact_in
from frontdesk.contacts.types import (
    MAX_ATTRIBUTE_TEXT,
    MAX_ATTRIBUTES,
    MAX_NUMBER,
    Value,
)
from frontdesk.core.errors import FrontdeskError, busy, forbidden, invalid
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean_line
from frontdesk.platform import Bus, Platform, Transaction
from frontdesk.platform.buckets import Buckets

BURST: Final = 20
_PER_SECOND: Final = 0.5
_NAME: Final = re.compile(r"[^\W\d_][\w .-]{0,39}")
_paces: Final[WeakKeyDictionary[Bus, Buckets]] = WeakKeyDictionary()


async def describe(
    platform: Platform, subject: Subject, attributes: Mapping[str, Value | None]
) -> Mapping[str, Value | None]:
    """Add to what the page says of this visitor; None, or an empty text, takes one away. Returns it as it was kept.

    Saying the same again changes nothing. Raises `invalid` for a name, a value or a number of them that is too much, and
    `busy` for a page that says something new all the time.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("contacts.visitors-only", "Only a visitor's page says something of them here.")
    _admit(platform, subject)
    said = {_name(name): _value(name, value) for name, value in attributes.items()}
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        known = await get_contact_in(tx, organization_id, subject.id)
        together = {**known.page_attributes, **said}
        kept = {name: value for name, value in together.items() if value is not None}
        if _same(kept, known.page_attributes):
            return
        if len(kept) > MAX_ATTRIBUTES:
            raise invalid(
                "contacts.attributes-many",
                f"A page says at most {MAX_ATTRIBUTES} things of a visitor.",
                hint="Take some away by setting them to null.",
                details={"field": "attributes", "limit": MAX_ATTRIBUTES},
            )
        contact = structs.replace(known, page_attributes=kept)
        await store.update(tx, organization_id, contact)
        await show_in(platform, tx, contact)

    await platform.database.write(organization_id, work)
    return said


def _admit(platform: Platform, subject: Subject) -> None:
    pace = _paces.get(platform.bus)
    if pace is None:
        pace = _paces[platform.bus] = Buckets(platform.clock, burst=BURST, per_second=_PER_SECOND)
    wait = pace.take(str(subject.id))
    if wait:
        raise busy("contacts.attributes-too-fast", "The page says too much at once.", retry_after=wait)


def _name(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise _wrong(
            name, "Name it by a letter and up to 39 more letters, digits, spaces, dots, dashes or _."
        )
    return name


def _value(name: str, value: Value | None) -> Value | None:
    match value:
        case bool():
            return value
        case int() | float():
            if abs(value) > MAX_NUMBER:
                raise _wrong(name, f"Give a number between -{MAX_NUMBER} and {MAX_NUMBER}.")
            return value
        case str():
            return clean_line(value, field=name, limit=MAX_ATTRIBUTE_TEXT) or None
        case None:
            return None


def _same(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Numbers and truth are different things, though Python finds 1 and True equal."""
    return one == other and all(type(value) is type(other[name]) for name, value in one.items())


def _wrong(name: str, hint: str) -> FrontdeskError:
    return invalid(
        "contacts.attribute",
        "The page cannot say this of a visitor.",
        hint=hint,
        details={"field": f"attributes.{name[:40]}"},
    )
