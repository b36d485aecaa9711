"""The power is cut while webhooks are told: every acked message is told in the end, in order; what comes twice is the same."""

import asyncio
import random
from pathlib import Path
from typing import Final

import pytest
from msgspec import structs

from bench.world import config_for, make_world
from frontdesk.app.engines import open_platform
from frontdesk.auth import PERMISSIONS
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Config, Reader
from frontdesk.platform.config import Webhooks
from frontdesk.webhooks import EventType, NewWebhook, create_webhook
from tests.chaos.test_kill import Writer
from tests.kit.receiver import Heard, Receiver, Reply, receiver
from tests.kit.server import start_server

KILLS: Final = 4
CONVERSATIONS: Final = 5


async def listen(config: Config, shop: Receiver) -> None:
    """A webhook for messages, added by an administrator of the only organization."""
    async with open_platform(config) as platform:

        async def read(reader: Reader) -> int:
            rows = await reader.fetch("select id from organization")
            return rows[0][0]

        organization = await platform.database.read(EVERY_ORGANIZATION, read)
        admin = Subject(
            organization,
            SubjectKind.AGENT,
            1,
            role=Role.ADMINISTRATOR,
            permissions=PERMISSIONS[Role.ADMINISTRATOR],
        )
        new = NewWebhook(url=shop.url, events=(EventType.MESSAGE_CREATED,))
        await create_webhook(platform, admin, new)


async def stored(config: Config) -> dict[str, list[str]]:
    """The ids of each conversation's messages, in the order of the log."""
    async with open_platform(config) as platform:

        async def read(reader: Reader) -> dict[str, list[str]]:
            rows = await reader.fetch(
                "select conversation_id, id from entry where kind = 'message' order by conversation_id, seq"
            )
            found: dict[str, list[str]] = {}
            for conversation, identity in rows:
                found.setdefault(str(conversation), []).append(str(identity))
            return found

        return await platform.database.read(EVERY_ORGANIZATION, read)


def told(shop: Receiver) -> dict[str, list[str]]:
    """The ids of each conversation's messages, in the order in which each was told first."""
    found: dict[str, list[str]] = {}
    bodies: dict[str, bytes] = {}
    for heard in shop.taken:
        assert bodies.setdefault(heard.id, heard.body) == heard.body, "a repeat was told differently"
        data = heard.json["data"]
        ids = found.setdefault(data["conversation"]["id"], [])
        if data["entry"]["id"] not in ids:
            ids.append(data["entry"]["id"])
    return found


@pytest.mark.timeout(240)
async def test_every_acked_message_is_told_in_order_when_the_process_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    dice = random.Random(7)  # noqa: S311 - moments of a test
    data = tmp_path / "data"
    world = await make_world(config_for(data), agents=2, conversations=CONVERSATIONS)
    writers = [Writer(conversation.id, conversation.visitor) for conversation in world.conversations]
    async with receiver() as shop:
        allowed = Webhooks(allow_http=True, ports=str(shop.port), allow_networks="127.0.0.0/8")
        config = structs.replace(config_for(data), webhooks=allowed)
        environment = {
            "FRONTDESK_WEBHOOKS__ALLOW_HTTP": "true",
            "FRONTDESK_WEBHOOKS__PORTS": allowed.ports,
            "FRONTDESK_WEBHOOKS__ALLOW_NETWORKS": allowed.allow_networks,
        }
        await listen(config, shop)

        async def slow(_: Heard) -> Reply:
            await asyncio.sleep(dice.uniform(0, 0.004))
            return Reply()

        shop.answering = slow
        for _ in range(KILLS):
            server = await start_server(data, environment=environment)
            running = [asyncio.create_task(writer.run(server.url)) for writer in writers]
            await asyncio.sleep(dice.uniform(0.1, 0.3))
            await server.kill()
            await asyncio.gather(*running)
        wanted = await stored(config)
        acked = sum(len(writer.acked) for writer in writers)
        total = sum(map(len, wanted.values()))
        assert total >= acked > KILLS * CONVERSATIONS, "the load was too small to prove anything"
        server = await start_server(data, environment=environment)
        async with asyncio.timeout(120):
            while len({heard.id for heard in shop.taken}) < total:  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.1)
        assert await server.stop() == 0
        assert told(shop) == wanted
