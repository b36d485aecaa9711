"""Loading the demo organization, step by step; every step makes only what is missing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.app.demo import accounts
from frontdesk.app.demo.corpus import shop_rows, small_talk_rows, to_csv
from frontdesk.app.demo.history import Cast, write_history
from frontdesk.auth import create_organization, find_organization
from frontdesk.bots import (
    BotChanges,
    KnowledgeBase,
    configure_bot,
    create_knowledge_base,
    find_knowledge_base,
    import_csv,
    list_bots,
    normalise,
)
from frontdesk.channels import Channel, LocalizedLines, NewChannel, create_channel, list_channels
from frontdesk.core.errors import invalid
from frontdesk.core.subject import Subject, system_subject
from frontdesk.desk import NewQuickReply, create_quick_reply, list_quick_replies
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.settings import LocalizedText, list_wrap_up_categories, replace_wrap_up_categories
from frontdesk.staff import (
    Agent,
    AgentKind,
    NewAgent,
    Policy,
    Team,
    Weight,
    cards,
    create_agent,
    create_department,
    create_team,
    list_agents,
    list_departments,
    list_teams,
    set_members,
)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    what: str


@dataclass(frozen=True, slots=True)
class DemoFacts:
    """What somebody who tries the demo needs to know. `notes` are lines worth showing."""

    slug: str
    name: str
    password: str
    accounts: tuple[DemoAccount, ...]
    channel_code: str
    questions: int
    notes: tuple[str, ...]


async def load_demo(platform: Platform, progress: Progress) -> DemoFacts:
    """Make the demo organization, or complete it; what is there is left as it is."""
    progress("people and teams")
    known = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: find_organization(reader, accounts.SLUG)
    )
    organization = known or await create_organization(platform, accounts.SLUG, accounts.NAME)
    subject = system_subject(organization.id)
    people = await _people(platform, subject)
    teams = await _teams(platform, subject, people)
    progress("quick replies and categories")
    await _words(platform, subject)
    progress("knowledge")
    base, notes = await _knowledge(platform, subject)
    bot = await _bot(platform, subject, people, base)
    channel = await _channel(platform, subject, teams[accounts.SUPPORT], bot)
    progress("past conversations")
    await _past(platform, subject, people, channel, bot)
    return DemoFacts(
        slug=accounts.SLUG,
        name=accounts.NAME,
        password=accounts.PASSWORD,
        accounts=tuple(DemoAccount(person.username, person.what) for person in accounts.PEOPLE),
        channel_code=channel.code,
        questions=base.questions,
        notes=notes,
    )


async def _people(platform: Platform, subject: Subject) -> dict[str, Agent]:
    departments = {one.name: one for one in await list_departments(platform, subject)}
    for name in accounts.DEPARTMENTS:
        if name not in departments:
            departments[name] = await create_department(platform, subject, name)
    people = {agent.username: agent for agent in await list_agents(platform, subject)}
    for person in accounts.PEOPLE:
        if person.username not in people:
            new = NewAgent(
                username=person.username,
                name=person.name,
                nickname=person.nickname,
                password=accounts.PASSWORD,
                role=person.role,
                department_id=departments[person.department].id,
                capacity=person.capacity,
            )
            people[person.username] = await create_agent(platform, subject, new)
    if accounts.BOT_USERNAME not in people:
        new = NewAgent(username=accounts.BOT_USERNAME, name=accounts.BOT_NAME, kind=AgentKind.BOT)
        people[accounts.BOT_USERNAME] = await create_agent(platform, subject, new)
    return people


async def _teams(platform: Platform, subject: Subject, people: dict[str, Agent]) -> dict[str, Team]:
    known = {team.name: (team, len(members)) for team, members in await list_teams(platform, subject)}
    teams = {name: team for name, (team, _members) in known.items()}
    for name in accounts.TEAMS:
        if name in known and known[name][1]:
            continue
        if name not in known:
            teams[name] = await create_team(platform, subject, name, Policy.WEIGHTED)
        members = [
            Weight(people[person.username].id, person.weights[name])
            for person in accounts.PEOPLE
            if name in person.weights
        ]
        await set_members(platform, subject, teams[name].id, members)
    return teams


async def _words(platform: Platform, subject: Subject) -> None:
    if not await list_wrap_up_categories(platform, subject):
        await replace_wrap_up_categories(platform, subject, accounts.WRAP_UP)
    known = {(reply.group, reply.title) for reply in await list_quick_replies(platform, subject)}
    for group, title, text in accounts.QUICK_REPLIES:
        if (group, title) not in known:
            new = NewQuickReply(title=title, text=text, group=group, personal=False)
            await create_quick_reply(platform, subject, new)


async def _knowledge(platform: Platform, subject: Subject) -> tuple[KnowledgeBase, tuple[str, ...]]:
    base = await find_knowledge_base(platform, subject, accounts.KNOWLEDGE)
    if base is not None and base.questions:
        return base, ()
    base = base or await create_knowledge_base(
        platform, subject, accounts.KNOWLEDGE, "What the demo's bot answers with. 演示机器人的知识。"
    )
    rows = shop_rows()
    taken = {normalise(text) for row in rows for text in (row[0], *row[1].split("|"))}
    talk = await asyncio.to_thread(small_talk_rows, taken)
    # The shop's own last: the newest questions are listed first.
    report = await import_csv(platform, subject, base.id, to_csv((talk or []) + rows))
    if not report.applied:
        first = report.problems[0]
        raise invalid("demo.knowledge", f"Line {first.line} of the demo's knowledge: {first.message}")
    notes = (
        ()
        if talk is not None
        else ("The package chatterbot-corpus is not installed: the bot knows the shop, but no small talk.",)
    )
    found = await find_knowledge_base(platform, subject, accounts.KNOWLEDGE)
    return found or base, notes


async def _bot(platform: Platform, subject: Subject, people: dict[str, Agent], base: KnowledgeBase) -> Agent:
    bot = people[accounts.BOT_USERNAME]
    if all(known.id != bot.id for known in await list_bots(platform, subject)):
        changes = BotChanges(
            knowledge_base_id=base.id,
            unknown=LocalizedText(
                zh_cn="抱歉，这个问题小灯还不会。您可以换个说法再问一次，或者点“转人工”。",
                en="Sorry, Lumi does not know that one. Put it in other words, or ask for a person.",
            ),
        )
        await configure_bot(platform, subject, bot.id, changes)
    return bot


async def _channel(platform: Platform, subject: Subject, team: Team, bot: Agent) -> Channel:
    for channel in await list_channels(platform, subject):
        if channel.code == accounts.CHANNEL_CODE:
            return channel
    new = NewChannel(
        name="灯笼小店 Lantern Shop",
        code=accounts.CHANNEL_CODE,
        team_id=team.id,
        bot_id=bot.id,
        title="灯笼小店 Lantern Shop",
        subtitle="小灯马上回答，真人 9:00–22:00 · Lumi answers at once",
        color="#b3402a",
        greeting=LocalizedText(
            zh_cn="您好，我是小灯 🏮 配送、退换、发票、灯笼本身，问我就好；想找真人随时说“转人工”。",
            en="Hello, I am Lumi 🏮 Ask me about shipping, returns, invoices or the lanterns. For a person, just write “human”.",
        ),
        hot_questions=LocalizedLines(
            zh_cn=("运费怎么算？", "多久能送到？", "怎么退货？", "可以定制灯笼吗？", "怎么开发票？"),
            en=(
                "How much is shipping?",
                "How can I track my order?",
                "How do I return an item?",
                "Can I order a custom lantern?",
                "What are your opening hours?",
            ),
        ),
    )
    return await create_channel(platform, subject, new)


async def _past(
    platform: Platform, subject: Subject, people: dict[str, Agent], channel: Channel, bot: Agent
) -> None:
    organization_id = subject.organization_id
    ids = [agent.id for agent in people.values()]
    looks = await platform.database.read(organization_id, lambda reader: cards(reader, organization_id, ids))
    by_name = {username: looks[agent.id] for username, agent in people.items()}
    team_id = channel.team_id
    if team_id is None:  # somebody took the team away: the past needs one
        return
    await write_history(platform, Cast(organization_id, channel.id, team_id, looks[bot.id], by_name))
