"""Subjects and agents for the service tests of the know floor."""

from frontdesk.auth import PERMISSIONS
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.platform import Platform
from frontdesk.staff import Agent, AgentKind, NewAgent, create_agent

PASSWORD = "correct horse battery"


def subject_of(agent: Agent) -> Subject:
    return Subject(
        organization_id=agent.organization_id,
        kind=SubjectKind.AGENT,
        id=agent.id,
        session_id=1,
        role=agent.role,
        permissions=frozenset(PERMISSIONS[agent.role]),
    )


def visitor(organization_id: int, contact_id: int, channel_id: int = 1) -> Subject:
    return Subject(organization_id, SubjectKind.VISITOR, contact_id, session_id=2, channel_id=channel_id)


async def add_agent(
    platform: Platform, organization_id: int, username: str, role: Role = Role.AGENT
) -> Agent:
    new = NewAgent(username=username, name=username.title(), password=PASSWORD, role=role)
    return await create_agent(platform, system_subject(organization_id), new)


async def add_bot(platform: Platform, organization_id: int, username: str = "robin") -> Agent:
    new = NewAgent(username=username, name=username.title(), kind=AgentKind.BOT)
    return await create_agent(platform, system_subject(organization_id), new)


async def administrator(platform: Platform, organization_id: int, username: str = "ada") -> Subject:
    return subject_of(await add_agent(platform, organization_id, username, Role.ADMINISTRATOR))
