"""Two records of one person become one."""

from collections.abc import Mapping
from itertools import islice
from typing import Final, TypeVar

from msgspec import structs

from frontdesk.contacts import store, store_history, store_tags
from frontdesk.contacts.blocks import store as block_store
from frontdesk.contacts.changing import change_in
from frontdesk.contacts.records import get_contact_in
from frontdesk.contacts.types import MAX_ATTRIBUTES, MAX_REMARK, Author, Change, Contact, Merge, Pick, Value
from frontdesk.core.errors import FrontdeskError, conflict, invalid
from frontdesk.platform import Platform, Transaction

_FACTS: Final = ("email", "phone", "company")
_OWN: Final = "fields."
_T = TypeVar("_T")


async def merge_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    contact_id: int,
    merge: Merge,
    *,
    author: Author,
) -> Contact:
    """Make one contact of two, and lead whoever asks for the other's id to it; returns what it is then.

    Blocks, tags and visits go along. What others keep about the former contact is theirs to move or to look for under
    its id. Raises `not_found` for what the organization does not have, and a `conflict` for what cannot be one person
    or has changed since it was seen.
    """
    kept = await get_contact_in(tx, organization_id, contact_id)
    other = await get_contact_in(tx, organization_id, merge.other_id)
    _can_be_one(kept, other)
    if merge.version not in {None, kept.version} or merge.other_version not in {None, other.version}:
        raise conflict(
            "contacts.changed-meanwhile",
            "Somebody else has just changed one of the two.",
            hint="Look at what they are now, and merge them again.",
        )
    contact = _one_of(kept, other, merge.picks)
    await block_store.move(tx, organization_id, other.id, kept.id)
    await store_tags.take_all(tx, organization_id, [other.id])
    await store.mark_merged(tx, organization_id, other.id, into=kept.id)
    contact = await change_in(platform, tx, kept, contact, author)
    told = Change(platform.ids.new(), platform.clock.now(), author, "merged", None, other.name)
    await store_history.insert(tx, organization_id, contact.id, contact.version, told)
    return contact


async def lead_in(tx: Transaction, organization_id: int, part_id: int, into_id: int) -> None:
    """A part belongs to somebody else: from now on its id leads there. The facts stay where they were written."""
    await store.mark_merged(tx, organization_id, part_id, into=into_id)


def _can_be_one(kept: Contact, other: Contact) -> None:
    if kept.id == other.id:
        raise conflict("contacts.merge-same", "This is one contact already.", hint="Choose another one.")
    if kept.external_id is not None and other.external_id is not None:
        raise conflict(
            "contacts.merge-two-known",
            "The company knows these as two different people: each has an id of its own.",
            hint="Only a record without such an id can become a part of another.",
        )
    if other.external_id is not None:
        raise conflict(
            "contacts.merge-known",
            "The company knows this one under an id of its own, so it has to stay.",
            hint="Merge them the other way round.",
        )


def _one_of(kept: Contact, other: Contact, picks: Mapping[str, Pick]) -> Contact:
    keys = sorted({*kept.fields, *other.fields})
    _check(picks, {"name", "remark", *_FACTS, *(_OWN + key for key in keys)})
    newer = max(kept, other, key=lambda contact: contact.last_seen_at)
    name = _named(kept, other, picks.get("name"))
    fields: dict[str, Value] = {}
    for key in keys:
        value = _picked(kept.fields.get(key), other.fields.get(key), picks.get(_OWN + key), empty=None)
        if value is not None:
            fields[key] = value
    facts = {
        fact: _picked(getattr(kept, fact), getattr(other, fact), picks.get(fact), empty="") for fact in _FACTS
    }
    return structs.replace(
        kept,
        **facts,
        name=name.name,
        name_given=name.name_given,
        remark=_remark(kept, other, picks.get("remark")),
        fields=fields,
        tags=tuple(dict.fromkeys((*kept.tags, *other.tags))),
        first_seen_at=min(kept.first_seen_at, other.first_seen_at),
        last_seen_at=newer.last_seen_at,
        visits=kept.visits + other.visits,
        page=newer.page or kept.page,
        page_attributes=_said_of(newer, other if newer is kept else kept),
    )


def _said_of(newer: Contact, older: Contact) -> Mapping[str, Value]:
    """What pages say of both: the newer's, and of the older's what is not among it, as far as there is room."""
    together = {**newer.page_attributes, **older.page_attributes, **newer.page_attributes}
    return dict(islice(together.items(), MAX_ATTRIBUTES))


def _picked(kept: _T, other: _T, pick: Pick | None, *, empty: _T) -> _T:
    if pick is None:
        return other if kept == empty else kept
    return other if pick is Pick.OTHER else kept


def _named(kept: Contact, other: Contact, pick: Pick | None) -> Contact:
    """Whose name stands: the picked one's, else the one that somebody gave."""
    if pick is None:
        return other if other.name_given and not kept.name_given else kept
    return other if pick is Pick.OTHER else kept


def _remark(kept: Contact, other: Contact, pick: Pick | None) -> str:
    if pick in {Pick.KEPT, Pick.OTHER}:
        return kept.remark if pick is Pick.KEPT else other.remark
    remark = "\n".join(filter(None, (kept.remark, other.remark)))
    if pick is None:
        return remark[:MAX_REMARK]
    if len(remark) > MAX_REMARK:
        raise invalid(
            "contacts.remarks-too-long",
            f"Together the two remarks are longer than {MAX_REMARK} characters.",
            hint="Keep one of them, or shorten them first.",
            details={"field": "remark"},
        )
    return remark


def _check(picks: Mapping[str, Pick], known: set[str]) -> None:
    for name, pick in picks.items():
        if name not in known or (pick is Pick.BOTH and name != "remark"):
            raise _unknown(name)


def _unknown(name: str) -> FrontdeskError:
    return invalid(
        "contacts.pick",
        "There is nothing like this to choose between.",
        hint="Choose name, email, phone, company, remark, or fields. and a key; both only of remarks.",
        details={"field": f"picks.{name[:60]}"},
    )
