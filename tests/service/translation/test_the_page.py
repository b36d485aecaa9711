"""The adapter that the page gives works as it stands there."""

import asyncio
import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import httpx
from msgspec import structs

from frontdesk.core.clock import SystemClock
from frontdesk.core.subject import Role
from frontdesk.platform import Platform
from frontdesk.platform.config import Translation
from frontdesk.translation import Translator, set_service, translate_answer
from tests.kit.receiver import Heard, Reply, receiver
from tests.kit.server import free_port
from tests.service.test_conversations_log import agent, assigned, opened
from tests.service.translation.test_translating import refused

PAGE = Path(__file__).parents[3] / "docs" / "translation.md"


async def test_the_adapter_of_the_page_translates_and_refuses_who_does_not_know_the_secret(
    platform: Platform, organization: int
) -> None:
    program = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert program is not None
    port = free_port()
    allowed = Translation(allow_http=True, ports=str(port), allow_networks="127.0.0.1/32")
    near = replace(platform, config=structs.replace(platform.config, translation=allowed))
    administrator, me = agent(organization, 999, Role.ADMINISTRATOR), agent(organization)
    service = await set_service(near, administrator, f"http://127.0.0.1:{port}/")
    conversation, translator = (
        await opened(near, organization, assigned()),
        Translator(replace(near, clock=SystemClock())),
    )

    async def libre(heard: Heard) -> Reply:
        asked = heard.json
        said = [f"{asked['target']}:{text}" for text in asked["q"]]
        return Reply(200, {"content-type": "application/json"}, json.dumps({"translatedText": said}).encode())

    async with receiver() as engine:
        engine.answering = libre
        environment = {
            **os.environ,
            "SECRET": service.secret,
            "PORT": str(port),
            "LIBRETRANSLATE": engine.url.removesuffix("/hook"),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program[1], env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await _listening(port)

            async def written(text: str) -> str:
                return await translate_answer(near, translator, me, conversation.id, text=text, to="zh-CN")

            assert await written("hello") == "zh-Hans:hello"
            await set_service(near, administrator, service.url)  # with another secret, which it does not know
            assert "401" in (await refused(written("hello"))).message
        finally:
            process.kill()
            await process.wait()
            await translator.close()


async def _listening(port: int) -> None:
    async with asyncio.timeout(20), httpx.AsyncClient() as client:
        while True:
            try:
                await client.get(f"http://127.0.0.1:{port}/")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return
