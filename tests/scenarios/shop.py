"""A lantern shop for the scenarios: an organization of its own with people, a team, a bot that knows a little, a channel."""

from typing import Final

from frontdesk.auth import create_organization
from frontdesk.bots import BotChanges, configure_bot, create_knowledge_base, import_csv
from frontdesk.channels import NewChannel, create_channel
from frontdesk.core.subject import Role, system_subject
from frontdesk.platform import Platform
from frontdesk.settings import LocalizedText
from frontdesk.staff import AgentKind, NewAgent, Policy, Weight, create_agent, create_team, set_members

PASSWORD: Final = "frontdesk-demo"
PEOPLE: Final = {"admin": Role.ADMINISTRATOR, "mei": Role.AGENT, "omar": Role.AGENT}
KNOWLEDGE: Final = """question,similar,answer,category,language,related
How do I return something?,I want to send it back,Return it within 7 days.,Service,en,
How much is shipping?,Is delivery free,Free from $15.,Delivery,en,
怎么退货？,我要退货,7 天内可以退货。,售后,zh-CN,
运费怎么算？,包邮吗,满 99 元包邮。,配送,zh-CN,
"""


def channel_of(slug: str) -> str:
    """The code of the shop's web channel."""
    return f"{slug}-web"


async def open_shop(platform: Platform, slug: str) -> None:
    """Everything that the scenarios need, in an organization with this short name."""
    organization = await create_organization(platform, slug, "Lantern Shop 灯笼小店")
    subject = system_subject(organization.id)
    agents = [
        await create_agent(
            platform, subject, NewAgent(username=name, name=name, password=PASSWORD, role=role, capacity=5)
        )
        for name, role in PEOPLE.items()
    ]
    team = await create_team(platform, subject, "Support 售后", Policy.WEIGHTED)
    await set_members(platform, subject, team.id, [Weight(agent.id) for agent in agents[1:]])
    robot = NewAgent(username="lumi", name="Lumi 小灯", kind=AgentKind.BOT)
    bot = await create_agent(platform, subject, robot)
    base = await create_knowledge_base(platform, subject, "Lantern Shop 灯笼小店")
    report = await import_csv(platform, subject, base.id, KNOWLEDGE.encode())
    assert report.applied, report
    await configure_bot(platform, subject, bot.id, BotChanges(knowledge_base_id=base.id))
    channel = NewChannel(
        name="Web",
        code=channel_of(slug),
        team_id=team.id,
        bot_id=bot.id,
        greeting=LocalizedText(zh_cn="您好，我是小灯。", en="Hello, I am Lumi."),
    )
    await create_channel(platform, subject, channel)
