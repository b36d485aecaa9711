"""Making, changing, removing and listing panels. Secrets are shown when they are made, and never again."""

from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import Permission, require, require_in_person
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.panels import store
from frontdesk.panels.addresses import clean_address
from frontdesk.panels.types import MAX_NAME, MAX_PANELS, NewPanel, Panel, PanelChanges
from frontdesk.platform import Platform, Reader, Transaction


async def list_panels(platform: Platform, subject: Subject) -> list[Panel]:
    """Oldest first; for everybody who reads conversations, themselves."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    require_in_person(subject)
    organization_id = subject.organization_id
    return await platform.database.read(
        organization_id, lambda reader: store.find_all(reader, organization_id)
    )


async def create_panel(platform: Platform, subject: Subject, new: NewPanel) -> Panel:
    """A panel with a fresh secret. Raises `conflict` when there are as many as an agent can look at."""
    require(subject, Permission.SETTINGS_MANAGE)
    organization_id = subject.organization_id
    panel = _checked(
        platform,
        Panel(
            id=platform.ids.new(),
            organization_id=organization_id,
            code=new_secret(),
            name=new.name,
            url=new.url,
            secret=new_secret(),
            created_at=platform.clock.now(),
        ),
    )

    async def work(tx: Transaction) -> None:
        if len(await store.find_all(tx, organization_id)) >= MAX_PANELS:
            raise conflict(
                "panels.too-many",
                f"There are {MAX_PANELS} panels already.",
                hint="Remove one, or let one page show what two did.",
            )
        await store.insert(tx, organization_id, panel)
        await record_in(platform, tx, subject, Action.PANEL_CREATED, _target(panel))

    await platform.database.write(organization_id, work)
    return panel


async def update_panel(platform: Platform, subject: Subject, panel_id: int, changes: PanelChanges) -> Panel:
    """Change what is set. At another origin the page needs the secret, too: what is signed from now on is for that one."""
    require(subject, Permission.SETTINGS_MANAGE)
    organization_id = subject.organization_id
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}

    async def work(tx: Transaction) -> Panel:
        before = await get_in(tx, organization_id, panel_id)
        after = _checked(platform, structs.replace(before, **set_ones))
        await store.update(tx, organization_id, after)
        facts = changed_fields(changes)
        await record_in(platform, tx, subject, Action.PANEL_CHANGED, _target(after), **facts)
        return after

    return await platform.database.write(organization_id, work)


async def renew_secret(platform: Platform, subject: Subject, panel_id: int) -> Panel:
    """The panel with another secret, with which everything is signed from now on."""
    require(subject, Permission.SETTINGS_MANAGE)
    organization_id = subject.organization_id
    secret = new_secret()

    async def work(tx: Transaction) -> Panel:
        panel = structs.replace(await get_in(tx, organization_id, panel_id), secret=secret)
        await store.update(tx, organization_id, panel)
        await record_in(platform, tx, subject, Action.PANEL_SECRET_RENEWED, _target(panel))
        return panel

    return await platform.database.write(organization_id, work)


async def remove_panel(platform: Platform, subject: Subject, panel_id: int) -> None:
    """Nothing is signed for it from now on, and its frame is gone."""
    require(subject, Permission.SETTINGS_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        panel = await get_in(tx, organization_id, panel_id)
        await store.delete(tx, organization_id, panel_id)
        await record_in(platform, tx, subject, Action.PANEL_REMOVED, _target(panel))

    await platform.database.write(organization_id, work)


async def get_in(reader: Reader, organization_id: int, panel_id: int) -> Panel:
    """The panel. Raises `not_found` for an id that is not a panel of this organization."""
    panel = await store.find(reader, organization_id, panel_id)
    if panel is None:
        raise not_found("panel")
    return panel


def _target(panel: Panel) -> Target:
    return Target("panel", panel.id, panel.name)


def _checked(platform: Platform, panel: Panel) -> Panel:
    return structs.replace(
        panel,
        name=clean_line(panel.name, field="name", limit=MAX_NAME, required=True),
        url=clean_address(panel.url, own=platform.config.listen.public_url),
    )
