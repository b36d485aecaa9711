"""A large team to dispatch for: many agents with skills, and a long queue of visitors who need them."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.auth import PERMISSIONS, create_organization
from frontdesk.contacts import VisitedPage, visit_in
from frontdesk.conversations import Conversation, Draft, EntryKind, Queued, Sender, open_in
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.dispatch import Routing, change_in, set_routing
from frontdesk.dispatch.types import AttributeRule, Comparison, Condition
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import change
from frontdesk.staff import (
    AgentChanges,
    NewAgent,
    Policy,
    Status,
    Weight,
    connected,
    create_agent,
    create_team,
    set_members,
    set_status,
    update_agent,
)

CHANNEL: Final = 7
AGENTS: Final = 200
SKILLS: Final = 20
SKILLS_OF_EACH: Final = 5
TOGETHER: Final = 50


class Floor(Struct, frozen=True):
    """The organization, its one team, and the agents, all of whom are busy: nobody is given anything yet."""

    organization: int
    team: int
    agents: Sequence[Subject]


async def make_floor(platform: Platform, *, capacity: int) -> Floor:
    """Agents with five of twenty skills each; a rule for every skill, which a parameter of the page asks for."""
    organization = (await create_organization(platform, f"floor-{platform.ids.new()}", "Floor")).id
    system = system_subject(organization)
    await change(platform, system, {"max_waiting": 0, "queue_timeout_s": 0})
    agents = [await _agent(platform, system, number, capacity) for number in range(AGENTS)]
    team = await create_team(platform, system, "Floor", Policy.LEAST_BUSY, None)
    await set_members(platform, system, team.id, [Weight(one.id) for one in agents])
    rules = tuple(
        AttributeRule((Condition("parameter.topic", Comparison.IS, f"t{skill}"),), {f"s{skill}": 2})
        for skill in range(SKILLS)
    )
    await set_routing(platform, system, team.id, Routing(attributes=rules))
    return Floor(organization, team.id, agents)


async def _agent(platform: Platform, system: Subject, number: int, capacity: int) -> Subject:
    new = NewAgent(
        username=f"agent{number}", name=f"Agent {number}", password=new_secret(), capacity=capacity
    )
    made = await create_agent(platform, system, new)
    skills = {f"s{(number + step * 3) % SKILLS}": 3 for step in range(SKILLS_OF_EACH)}
    await update_agent(platform, system, made.id, AgentChanges(skills=skills))
    subject = Subject(
        system.organization_id,
        SubjectKind.AGENT,
        made.id,
        session_id=1,
        role=Role.AGENT,
        permissions=PERMISSIONS[Role.AGENT],
    )
    await connected(platform, subject, f"socket-{made.id}")
    await set_status(platform, subject, Status.BUSY)
    return subject


async def fill_queue(platform: Platform, floor: Floor, count: int) -> None:
    """So many visitors wait for the team, each for one of the skills."""
    for start in range(0, count, TOGETHER):
        numbers = range(start, min(count, start + TOGETHER))

        async def work(tx: Transaction, numbers: range = numbers) -> None:
            for number in numbers:
                opened = await open_visit(platform, tx, floor, number % SKILLS)
                visitor = Sender(SubjectKind.VISITOR, str(opened.contact_id))
                draft = Draft(EntryKind.QUEUED, visitor, Queued(str(floor.team), "visitor"))
                await change_in(platform, tx, floor.organization, opened.id, [draft])

        await platform.database.write(floor.organization, work)


async def open_visit(platform: Platform, tx: Transaction, floor: Floor, topic: int) -> Conversation:
    """A visitor on a page about this topic, with a conversation that nobody has yet."""
    contact = platform.ids.new()
    await visit_in(
        platform,
        tx,
        floor.organization,
        contact_id=contact,
        channel_id=CHANNEL,
        language="en",
        page=VisitedPage(f"https://shop.example/help?topic=t{topic}"),
    )
    return await open_in(
        platform,
        tx,
        organization_id=floor.organization,
        channel_id=CHANNEL,
        contact_id=contact,
        contact_name="Visitor",
        language="en",
        page=None,
    )
