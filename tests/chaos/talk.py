"""Conversations with eight writers each: four devices of the visitor, four of the agent, spread over all processes.

An open loop: messages are written at moments of chance, whether or not the system keeps up.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from itertools import count

from bench.world import World
from tests.chaos.recorder import Recorder
from tests.kit.device import Device

DEVICES = 4
TWINS = 0.03
"""So often two devices of one person send the same message, as two tabs do that share an outbox."""


class Talk:
    """`devices` are everybody's, for as long as the run lasts."""

    def __init__(
        self, world: World, addresses: Callable[[], Sequence[str]], dice: random.Random, recorder: Recorder
    ) -> None:
        self._dice = dice
        self._recorder = recorder
        self._numbers = count(1)
        self.written = 0

        def devices(name: str, token: str) -> list[Device]:
            return [
                Device(f"{name}.{number}", token, addresses, random.Random(dice.random()), recorder)  # noqa: S311 - chance of a test
                for number in range(DEVICES)
            ]

        agents = [devices(f"agent{number}", token) for number, token in enumerate(world.agents)]
        self._sides = [
            (
                conversation.id,
                (devices(f"visitor{number}", conversation.visitor), agents[conversation.agent]),
            )
            for number, conversation in enumerate(world.conversations)
        ]
        self.devices = [device for devices in agents for device in devices]
        self.devices += [device for _, (visitor, _) in self._sides for device in visitor]

    async def write(self, rate: float) -> None:
        """So many messages a second all together, until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += self._dice.expovariate(rate)
            await asyncio.sleep(max(0.0, due - loop.time()))
            conversation, sides = self._dice.choice(self._sides)
            side = self._dice.choice(sides)
            writers = self._dice.sample(side, 2 if self._dice.random() < TWINS else 1)
            client_id = f"{int(loop.time() * 1_000):012x}-{next(self._numbers)}"
            self.written += 1
            for writer in writers:
                writer.say(conversation, client_id, f"消息 {client_id}")

    def unanswered(self) -> int:
        return sum(len(device.outbox) for device in self.devices)

    def behind(self, heads: dict[str, int]) -> list[str]:
        """Who has not everything of a conversation that it follows."""
        return [
            f"{device.name} has {head} of {heads.get(conversation)} in {conversation}"
            for device in self.devices
            for conversation, head in device.heads.items()
            if head != heads.get(conversation)
        ]
