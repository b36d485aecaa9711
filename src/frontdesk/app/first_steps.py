"""A new organization that can be used at once: an administrator, a team and a web channel."""

from dataclasses import dataclass

from frontdesk.auth import SignInPolicy, check_password, create_organization
from frontdesk.channels import NewChannel, create_channel
from frontdesk.core.subject import Role, system_subject
from frontdesk.platform import Platform
from frontdesk.staff import NewAgent, Weight, create_agent, create_team, set_members


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What its administrator needs to know first."""

    slug: str
    username: str
    channel_code: str


async def set_up_organization(
    platform: Platform, slug: str, name: str, administrator: str, password: str
) -> OrganizationFacts:
    """Raises `conflict` when the short name is taken, and `invalid` for a password that is too weak: nothing is made then."""
    check_password(password, length=SignInPolicy().password_length, names=[administrator, slug, name])
    organization = await create_organization(platform, slug, name)
    subject = system_subject(organization.id)
    new = NewAgent(username=administrator, name=administrator, password=password, role=Role.ADMINISTRATOR)
    agent = await create_agent(platform, subject, new)
    team = await create_team(platform, subject, "Service")
    await set_members(platform, subject, team.id, [Weight(agent.id)])
    channel = await create_channel(platform, subject, NewChannel(name="Web", team_id=team.id, title=name))
    return OrganizationFacts(organization.slug, administrator, channel.code)
