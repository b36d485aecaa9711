"""Data to measure on, written through the product's own use cases into a folder."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from frontdesk.app.engines import open_platform
from frontdesk.auth import Keys, create_organization, create_visitor_key_in, issue_visitor_token
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


class Conversation(msgspec.Struct, frozen=True):
    """A conversation with its visitor's token and the number of its agent."""

    id: str
    visitor: str
    agent: int


class World(msgspec.Struct, frozen=True):
    """What the load needs to know: the agents' tokens, and the conversations."""

    agents: list[str]
    conversations: list[Conversation]


async def _never(_organization_id: int, _conversation_id: int) -> bool:
    return False


def config_for(data: Path, url: str = "") -> Config:
    return Config(
        storage=Storage(path=data),
        database=Database(url=url),
        tokens=Tokens(access_ttl=WEEK, visitor_ttl=WEEK),
    )


async def make_world(
    data: Path, *, agents: int, conversations: int, messages: int = 0, url: str = ""
) -> World:
    """A world in a folder of its own, or on PostgreSQL with its `url`."""
    async with open_platform(config_for(data, url)) as platform:
        return await fill_world(platform, agents=agents, conversations=conversations, messages=messages)


async def fill_world(platform: Platform, *, agents: int, conversations: int, messages: int = 0) -> World:
    """Active conversations spread evenly over agents, with `messages` messages in each, in an organization of their own."""
    organization = (await create_organization(platform, f"bench-{platform.ids.new()}", "Bench")).id
    keys = await Keys.load(platform)
    staff = [await _agent(platform, organization, number) for number in range(agents)]
    made: list[Conversation] = []
    for start in range(0, conversations, 100):
        part = range(start, min(conversations, start + 100))
        made += await asyncio.gather(
            *(_conversation(platform, keys, organization, staff, number) for number in part)
        )
    log = Log(platform, reopen=_never)
    for conversation in made if messages else ():
        subject = Subject(organization, SubjectKind.AGENT, staff[conversation.agent])
        await _fill(log, subject, int(conversation.id), messages)
    return World([agent_token(platform, keys, organization, agent) for agent in staff], made)


async def _agent(platform: Platform, organization: int, number: int) -> int:
    new = NewAgent(username=f"agent{number}", name=f"Agent {number}", password=new_secret(), capacity=200)
    return (await create_agent(platform, system_subject(organization), new)).id


def agent_token(platform: Platform, keys: Keys, organization: int, agent: int) -> str:
    """A token of a session that is nowhere written: good for a week."""
    subject = Subject(organization, SubjectKind.AGENT, agent, session_id=platform.ids.new(), role=Role.AGENT)
    return issue(keys, subject, now=platform.clock.now(), ttl=WEEK).text


async def _conversation(
    platform: Platform, keys: Keys, organization: int, staff: Sequence[int], number: int
) -> Conversation:
    contact = platform.ids.new()
    agent = staff[number % len(staff)]

    async def work(tx: Transaction) -> tuple[int, str]:
        conversation = await open_in(
            platform,
            tx,
            organization_id=organization,
            channel_id=CHANNEL,
            contact_id=contact,
            contact_name=f"Visitor {number}",
            language="en",
            page=None,
        )
        assigned = Assigned(await card(tx, organization, agent), None, "dispatch")
        await change_in(
            platform, tx, organization, conversation.id, [Draft(EntryKind.ASSIGNED, SYSTEM, assigned)]
        )
        _, key = await create_visitor_key_in(platform, tx, organization, contact, CHANNEL)
        return conversation.id, issue_visitor_token(platform, keys, key).text

    conversation_id, token = await platform.database.write(organization, work)
    return Conversation(str(conversation_id), token, number % len(staff))


async def _fill(log: Log, subject: Subject, conversation_id: int, messages: int) -> None:
    for start in range(0, messages, 500):
        await asyncio.gather(
            *(
                log.send(
                    subject, conversation_id, f"fill-{turn}", Text(f"Message {turn} of this conversation.")
                )
                for turn in range(start, min(messages, start + 500))
            )
        )
