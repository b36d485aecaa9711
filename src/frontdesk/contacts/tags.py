"""Tags: which there are, and giving them to contacts."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import store_tags
from frontdesk.contacts.changing import change_in
from frontdesk.contacts.events import TAGS_CHANGED
from frontdesk.contacts.records import get_contact_in, require_staff
from frontdesk.contacts.types import (
    MAX_TAG,
    MAX_TAGS,
    MAX_TAGS_EACH,
    Author,
    Contact,
    NewTag,
    Source,
    Tag,
    TagChanges,
    TagsChanged,
)
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction


async def list_tags(platform: Platform, subject: Subject) -> Sequence[Tag]:
    """By name, archived ones too."""
    require(subject, Permission.CONTACT_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: tags_in(reader, subject.organization_id)
    )


async def tags_in(reader: Reader, organization_id: int) -> Sequence[Tag]:
    """The same for other services."""
    return await store_tags.find_all(reader, organization_id)


async def create_tag(platform: Platform, subject: Subject, new: NewTag) -> Tag:
    """Add a tag. One of the same name, in whatever capitals, is the same tag: it is returned, no longer archived."""
    require(subject, Permission.TAG_MANAGE)
    draft = Tag(platform.ids.new(), _name(new.name), new.color, archived=False)

    async def work(tx: Transaction) -> Tag:
        known = await store_tags.find_all(tx, subject.organization_id)
        same = _named(known, draft.name)
        if same is not None:
            return await _keep_in(platform, tx, subject, same, structs.replace(same, archived=False))
        if len(known) >= MAX_TAGS:
            raise conflict(
                "contacts.too-many-tags",
                f"There are {MAX_TAGS} tags already.",
                hint="Rename one that is archived.",
            )
        await store_tags.insert(tx, subject.organization_id, draft)
        await record_in(platform, tx, subject, Action.TAG_CREATED, _target(draft))
        _announce(platform, tx, subject)
        return draft

    return await platform.database.write(subject.organization_id, work)


async def change_tag(platform: Platform, subject: Subject, tag_id: int, changes: TagChanges) -> Tag:
    """Change what is set. Who has an archived tag keeps it; nobody gets it anew."""
    require(subject, Permission.TAG_MANAGE)

    async def work(tx: Transaction) -> Tag:
        known = await store_tags.find_all(tx, subject.organization_id)
        before = next((tag for tag in known if tag.id == tag_id), None)
        if before is None:
            raise not_found("tag")
        tag = before
        if changes.name is not UNSET:
            tag = structs.replace(tag, name=_name(changes.name))
        if changes.color is not UNSET:
            tag = structs.replace(tag, color=changes.color)
        if changes.archived is not UNSET:
            tag = structs.replace(tag, archived=changes.archived)
        same = _named(known, tag.name)
        if same is not None and same.id != tag.id:
            raise conflict(
                "contacts.tag-exists",
                f"There is a tag called “{same.name}” already.",
                hint="Choose another name.",
                details={"field": "name"},
            )
        return await _keep_in(platform, tx, subject, before, tag)

    return await platform.database.write(subject.organization_id, work)


async def give_tag(platform: Platform, subject: Subject, contact_id: int, tag_id: int) -> Contact:
    """Mark a contact with a tag. A repeat changes nothing. Raises `not_found` for an archived tag."""
    require_staff(subject, Permission.CONTACT_EDIT)

    async def work(tx: Transaction) -> Contact:
        known = await get_contact_in(tx, subject.organization_id, contact_id)
        if tag_id in known.tags:
            return known
        await usable_tag_in(tx, subject.organization_id, tag_id)
        if len(known.tags) >= MAX_TAGS_EACH:
            raise too_many_tags()
        tagged = structs.replace(known, tags=(*known.tags, tag_id))
        return await change_in(platform, tx, known, tagged, Author(Source.AGENT, subject.id))

    return await platform.database.write(subject.organization_id, work)


async def take_tag(platform: Platform, subject: Subject, contact_id: int, tag_id: int) -> Contact:
    """Take a tag off a contact again, an archived one as well. A repeat changes nothing."""
    require_staff(subject, Permission.CONTACT_EDIT)

    async def work(tx: Transaction) -> Contact:
        known = await get_contact_in(tx, subject.organization_id, contact_id)
        tagged = structs.replace(known, tags=tuple(each for each in known.tags if each != tag_id))
        return await change_in(platform, tx, known, tagged, Author(Source.AGENT, subject.id))

    return await platform.database.write(subject.organization_id, work)


async def usable_tag_in(reader: Reader, organization_id: int, tag_id: int) -> Tag:
    """A tag that something can be marked with; raises `not_found` for none and for an archived one."""
    tag = await store_tags.find(reader, organization_id, tag_id)
    if tag is None or tag.archived:
        raise not_found("tag")
    return tag


def too_many_tags() -> Exception:
    return conflict(
        "contacts.tags-full", f"At most {MAX_TAGS_EACH} tags fit here.", hint="Take one off first."
    )


async def _keep_in(platform: Platform, tx: Transaction, subject: Subject, before: Tag, tag: Tag) -> Tag:
    if tag != before:
        await store_tags.update(tx, subject.organization_id, tag)
        await record_in(
            platform, tx, subject, Action.TAG_CHANGED, _target(before), name=tag.name, color=tag.color.value
        )
        _announce(platform, tx, subject)
    return tag


def _named(known: Sequence[Tag], name: str) -> Tag | None:
    return next((tag for tag in known if store_tags.folded(tag.name) == store_tags.folded(name)), None)


def _name(text: str) -> str:
    return clean_line(text, field="name", limit=MAX_TAG, required=True)


def _target(tag: Tag) -> Target:
    return Target("tag", tag.id, tag.name)


def _announce(platform: Platform, tx: Transaction, subject: Subject) -> None:
    event = TagsChanged(subject.organization_id)
    tx.after_commit(lambda: TAGS_CHANGED.publish(platform.bus, event))
