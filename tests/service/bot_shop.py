"""A small shop for the tests of bots and channels: an administrator, a team, a bot with knowledge, a channel."""

import asyncio
from collections.abc import Callable, Sequence

from frontdesk.auth import Authenticator, Keys
from frontdesk.bots import (
    BotChanges,
    Handover,
    KnowledgeBase,
    Runner,
    configure_bot,
    create_knowledge_base,
    import_csv,
)
from frontdesk.channels import (
    Channel,
    ConversationBody,
    NewChannel,
    SessionBody,
    SessionOpened,
    create_channel,
    open_conversation,
    open_session,
)
from frontdesk.conversations import (
    Entry,
    EntryKind,
    Log,
    Snapshot,
    Text,
    decode_message,
    entries_page,
    snapshot,
)
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import reopen
from frontdesk.platform import Platform
from frontdesk.platform.tasks import Tasks
from frontdesk.settings import LocalizedText
from frontdesk.staff import (
    Agent,
    Policy,
    Status,
    Team,
    Weight,
    connected,
    create_team,
    set_members,
    set_status,
)
from tests.service.staff_people import add_agent, add_bot, administrator, subject_of

KNOWLEDGE = """question,similar,answer,category,language,related
How much is shipping?,Is delivery free,Free from $15.,Delivery,en,How do I return an item?
How do I return an item?,I want to send it back,Within 7 days.,Service,en,
运费怎么算？,包邮吗|邮费多少钱,满 99 元包邮。,配送,zh-CN,
怎么退货？,我要退货,7 天内可以退。,售后,zh-CN,运费怎么算？
I want to complain,,,Service,en,
"""
SURE = BotChanges(answer_threshold=0.6, suggest_threshold=0.2)


class Shop:
    """What `open_shop` made, and what visitors and agents do in it."""

    def __init__(self, platform: Platform, admin: Subject) -> None:
        self.platform = platform
        self.admin = admin
        self.log = Log(platform, reopen=lambda org, key: reopen(platform, org, key))
        self.tasks = Tasks()
        self.team: Team
        self.agent: Subject
        self.bot: Agent
        self.base: KnowledgeBase
        self.channel: Channel
        self.keys: Keys
        self._said = 0

    async def come(self, language: str = "en", key: str | None = None) -> tuple[Subject, SessionOpened]:
        body = SessionBody(self.channel.code, language, key)
        session = await open_session(self.platform, self.keys, body, address="192.0.2.1")
        authenticator = await Authenticator.load(self.platform, self.keys)
        return authenticator.verify(session.token), session

    async def open(self, language: str = "en") -> tuple[Subject, int]:
        visitor, _session = await self.come(language)
        opened = await open_conversation(self.platform, visitor, ConversationBody(language))
        return visitor, int(opened.conversation.id)

    async def say(self, visitor: Subject, conversation_id: int, text: str) -> Entry:
        self._said += 1
        return await self.log.send(visitor, conversation_id, f"said-{self._said}", Text(text))

    async def entries(self, conversation_id: int) -> Sequence[Entry]:
        return (await entries_page(self.platform, self.admin, conversation_id, limit=100)).entries

    async def header(self, conversation_id: int) -> Snapshot:
        return await snapshot(self.platform, self.admin, conversation_id)

    async def by_bot(self, conversation_id: int) -> list[Text]:
        """What the bot has said so far."""
        said = [
            decode_message(e) for e in await self.entries(conversation_id) if e.sender.kind is SubjectKind.BOT
        ]
        return [body for body in said if isinstance(body, Text)]

    async def until_said(self, conversation_id: int, count: int) -> list[Text]:
        """Wait until the bot has said `count` messages, and see that it says no more."""
        for _turn in range(400):
            if len(await self.by_bot(conversation_id)) >= count:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        said = await self.by_bot(conversation_id)
        assert len(said) == count, said
        return said

    async def until(self, condition: Callable[[Snapshot], bool], conversation_id: int) -> Snapshot:
        header = await self.header(conversation_id)
        for _turn in range(400):
            if condition(header):
                return header
            await asyncio.sleep(0.01)
            header = await self.header(conversation_id)
        raise AssertionError(header)

    async def kinds(self, conversation_id: int) -> list[EntryKind]:
        return [entry.kind for entry in await self.entries(conversation_id)]

    def run_bots(self) -> Runner:
        runner = Runner(self.platform, self.log)
        runner.start(self.tasks)
        return runner

    async def hand_over(self, rules: Handover) -> None:
        """Set what makes the bot hand over."""
        await configure_bot(self.platform, self.admin, self.bot.id, BotChanges(handover=rules))

    async def put_on_duty(self, status: Status = Status.ONLINE) -> None:
        await connected(self.platform, self.agent, "socket-1")
        await set_status(self.platform, self.agent, status)


async def open_shop(platform: Platform, organization: int, *, greeting: str = "Welcome!") -> Shop:
    admin = await administrator(platform, organization)
    shop = Shop(platform, admin)
    shop.keys = await Keys.load(platform)
    shop.agent = subject_of(await add_agent(platform, organization, "lin"))
    shop.team = await create_team(platform, admin, "Care", Policy.LEAST_BUSY, None)
    await set_members(platform, admin, shop.team.id, [Weight(shop.agent.id)])
    shop.bot = await add_bot(platform, organization, "lumi")
    shop.base = await create_knowledge_base(platform, admin, "Shop")
    report = await import_csv(platform, admin, shop.base.id, KNOWLEDGE.encode())
    assert report.applied, report
    await configure_bot(platform, admin, shop.bot.id, BotChanges(knowledge_base_id=shop.base.id))
    await configure_bot(platform, admin, shop.bot.id, SURE)
    shop.channel = await create_channel(
        platform,
        admin,
        NewChannel(
            name="Web",
            code="shop-web",
            team_id=shop.team.id,
            bot_id=shop.bot.id,
            greeting=LocalizedText(zh_cn="欢迎！" if greeting else "", en=greeting),
        ),
    )
    return shop
