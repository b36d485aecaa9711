"""A small organization for the dispatch tests: agents, teams, a bot, visitors, and a dispatcher that one can wait for."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
from typing_extensions import override

from frontdesk.auth import PERMISSIONS
from frontdesk.contacts import VisitedPage, visit_in
from frontdesk.conversations import (
    Assigned,
    Conversation,
    Draft,
    EntryKind,
    Sender,
    Text,
    append_in,
    deliver_subject,
    get_in,
    open_in,
)
from frontdesk.core.channels import ChannelKind
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.dispatch import Dispatcher, Routing, request_human, set_routing
from frontdesk.dispatch.seat import Seat
from frontdesk.dispatch.store import queue, seats
from frontdesk.dispatch.types import QueueItem
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks
from frontdesk.staff import (
    AgentChanges,
    AgentKind,
    NewAgent,
    Policy,
    Status,
    TeamChanges,
    Weight,
    card,
    connected,
    create_agent,
    create_department,
    create_team,
    set_members,
    set_status,
    update_agent,
    update_team,
)

CHANNEL = 301
FIRST_CONTACT = 9_000


class ManualTasks(Tasks):
    """Runs what events start; what repeats by time is left to the test."""

    @override
    def every(self, name: str, seconds: float, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        async def nothing() -> None: ...

        return self.run_once(name, nothing())


class World:
    """Everything a test does to one organization."""

    def __init__(self, platform: Platform, organization: int) -> None:
        self.platform = platform
        self.organization = organization
        self.system = system_subject(organization)
        self.tasks = ManualTasks()
        self.dispatcher = Dispatcher(platform)
        self._contacts = FIRST_CONTACT
        self._names = 0

    # ---- people ----------------------------------------------------------------------------------------------------

    async def add_agent(
        self, capacity: int = 2, *, status: Status = Status.ONLINE, role: Role = Role.AGENT
    ) -> Subject:
        self._names += 1
        new = NewAgent(
            username=f"agent{self._names}",
            name=f"Agent {self._names}",
            password="correct horse battery",
            capacity=capacity,
            role=role,
        )
        made = await create_agent(self.platform, self.system, new)
        subject = Subject(
            self.organization,
            SubjectKind.AGENT,
            made.id,
            session_id=1,
            role=role,
            permissions=PERMISSIONS[role],
        )
        await connected(self.platform, subject, f"socket-{made.id}")
        await set_status(self.platform, subject, status)
        return subject

    async def add_bot(self) -> Subject:
        self._names += 1
        new = NewAgent(username=f"bot{self._names}", name="Robin", kind=AgentKind.BOT)
        made = await create_agent(self.platform, self.system, new)
        return Subject(self.organization, SubjectKind.BOT, made.id)

    async def add_team(
        self, *members: Subject, policy: Policy = Policy.ROUND_ROBIN, offer_timeout: int | None = None
    ) -> int:
        self._names += 1
        team = await create_team(self.platform, self.system, f"Team {self._names}", policy, offer_timeout)
        await set_members(self.platform, self.system, team.id, [Weight(one.id) for one in members])
        return team.id

    async def add_member(self, team_id: int, *members: Subject) -> None:
        await set_members(self.platform, self.system, team_id, [Weight(one.id) for one in members])

    async def add_department(self, *people: Subject) -> int:
        self._names += 1
        made = await create_department(self.platform, self.system, f"Department {self._names}")
        for one in people:
            await self.move(one, made.id)
        return made.id

    async def move(self, agent: Subject, department_id: int | None) -> None:
        """Into this department."""
        await update_agent(self.platform, self.system, agent.id, AgentChanges(department_id=department_id))

    async def set_offer_timeout(self, team_id: int, seconds: int | None) -> None:
        await update_team(self.platform, self.system, team_id, TeamChanges(offer_timeout=seconds))

    async def route(self, team_id: int, routing: Routing) -> None:
        """Change the team's rules."""
        await set_routing(self.platform, self.system, team_id, routing)

    async def teach(self, agent: Subject, **skills: int) -> None:
        await update_agent(self.platform, self.system, agent.id, AgentChanges(skills=skills))

    async def meet(self, page: str = "", *, contact: int | None = None) -> int:
        """A contact with a record, who looks at this page."""
        contact_id = contact if contact is not None else self.new_contact()
        visited = VisitedPage(page) if page else None
        await self.platform.database.write(
            self.organization,
            lambda tx: visit_in(
                self.platform,
                tx,
                self.organization,
                contact_id=contact_id,
                channel_id=CHANNEL,
                language="en",
                page=visited,
            ),
        )
        return contact_id

    async def ask(
        self, team_id: int, *, contact: int | None = None, weight: int = 1, kind: str = "site"
    ) -> Conversation:
        """A new conversation, whose visitor asks for a human of this team."""
        opened = await self.open(team_id, contact=contact, weight=weight, kind=kind)
        requested = await request_human(self.platform, self.visitor_of(opened), opened.id, team_id=team_id)
        await self.settle()
        return requested.conversation

    async def set_capacity(self, agent: Subject, capacity: int) -> None:
        await update_agent(self.platform, self.system, agent.id, AgentChanges(capacity=capacity))

    async def limit(self, agent: Subject, **limits: int) -> None:
        """So many places at most for these kinds of conversations, and for no others a limit."""
        by_kind = {ChannelKind(kind): most for kind, most in limits.items()}
        await update_agent(self.platform, self.system, agent.id, AgentChanges(limits=by_kind))

    async def set_status(self, agent: Subject, status: Status) -> None:
        await connected(self.platform, agent, f"socket-{agent.id}")
        await set_status(self.platform, agent, status)

    def visitor_of(self, conversation: Conversation) -> Subject:
        return Subject(
            self.organization, SubjectKind.VISITOR, conversation.contact_id, session_id=2, channel_id=CHANNEL
        )

    def new_contact(self) -> int:
        self._contacts += 1
        return self._contacts

    # ---- conversations ---------------------------------------------------------------------------------------------

    async def open(
        self,
        team_id: int,
        *,
        bot: Subject | None = None,
        contact: int | None = None,
        weight: int = 1,
        kind: str = "site",
    ) -> Conversation:
        """A new conversation, with a bot if one is given."""
        contact_id = contact if contact is not None else self.new_contact()

        async def work(tx: Transaction) -> Conversation:
            conversation = await open_in(
                self.platform,
                tx,
                organization_id=self.organization,
                channel_id=CHANNEL,
                contact_id=contact_id,
                contact_name="Visitor",
                language="en",
                page=None,
                weight=weight,
                kind=kind,
            )
            if bot is None:
                return conversation
            body = Assigned(await card(tx, self.organization, bot.id), str(team_id), "bot")
            draft = Draft(EntryKind.ASSIGNED, Sender(SubjectKind.SYSTEM, "0"), body)
            return await append_in(self.platform, tx, self.organization, conversation.id, [draft])

        return await self.platform.database.write(EVERY_ORGANIZATION, work)

    async def say(self, conversation_id: int, sender: Subject) -> None:
        """Put a message into the log."""
        draft = Draft(EntryKind.MESSAGE, Sender(sender.kind, str(sender.id)), Text("hello"))
        await self.platform.database.write(
            EVERY_ORGANIZATION,
            lambda tx: append_in(self.platform, tx, self.organization, conversation_id, [draft]),
        )

    async def get(self, conversation_id: int) -> Conversation:
        return await self.platform.database.read(
            EVERY_ORGANIZATION, lambda reader: get_in(reader, self.organization, conversation_id)
        )

    async def seat(self, agent: Subject) -> Seat:
        found = await self.platform.database.read(
            EVERY_ORGANIZATION, lambda reader: seats.find(reader, self.organization, agent.id)
        )
        assert found is not None
        return found

    async def queue_of(self, team_id: int) -> list[QueueItem]:
        async def read(reader: Reader) -> list[QueueItem]:
            return await queue.in_order(reader, self.organization, team_id, limit=1000)

        return await self.platform.database.read(EVERY_ORGANIZATION, read)

    async def kinds(self, conversation_id: int) -> list[str]:
        """The kinds of a conversation's entries, in order."""
        rows = await self.platform.database.read(
            EVERY_ORGANIZATION,
            lambda reader: reader.fetch(
                "select kind from entry where conversation_id = $1 order by seq", conversation_id
            ),
        )
        return [row[0] for row in rows]

    async def last_body(self, conversation_id: int, kind: str) -> object:
        """What the newest entry of a kind says."""
        row = await self.platform.database.read(
            EVERY_ORGANIZATION,
            lambda reader: reader.fetch_one(
                "select body from entry where conversation_id = $1 and kind = $2 order by seq desc limit 1",
                conversation_id,
                kind,
            ),
        )
        assert row is not None
        return msgspec.json.decode(row[0])

    # ---- the dispatcher --------------------------------------------------------------------------------------------

    async def start(self) -> None:
        await self.dispatcher.start(self.tasks)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the dispatcher has dealt with everything it heard, and told it."""
        await self.dispatcher.settle()
        await self.dispatcher.tell()

    async def crash(self, platform: Platform) -> None:
        """Lose everything that is in memory and start again on the same tables."""
        await self.halt()
        self.platform = platform
        self.tasks = ManualTasks()
        self.dispatcher = Dispatcher(platform)
        await self.start()

    async def halt(self) -> None:
        self.dispatcher.stop()
        await self.tasks.stop()


class Heard:
    """The frames that arrive on a bus subject."""

    def __init__(self, platform: Platform, subject: str) -> None:
        self.frames: list[dict[str, object]] = []
        self.leave = platform.bus.subscribe(subject, self._hear)

    @staticmethod
    def by(platform: Platform, organization: int, principal: int) -> "Heard":
        return Heard(platform, deliver_subject(organization, principal))

    def of(self, kind: str) -> list[dict[str, object]]:
        return [frame for frame in self.frames if frame["t"] == kind]

    def _hear(self, payload: bytes, origin: str) -> None:
        self.frames.append(msgspec.json.decode(payload))
