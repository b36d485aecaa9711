"""Wrap-up categories: the paths that agents choose from at the end of a conversation."""

from collections.abc import Sequence
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import forbidden, invalid
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.settings import store
from frontdesk.settings.events import SETTINGS_CHANGED
from frontdesk.settings.types import SettingsChanged

MAX_CATEGORIES: Final = 300
MAX_PATH: Final = 200
MAX_STEP: Final = 50


async def list_wrap_up_categories(platform: Platform, subject: Subject) -> list[str]:
    """The paths (`Orders/Refund`) in their order."""
    if not subject.is_staff:
        raise forbidden("settings.staff-only", "Only staff see the wrap-up categories.")
    return await platform.database.read(
        subject.organization_id, lambda reader: store.find_categories(reader, subject.organization_id)
    )


async def has_wrap_up_categories(reader: Reader, organization_id: int) -> bool:
    """Whether there is any category to choose from."""
    return bool(await store.find_categories(reader, organization_id))


async def replace_wrap_up_categories(platform: Platform, subject: Subject, paths: Sequence[str]) -> list[str]:
    """Replace the list. Conversations keep the path they were given, also when it is no longer listed."""
    require(subject, Permission.SETTINGS_MANAGE)
    if len(paths) > MAX_CATEGORIES:
        raise invalid("settings.too-many-categories", f"At most {MAX_CATEGORIES} categories are allowed.")
    cleaned = [_path(path) for path in paths]
    twice = {path for path in cleaned if cleaned.count(path) > 1}
    if twice:
        raise invalid(
            "settings.category-twice", f"“{min(twice)}” is listed twice.", hint="List each category once."
        )

    async def work(tx: Transaction) -> None:
        await store.replace_categories(tx, subject.organization_id, cleaned)
        target = Target("settings", subject.organization_id)
        await record_in(platform, tx, subject, Action.SETTINGS_CHANGED, target, fields=["wrap-up categories"])
        event = SettingsChanged(subject.organization_id, "wrap-up")
        tx.after_commit(lambda: SETTINGS_CHANGED.publish(platform.bus, event))

    await platform.database.write(subject.organization_id, work)
    return cleaned


def _path(text: str) -> str:
    steps = [clean_line(step, field="category", limit=MAX_STEP, required=True) for step in text.split("/")]
    return clean_line("/".join(steps), field="category", limit=MAX_PATH, required=True)
