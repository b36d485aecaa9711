"""Saved filters: one's own, and those of one's teams."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.desk import store_filters as store
from frontdesk.desk.filter_types import (
    MAX_FILTER_NAME,
    MAX_FILTERS,
    Criteria,
    Filter,
    FilterChanges,
    NewFilter,
)
from frontdesk.desk.sharing import announce, own_teams_in, shared_with_in
from frontdesk.platform import Platform, Reader, Transaction


async def list_filters(platform: Platform, subject: Subject) -> Sequence[Filter]:
    """One's own and those that are shared with one's teams, in the order in which they were made."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Sequence[Filter]:
        return await store.find_for(reader, organization_id, subject.id, await own_teams_in(reader, subject))

    return await platform.database.read(organization_id, read)


async def create_filter(platform: Platform, subject: Subject, new: NewFilter) -> Filter:
    """Keep a filter. Raises `not_found` for a team that one is not in, and a `conflict` beyond 50 of one's own."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    identity, name, criteria = platform.ids.new(), _name(new.name), _checked(new.criteria)

    async def work(tx: Transaction) -> Filter:
        team_id = await shared_with_in(tx, subject, new.team_id)
        if await store.count_of(tx, subject.organization_id, subject.id) >= MAX_FILTERS:
            raise conflict(
                "desk.too-many-filters",
                f"You have saved {MAX_FILTERS} filters already.",
                hint="Delete one that you no longer need.",
            )
        saved = Filter(identity, subject.id, team_id, name, criteria)
        await store.insert(tx, subject.organization_id, saved)
        _announce(platform, tx, subject, saved)
        return saved

    return await platform.database.write(subject.organization_id, work)


async def change_filter(
    platform: Platform, subject: Subject, filter_id: int, changes: FilterChanges
) -> Filter:
    """Change what is set of a filter that one has made; anybody else's is as good as none."""
    require(subject, Permission.CONVERSATION_READ_OWN)

    async def work(tx: Transaction) -> Filter:
        known = await _own_in(tx, subject, filter_id)
        saved = known
        if changes.name is not UNSET:
            saved = structs.replace(saved, name=_name(changes.name))
        if changes.criteria is not UNSET:
            saved = structs.replace(saved, criteria=_checked(changes.criteria))
        if changes.team_id is not UNSET and changes.team_id != _text(known.team_id):
            saved = structs.replace(saved, team_id=await shared_with_in(tx, subject, changes.team_id))
        if saved != known:
            await store.update(tx, subject.organization_id, saved)
            _announce(platform, tx, subject, known, saved)
        return saved

    return await platform.database.write(subject.organization_id, work)


async def delete_filter(platform: Platform, subject: Subject, filter_id: int) -> None:
    """Remove a filter that one has made, for oneself and for the team that it was shared with."""
    require(subject, Permission.CONVERSATION_READ_OWN)

    async def work(tx: Transaction) -> None:
        known = await _own_in(tx, subject, filter_id)
        await store.delete(tx, subject.organization_id, filter_id)
        _announce(platform, tx, subject, known)

    await platform.database.write(subject.organization_id, work)


async def _own_in(reader: Reader, subject: Subject, filter_id: int) -> Filter:
    known = await store.find(reader, subject.organization_id, filter_id)
    if known is None or known.agent_id != subject.id:
        raise not_found("filter")
    return known


def _name(text: str) -> str:
    return clean_line(text, field="name", limit=MAX_FILTER_NAME, required=True)


def _checked(criteria: Criteria) -> Criteria:
    """What is no id at all is refused; one of nothing that there is lists nothing."""
    for name in ("team_id", "agent_id", "channel_id", "tag_id"):
        value: str | None = getattr(criteria, name)
        if value is not None and parse_id(value) is None:
            raise invalid("desk.filter", f"{name} is not an id.", details={"field": f"criteria.{name}"})
    return criteria


def _text(team_id: int | None) -> str | None:
    return None if team_id is None else str(team_id)


def _announce(platform: Platform, tx: Transaction, subject: Subject, *concerned: Filter) -> None:
    announce(platform, tx, subject, "filters", shared=any(each.team_id is not None for each in concerned))
