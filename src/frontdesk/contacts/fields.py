"""The organization's own fields of contacts: which there are, of what kind, in which order."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import store_fields
from frontdesk.contacts.events import FIELDS_CHANGED
from frontdesk.contacts.types import (
    MAX_CHOICE,
    MAX_CHOICES,
    MAX_FIELDS,
    MAX_LABEL,
    Field,
    FieldChanges,
    FieldKind,
    FieldsChanged,
    NewField,
)
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


async def list_fields(platform: Platform, subject: Subject) -> Sequence[Field]:
    """All of them in their order, archived ones too."""
    require(subject, Permission.CONTACT_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: store_fields.find_all(reader, subject.organization_id)
    )


async def fields_in(reader: Reader, organization_id: int) -> Sequence[Field]:
    """The same for other services."""
    return await store_fields.find_all(reader, organization_id)


async def create_field(platform: Platform, subject: Subject, new: NewField) -> Field:
    """Add a field behind the others. Raises `conflict` when the key is taken, by an archived one too."""
    require(subject, Permission.SETTINGS_MANAGE)
    if _KEY.fullmatch(new.key) is None:
        raise invalid(
            "contacts.field-key",
            "This is no key for a field.",
            hint="Begin with a letter; then small letters, digits and _, 40 characters at most.",
            details={"field": "key"},
        )
    identity, label = platform.ids.new(), _label(new.label)
    choices = _choices(new.kind, new.choices)

    async def work(tx: Transaction) -> Field:
        others = await store_fields.find_all(tx, subject.organization_id)
        if len(others) >= MAX_FIELDS:
            raise conflict(
                "contacts.too-many-fields",
                f"There are {MAX_FIELDS} fields already.",
                hint="Use one of those that are archived.",
            )
        if any(other.key == new.key for other in others):
            raise conflict(
                "contacts.field-exists",
                f"There is a field with the key {new.key} already.",
                hint="Choose another key, or bring the archived field back.",
                details={"field": "key"},
            )
        field = Field(identity, new.key, label, new.kind, choices, len(others), archived=False)
        await store_fields.insert(tx, subject.organization_id, field)
        await record_in(platform, tx, subject, Action.FIELD_CREATED, _target(field), kind=field.kind.value)
        _announce(platform, tx, subject)
        return field

    return await platform.database.write(subject.organization_id, work)


async def change_field(platform: Platform, subject: Subject, field_id: int, changes: FieldChanges) -> Field:
    """Change what is set. What contacts have stays, also what is no longer a choice or stands in an archived field."""
    require(subject, Permission.SETTINGS_MANAGE)

    async def work(tx: Transaction) -> Field:
        known = await store_fields.find_all(tx, subject.organization_id)
        before = next((field for field in known if field.id == field_id), None)
        if before is None:
            raise not_found("field")
        changed = _changed(before, changes)
        others = [field for field in known if field.id != field_id]
        index = changed.position if changes.position is UNSET else min(max(changes.position, 0), len(others))
        for place, field in enumerate([*others[:index], changed, *others[index:]]):
            placed = structs.replace(field, position=place)
            if placed not in known:
                await store_fields.update(tx, subject.organization_id, placed)
        field = structs.replace(changed, position=index)
        if field != before:
            names = [name for name in structs.asdict(field) if getattr(field, name) != getattr(before, name)]
            await record_in(platform, tx, subject, Action.FIELD_CHANGED, _target(field), fields=sorted(names))
            _announce(platform, tx, subject)
        return field

    return await platform.database.write(subject.organization_id, work)


def _changed(field: Field, changes: FieldChanges) -> Field:
    if changes.label is not UNSET:
        field = structs.replace(field, label=_label(changes.label))
    if changes.choices is not UNSET:
        field = structs.replace(field, choices=_choices(field.kind, changes.choices))
    if changes.archived is not UNSET:
        field = structs.replace(field, archived=changes.archived)
    return field


def _label(text: str) -> str:
    return clean_line(text, field="label", limit=MAX_LABEL, required=True)


def _choices(kind: FieldKind, texts: Sequence[str]) -> list[str]:
    cleaned = [
        clean_line(text, field="choice", limit=MAX_CHOICE, required=True) for text in texts[: MAX_CHOICES + 1]
    ]
    wrong = ""
    if kind is not FieldKind.CHOICE and cleaned:
        wrong = "Only a field of the kind “choice” has choices."
    elif kind is FieldKind.CHOICE and not cleaned:
        wrong = "A field of the kind “choice” needs some."
    elif len(cleaned) > MAX_CHOICES:
        wrong = f"At most {MAX_CHOICES} choices are allowed."
    elif len(set(cleaned)) < len(cleaned):
        wrong = "A choice is listed twice."
    if wrong:
        raise invalid("contacts.choices", wrong, details={"field": "choices"})
    return cleaned


def _target(field: Field) -> Target:
    return Target("field", field.id, field.label)


def _announce(platform: Platform, tx: Transaction, subject: Subject) -> None:
    event = FieldsChanged(subject.organization_id)
    tx.after_commit(lambda: FIELDS_CHANGED.publish(platform.bus, event))
