"""A process dies with news that it has not told: what it had acked is seen by everybody all the same."""

import asyncio
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from bench.world import fill_world
from frontdesk.app.engines import open_platform
from tests.chaos.crew import crew
from tests.chaos.history import Journal
from tests.chaos.recorder import Recorder
from tests.chaos.stage import set_up
from tests.kit.device import Device
from tests.kit.realtime import realtime


@pytest.mark.timeout(240)
async def test_what_a_killed_process_had_acked_and_told_nobody_is_seen_by_those_at_other_processes(
    tmp_path: Path,
) -> None:
    with closing(Journal(tmp_path / "history.jsonl")) as journal:
        async with set_up(tmp_path, journal, ("access", "access")) as stage:
            async with open_platform(stage.cluster.config) as platform:
                world = await fill_world(platform, agents=1, conversations=1)
            conversation = world.conversations[0]
            cut_off, other = stage.nodes
            agent = Device("agent", world.agents[0], lambda: [other.url], Random(1), Recorder(journal))  # noqa: S311 - chance of a test
            async with crew() as everybody:
                everybody.start(agent.run())
                await everybody.during(_has(agent, conversation.id, 1))
                async with realtime(cut_off.url, conversation.visitor) as visitor:
                    stage.bus_line.hold()
                    ack = await visitor.say(conversation.id, "last", "the last words")
                    await asyncio.to_thread(cut_off.kill)
                    stage.bus_line.cut()
                assert agent.heads[conversation.id] < ack["seq"], "nobody was to hear of it yet"
                await everybody.during(_has(agent, conversation.id, ack["seq"]))


async def _has(device: Device, conversation: str, seq: int) -> None:
    """Return once it has this entry, which must be in time."""
    async with asyncio.timeout(10):
        while device.heads.get(conversation, 0) < seq:  # noqa: ASYNC110 - what a device holds is its own
            await asyncio.sleep(0.05)
