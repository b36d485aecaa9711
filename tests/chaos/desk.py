"""Visitors who arrive, wait, are served, handed on and seen off, and the agents who do it, while everything breaks."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import httpx

from bench.world import agent_token
from frontdesk.auth import Keys, create_organization
from frontdesk.channels import NewChannel, create_channel
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import system_subject
from frontdesk.platform import Platform
from frontdesk.staff import NewAgent, Policy, Weight, create_agent, create_team, set_members
from tests.chaos.recorder import Recorder
from tests.kit.device import Device

CHANNEL: Final = "chaos-desk"
CAPACITY: Final = 2
PATIENCE: Final = 30.0
Json = dict[str, Any]


@dataclass(frozen=True)
class Shop:
    """Agents' tokens by their ids, and the team that everybody belongs to."""

    agents: dict[str, str]
    team: str


async def open_shop(platform: Platform, agents: int) -> Shop:
    organization = (await create_organization(platform, "chaos-desk", "Chaos Desk")).id
    subject = system_subject(organization)
    keys = await Keys.load(platform)
    people = [
        await create_agent(
            platform,
            subject,
            NewAgent(
                username=f"server{number}", name=f"Server {number}", password=new_secret(), capacity=CAPACITY
            ),
        )
        for number in range(agents)
    ]
    team = await create_team(platform, subject, "Support", Policy.LEAST_BUSY)
    await set_members(platform, subject, team.id, [Weight(agent.id) for agent in people])
    await create_channel(platform, subject, NewChannel(name="Web", code=CHANNEL, team_id=team.id))
    tokens = {str(agent.id): agent_token(platform, keys, organization, agent.id) for agent in people}
    return Shop(tokens, str(team.id))


class Desk:
    """`served` counts conversations that went all the way, `handed_on` those that changed hands on it.

    `our_faults`: answers that say that the mistake is Frontdesk's.
    """

    def __init__(
        self,
        shop: Shop,
        api: Callable[[], Sequence[str]],
        access: Callable[[], Sequence[str]],
        dice: random.Random,
        recorder: Recorder,
    ) -> None:
        self.served = 0
        self.handed_on = 0
        self.our_faults: list[str] = []
        self._shop = shop
        self._api = api
        self._access = access
        self._dice = dice
        self._recorder = recorder
        self._numbers = count(1)
        self._turns = count()
        self._http = httpx.AsyncClient(timeout=3, trust_env=False)

    @asynccontextmanager
    async def staffed(self) -> AsyncGenerator[None]:
        """Agents are online and serve whom they get, for the length of a block."""
        async with self._http, asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._serve(agent, token)) for agent, token in self._shop.agents.items()
            ]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()

    async def open_doors(self, rate: float) -> None:
        """So many visitors a second, until cancelled; then those who are inside are dropped."""
        async with asyncio.TaskGroup() as group:
            while True:
                await asyncio.sleep(self._dice.expovariate(rate))
                group.create_task(self._visit(f"guest{next(self._numbers)}"))

    # ---- visitors ----------------------------------------------------------------------------------------------------

    async def _visit(self, name: str) -> None:
        session = await self._call("POST", "/v1/visitor/session", body={"channel": CHANNEL, "language": "en"})
        token = session["token"]
        opened = await self._call("POST", "/v1/visitor/conversations", token, {"language": "en"})
        conversation = opened["conversation"]["id"]
        device = self._device(name, token)
        running = asyncio.create_task(device.run())
        try:
            await self._call("POST", f"/v1/conversations/{conversation}/human", token, {})
            if await _until(device, conversation, "active"):
                for turn in range(self._dice.randint(1, 3)):
                    device.say(conversation, f"{name}-{turn}", f"{name}: {turn}")
                if await _until(device, conversation, "closed"):
                    self.served += 1
                    return
            await self._call("POST", f"/v1/conversations/{conversation}/close", token, {})
        finally:
            await _end(device, running, self._recorder)

    # ---- agents ------------------------------------------------------------------------------------------------------

    async def _serve(self, agent: str, token: str) -> None:
        device = self._device(f"server.{agent}", token)
        serving: dict[str, asyncio.Task[None]] = {}
        running = asyncio.create_task(device.run())
        try:
            await self._call("PUT", "/v1/me/status", token, {"status": "online"})
            while True:
                await device.changed.wait()
                device.changed.clear()
                for conversation, state in device.states.items():
                    task = serving.get(conversation)
                    if state == "active" and (task is None or task.done()):
                        serving[conversation] = asyncio.create_task(
                            self._attend(device, agent, token, conversation)
                        )
        finally:
            for task in serving.values():
                task.cancel()
            await asyncio.gather(*serving.values(), return_exceptions=True)
            await _end(device, running, self._recorder)

    async def _attend(self, device: Device, agent: str, token: str, conversation: str) -> None:
        """Say something, then hand the conversation on, or end it."""
        device.say(conversation, f"{agent}-{next(self._numbers)}", "How can I help?")
        await asyncio.sleep(self._dice.uniform(0.5, 3.0))
        path = f"/v1/conversations/{conversation}"
        if self._dice.random() < 0.3:
            others = [other for other in self._shop.agents if other != agent]
            target = self._dice.choice(
                [{"agent_id": self._dice.choice(others)}, {"team_id": self._shop.team}]
            )
            answer = await self._call("POST", f"{path}/transfer", token, target)
            if "error" not in answer:
                self.handed_on += 1
                return
        await self._call("POST", f"{path}/close", token, {})

    # ---- both --------------------------------------------------------------------------------------------------------

    def _device(self, name: str, token: str) -> Device:
        dice = random.Random(self._dice.random())  # noqa: S311 - chance of a test
        return Device(name, token, self._access, dice, self._recorder)

    async def _call(self, method: str, path: str, token: str = "", body: Json | None = None) -> Json:
        """Ask until there is an answer that is not `busy` or `unavailable`; refusals come back as they are."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        while True:
            api = self._api()
            pause = self._dice.uniform(0.1, 0.4)
            if api:
                url = api[next(self._turns) % len(api)] + path
                with suppress(httpx.TransportError):
                    answer = await self._http.request(method, url, json=body, headers=headers)
                    if answer.status_code == 500:
                        self.our_faults.append(f"{method} {path}: {answer.text}")
                    elif answer.status_code not in {429, 503}:
                        return answer.json() if answer.content else {}
                    pause = float(answer.headers.get("retry-after", pause))
            await asyncio.sleep(pause)


async def _until(device: Device, conversation: str, state: str) -> bool:
    """Whether the conversation comes to this state while there is patience."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while device.states.get(conversation) != state:
                device.changed.clear()
                await device.changed.wait()
            return True
    return False


async def _end(device: Device, running: asyncio.Task[None], recorder: Recorder) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    for conversation in tuple(device.heads):
        recorder.left(device, conversation)
