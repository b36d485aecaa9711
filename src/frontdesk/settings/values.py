"""Reading settings from memory, and changing them."""

from collections.abc import Mapping
from typing import Final, cast
from weakref import WeakKeyDictionary

import msgspec
import structlog

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import forbidden, invalid
from frontdesk.core.subject import Subject
from frontdesk.platform import Bus, Platform, Reader, Transaction
from frontdesk.settings import store
from frontdesk.settings.events import SETTINGS_CHANGED
from frontdesk.settings.types import Settings, SettingsChanged, SettingsView

logger = structlog.get_logger("frontdesk.settings")

MAX_AGE_S: Final = 60.0
DEFAULTS: Final = Settings()


class _Copies:
    """What this process keeps in memory; one for each bus, so for each process."""

    def __init__(self, bus: Bus) -> None:
        self._kept: dict[int, tuple[Settings, float]] = {}
        self._changes = 0
        self._heard = False
        SETTINGS_CHANGED.subscribe(bus, self._forget)
        bus.on_loss(self._forget_all)

    async def get(self, platform: Platform, organization_id: int) -> Settings:
        if not self._heard:
            await platform.bus.subscribed()
            self._heard = True
        kept = self._kept.get(organization_id)
        now = platform.clock.monotonic()
        if kept is not None and now - kept[1] < MAX_AGE_S:
            return kept[0]
        changes = self._changes
        settings = await platform.database.read(
            organization_id, lambda reader: _load(reader, organization_id)
        )
        if changes == self._changes:  # else somebody changed them while they were read
            self._kept[organization_id] = (settings, now)
        return settings

    def _forget(self, event: SettingsChanged) -> None:
        self._changes += 1
        self._kept.pop(event.organization_id, None)

    def _forget_all(self) -> None:
        self._changes += 1
        self._kept.clear()


_copies: Final[WeakKeyDictionary[Bus, _Copies]] = WeakKeyDictionary()


async def get(platform: Platform, organization_id: int) -> Settings:
    """What holds in an organization, from memory.

    A change counts from the moment it is committed in this process, and elsewhere from the moment its news arrives, or
    that news may have been lost is told; within a minute in any case.
    """
    copies = _copies.get(platform.bus)
    if copies is None:
        copies = _copies[platform.bus] = _Copies(platform.bus)
    return await copies.get(platform, organization_id)


async def view(platform: Platform, subject: Subject) -> SettingsView:
    """What holds, for staff."""
    if not subject.is_staff:
        raise forbidden("settings.staff-only", "Only staff see the settings.")
    return SettingsView(await get(platform, subject.organization_id), DEFAULTS)


async def change(platform: Platform, subject: Subject, patch: Mapping[str, object]) -> SettingsView:
    """Change some settings; null puts one back to its default, and within texts only the given languages change.

    Raises an `invalid` error that names the setting when one is unknown or outside its limits; then none is changed.
    """
    require(subject, Permission.SETTINGS_MANAGE)
    unknown = sorted(set(patch) - set(Settings.__struct_fields__))
    if unknown:
        raise invalid(
            "settings.unknown",
            f"There is no setting “{unknown[0][:60]}”.",
            details={"field": unknown[0][:60]},
        )
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> Settings:
        before = await _load(tx, organization_id)
        settings = _merge(before, patch)
        for name in patch:
            value: object = getattr(settings, name)
            if value == getattr(DEFAULTS, name):
                await store.remove(tx, organization_id, name)
            else:
                text = msgspec.json.encode(value).decode()
                await store.put(tx, organization_id, name, text, changed_by=subject.id, now=now)
        target = Target("settings", organization_id)
        await record_in(platform, tx, subject, Action.SETTINGS_CHANGED, target, fields=sorted(patch))
        event = SettingsChanged(organization_id)
        tx.after_commit(lambda: SETTINGS_CHANGED.publish(platform.bus, event))
        return settings

    return SettingsView(await platform.database.write(organization_id, work), DEFAULTS)


def _merge(before: Settings, patch: Mapping[str, object]) -> Settings:
    tree = cast(dict[str, object], msgspec.to_builtins(before))
    for name, value in patch.items():
        known = tree.get(name)
        if value is None:
            tree.pop(name, None)
        elif isinstance(known, dict) and isinstance(value, dict):
            tree[name] = {**cast(dict[str, object], known), **cast(dict[str, object], value)}
        else:
            tree[name] = value
    try:
        return msgspec.convert(tree, Settings)
    except msgspec.ValidationError as error:
        raise invalid(
            "settings.invalid",
            f"This cannot be set: {error}.",
            hint="The field's description says its limits.",
        ) from error


async def _load(reader: Reader, organization_id: int) -> Settings:
    """Defaults with what the organization changed. A stored value that no longer fits counts as unchanged."""
    tree: dict[str, object] = {}
    for name, value in (await store.find(reader, organization_id)).items():
        candidate = {name: msgspec.json.decode(value)}
        try:
            msgspec.convert(candidate, Settings)
        except msgspec.ValidationError:
            logger.warning("settings.stored.invalid", organization_id=organization_id, name=name)
        else:
            tree |= candidate
    return msgspec.convert(tree, Settings)
