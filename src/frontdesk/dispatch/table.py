"""A team's people as the database has them, laid out for a walk along its queue."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.seat import Seat
from frontdesk.dispatch.store import addressees, seats
from frontdesk.dispatch.store.seats import Places
from frontdesk.dispatch.types import Agent
from frontdesk.dispatch.walk import Table
from frontdesk.platform import Reader, Transaction
from frontdesk.staff import UNLIMITED, Member, Status, load, members_of_departments, team_members

_WRAPPING_UP: Final = "wrapping_up"


class Laid(Struct, frozen=True):
    """A table as if every seat followed staff's capacity. `behind`: the agents whose seats do not yet.

    `departments`: those for which somebody waits, as far as there still are such departments.
    """

    table: Table
    behind: Sequence[Places]
    departments: frozenset[int] = frozenset()


async def lay(reader: Reader, organization_id: int, team_id: int, now: Millis) -> Laid:
    """The team's people, and those outside of it for whom, or for whose department, somebody waits in its queue."""
    members = list(await people_of(reader, organization_id, team_id))
    inside = {member.agent_id for member in members}
    asked_for = await addressees.of_team(reader, organization_id, team_id)
    departments = await _departments(reader, organization_id, asked_for.departments)
    place_of = {one.agent_id: identity for identity, people in departments.items() for one in people}
    members += [one for people in departments.values() for one in people if one.agent_id not in inside]
    laid = {member.agent_id for member in members}
    members += [await _outsider(reader, organization_id, one) for one in asked_for.agents if one not in laid]
    known = await seats.find_many(reader, organization_id, [member.agent_id for member in members])
    turns = await seats.turns(reader, organization_id, team_id)
    agents = [
        _agent(
            one,
            known.get(one.agent_id),
            turns.get(one.agent_id, 0),
            in_team=one.agent_id in inside,
            department_id=place_of.get(one.agent_id),
            now=now,
        )
        for one in members
    ]
    behind = [
        Places(one.agent_id, one.capacity, one.limits)
        for one in members
        if _is_behind(one, known.get(one.agent_id))
    ]
    return Laid(Table(agents), behind, frozenset(departments))


async def fit(tx: Transaction, organization_id: int, laid: Laid) -> None:
    """Make the seats that are missing, and those of another capacity, what staff says now."""
    await seats.set_places(tx, organization_id, laid.behind)


async def people_of(reader: Reader, organization_id: int, team_id: int) -> Sequence[Member]:
    """The team's human members."""
    return _people(await team_members(reader, organization_id, team_id))


async def people_of_department(
    reader: Reader, organization_id: int, department_id: int
) -> Sequence[Member] | None:
    """The department's people; None for one that was removed or is not this organization's."""
    found = await members_of_departments(reader, organization_id, [department_id])
    return _people(found[department_id]) if department_id in found else None


async def _departments(
    reader: Reader, organization_id: int, department_ids: Sequence[int]
) -> Mapping[int, Sequence[Member]]:
    """By department, its people."""
    if not department_ids:
        return {}
    found = await members_of_departments(reader, organization_id, department_ids)
    return {identity: _people(members) for identity, members in found.items()}


def _people(members: Sequence[Member]) -> Sequence[Member]:
    return [member for member in members if member.capacity < UNLIMITED]


async def _outsider(reader: Reader, organization_id: int, agent_id: int) -> Member:
    agent = await load(reader, organization_id, agent_id)
    return Member(
        agent.id,
        1,
        agent.nickname,
        agent.capacity,
        agent.status,
        agent.status_since,
        agent.skills,
        agent.limits,
    )


def _is_behind(member: Member, seat: Seat | None) -> bool:
    return seat is None or (seat.capacity, seat.limits) != (member.capacity, member.limits)


def _agent(
    member: Member, seat: Seat | None, turn: int, *, in_team: bool, department_id: int | None, now: Millis
) -> Agent:
    last, freed = (None, None) if seat is None else (seat.last_assigned_at, seat.freed_at)
    wraps = member.status is Status.ONLINE and seat is not None and (seat.wraps_until or 0) > now
    return Agent(
        id=member.agent_id,
        status=_WRAPPING_UP if wraps else member.status,
        load=0 if seat is None else seat.load + seat.reserved,
        capacity=member.capacity,
        weight=member.weight,
        turn=turn,
        last_assigned_at=last,
        in_team=in_team,
        free_since=max(last or 0, freed or 0, member.status_since),
        skills=member.skills,
        department_id=department_id,
        limits=member.limits,
        taken=seat.taken if member.limits and seat is not None else {},
    )
