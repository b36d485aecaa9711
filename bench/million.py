"""A million messages: start-up, and search for two Chinese characters in one organization."""

import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx
import msgspec

from bench.report import Report
from bench.servers import frontdesk
from bench.world import config_for
from frontdesk.app.engines import open_platform
from frontdesk.auth import Keys, create_organization
from frontdesk.auth.tokens import issue
from frontdesk.conversations import Indexer, open_in
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.staff import NewAgent, create_agent

MESSAGES: Final = 1_000_000
CONVERSATIONS: Final = 10_000
QUERIES: Final = 200
_ZH: Final = [
    "你好",
    "请问",
    "订单",
    "什么",
    "时候",
    "发货",
    "快递",
    "物流",
    "退款",
    "退货",
    "换货",
    "发票",
    "地址",
    "修改",
    "支付",
    "失败",
    "优惠",
    "券",
    "使用",
    "会员",
    "积分",
    "客服",
    "人工",
    "谢谢",
    "麻烦",
    "帮我",
    "查询",
    "一下",
    "已经",
    "收到",
    "没有",
    "坏了",
    "质量",
    "问题",
    "尺寸",
    "颜色",
    "灯笼",
    "红色",
    "包邮",
    "多久",
    "今天",
    "明天",
    "周末",
    "营业",
    "时间",
    "账号",
    "密码",
    "登录",
]
_EN: Final = [
    "hello",
    "where",
    "is",
    "my",
    "order",
    "parcel",
    "shipping",
    "refund",
    "return",
    "exchange",
    "invoice",
    "address",
    "change",
    "payment",
    "failed",
    "coupon",
    "member",
    "points",
    "please",
    "help",
    "check",
    "received",
    "broken",
    "quality",
    "size",
    "color",
    "lantern",
    "today",
    "tomorrow",
    "weekend",
    "hours",
    "account",
    "password",
]
_INSERT: Final = """insert into entry (id, organization_id, conversation_id, seq, kind, at, sender_kind, sender_id,
    sender_name, client_id, body, recalled)
select value ->> 0, $1, value ->> 1, value ->> 2, 'message', value ->> 3, 'visitor', 1, '', null, value ->> 4, false
from json_each($2)"""


async def _fill(platform: Platform) -> str:
    """Write the messages and their index; returns an administrator's token."""
    organization = (await create_organization(platform, "million", "A million messages")).id
    new = NewAgent(username="admin", name="Admin", password=new_secret(), role=Role.ADMINISTRATOR)
    agent = await create_agent(platform, system_subject(organization), new)

    async def conversations(tx: Transaction) -> list[int]:
        return [
            (
                await open_in(
                    platform,
                    tx,
                    organization_id=organization,
                    channel_id=1,
                    contact_id=number + 1,
                    contact_name=f"访客 {number}",
                    language="zh-CN",
                    page=None,
                )
            ).id
            for number in range(CONVERSATIONS)
        ]

    opened = await platform.database.write(EVERY_ORGANIZATION, conversations)
    for rows in _messages(platform, opened):

        async def work(tx: Transaction, rows: str = rows) -> None:
            await tx.execute(_INSERT, organization, rows)

        await platform.database.write(EVERY_ORGANIZATION, work)
    indexer = Indexer(platform)
    while await indexer.catch_up():
        pass
    subject = Subject(organization, SubjectKind.AGENT, agent.id, platform.ids.new(), Role.ADMINISTRATOR)
    return issue(await Keys.load(platform), subject, now=platform.clock.now(), ttl=86_400).text


def _messages(platform: Platform, conversations: list[int]) -> Iterator[str]:
    dice = random.Random(20261123)  # noqa: S311 - sample data
    seqs = dict.fromkeys(conversations, 1)
    for _ in range(MESSAGES // 5_000):
        rows: list[tuple[Any, ...]] = []
        for _ in range(5_000):
            conversation = dice.choice(conversations)
            seqs[conversation] += 1
            chinese = dice.random() < 0.6
            words = dice.choices(_ZH if chinese else _EN, k=dice.randint(3, 14))
            body = {"type": "text", "text": ("" if chinese else " ").join(words)}
            rows.append(
                (
                    platform.ids.new(),
                    conversation,
                    seqs[conversation],
                    platform.clock.now(),
                    msgspec.json.encode(body).decode(),
                )
            )
        yield msgspec.json.encode(rows).decode()


async def run(report: Report, *, repeats: int) -> None:
    dice = random.Random(7)  # noqa: S311 - sample data
    starts: list[float] = []
    times: list[float] = []
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        begun = time.perf_counter()
        async with open_platform(config_for(data)) as platform:
            token = await _fill(platform)
        print(f"    ({MESSAGES:,} messages written and indexed in {time.perf_counter() - begun:.0f} s)")
        for turn in range(repeats):
            async with (
                frontdesk(data) as server,
                httpx.AsyncClient(
                    base_url=f"http://127.0.0.1:{server.port}",
                    headers={"Authorization": f"Bearer {token}"},
                    timeout=30,
                ) as client,
            ):
                starts.append(server.started_in)
                spent: list[float] = []
                for _ in range(QUERIES):
                    first = dice.choice(_ZH) + dice.choice(_ZH)
                    at = dice.randrange(len(first) - 1)
                    begun = time.perf_counter()
                    answer = await client.get("/v1/search", params={"q": first[at : at + 2]})
                    spent.append((time.perf_counter() - begun) * 1000)
                    answer.raise_for_status()
                times.append(statistics.median(spent))
                report.raw("million", {"turn": turn, "start": server.started_in, "search_ms": spent})
    report.figure("start-up with 1,000,000 messages", statistics.median(starts), "s", at_most=3)
    report.figure(
        "search for two Chinese characters, median, over HTTP", statistics.median(times), "ms", at_most=50
    )
