"""Data to measure on, written through the product's own use cases into a folder."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from frontdesk.app.engines import open_platform
from frontdesk.auth import PERMISSIONS, Keys, create_organization, create_visitor_key_in, issue_visitor_token
from frontdesk.auth.tokens import issue
from frontdesk.conversations import SYSTEM, Assigned, Draft, EntryKind, Log, Text, open_in
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.dispatch import change_in
from frontdesk.platform import Config, Platform, Transaction
from frontdesk.platform.config import Database, Storage, Tokens
from frontdesk.staff import NewAgent, card, create_agent

CHANNEL: Final = 7
WEEK: Final = 7 * 86_400
TOGETHER: Final = 50
AT_ONCE: Final = 2_000
PASSWORD: Final = new_secret()
"""Of every agent, for who signs in by hand."""


class Conversation(msgspec.Struct, frozen=True):
    """A conversation with its visitor's token and the number of its agent."""

    id: str
    visitor: str
    agent: int


class World(msgspec.Struct, frozen=True):
    """What the load needs to know: the organization's name for signing in, the agents' tokens, and the conversations."""

    organization: str
    agents: list[str]
    conversations: list[Conversation]


async def _never(_organization_id: int, _conversation_id: int) -> bool:
    return False


def config_for(data: Path, url: str = "") -> Config:
    """Data in this folder, or on PostgreSQL with its `url`."""
    return Config(
        storage=Storage(path=data),
        database=Database(url=url),
        tokens=Tokens(access_ttl=WEEK, visitor_ttl=WEEK),
    )


async def make_world(config: Config, *, agents: int, conversations: int, messages: int = 0) -> World:
    """`fill_world` in an installation that nobody else has open."""
    async with open_platform(config) as platform:
        return await fill_world(platform, agents=agents, conversations=conversations, messages=messages)


async def fill_world(platform: Platform, *, agents: int, conversations: int, messages: int = 0) -> World:
    """Active conversations spread evenly over agents, with `messages` messages in each, in an organization of their own."""
    name = f"bench-{platform.ids.new()}"
    organization = (await create_organization(platform, name, "Bench")).id
    keys = await Keys.load(platform)
    staff = [await _agent(platform, organization, number) for number in range(agents)]
    made: list[Conversation] = []
    for start in range(0, conversations, TOGETHER):
        numbers = range(start, min(conversations, start + TOGETHER))
        made += await _conversations(platform, keys, organization, staff, numbers)
    if messages:
        await _fill(Log(platform, reopen=_never), organization, staff, made, messages)
    return World(name, [agent_token(platform, keys, organization, agent) for agent in staff], made)


async def _agent(platform: Platform, organization: int, number: int) -> int:
    new = NewAgent(username=f"agent{number}", name=f"Agent {number}", password=PASSWORD, capacity=200)
    return (await create_agent(platform, system_subject(organization), new)).id


def agent_token(platform: Platform, keys: Keys, organization: int, agent: int) -> str:
    subject = Subject(organization, SubjectKind.AGENT, agent, session_id=platform.ids.new(), role=Role.AGENT)
    return issue(keys, subject, now=platform.clock.now(), ttl=WEEK).text


async def _conversations(
    platform: Platform, keys: Keys, organization: int, staff: Sequence[int], numbers: Sequence[int]
) -> list[Conversation]:
    async def work(tx: Transaction) -> list[Conversation]:
        agents = [number % len(staff) for number in numbers]
        made = [await _open(platform, tx, organization, staff[agent]) for agent in agents]
        keyed = [
            await create_visitor_key_in(platform, tx, organization, contact, CHANNEL) for _, contact in made
        ]
        return [
            Conversation(str(conversation), issue_visitor_token(platform, keys, key).text, agent)
            for (conversation, _), (_, key), agent in zip(made, keyed, agents, strict=True)
        ]

    return await platform.database.write(organization, work)


async def _open(platform: Platform, tx: Transaction, organization: int, agent: int) -> tuple[int, int]:
    """A conversation that this agent has; the numbers of it and of its contact."""
    contact = platform.ids.new()
    conversation = await open_in(
        platform,
        tx,
        organization_id=organization,
        channel_id=CHANNEL,
        contact_id=contact,
        contact_name=f"Visitor {contact}",
        language="en",
        page=None,
    )
    assigned = Assigned(await card(tx, organization, agent), None, "dispatch")
    draft = Draft(EntryKind.ASSIGNED, SYSTEM, assigned)
    await change_in(platform, tx, organization, conversation.id, [draft])
    return conversation.id, contact


async def _fill(
    log: Log, organization: int, staff: Sequence[int], conversations: Sequence[Conversation], messages: int
) -> None:
    """Messages of the agents, a few thousand on their way at a time."""

    async def send(conversation: Conversation, turn: int) -> None:
        subject = Subject(
            organization,
            SubjectKind.AGENT,
            staff[conversation.agent],
            role=Role.AGENT,
            permissions=PERMISSIONS[Role.AGENT],
        )
        text = Text(f"Message {turn} of this conversation.")
        await log.send(subject, int(conversation.id), f"fill-{turn}", text)

    for turn in range(messages):
        for start in range(0, len(conversations), AT_ONCE):
            part = conversations[start : start + AT_ONCE]
            await asyncio.gather(*(send(conversation, turn) for conversation in part))
