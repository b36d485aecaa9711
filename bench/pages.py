"""The newest 50 entries of a conversation, over the realtime connection."""

import asyncio
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.clients import Client, Tagged, connect
from bench.report import Report
from bench.servers import frontdesk
from bench.world import config_for, make_world

CLIENTS = 128  # each may ask 20 times a second
SECONDS = 5.0


class Asker:
    """Asks for the newest page again as soon as one is there."""

    def __init__(self, conversation: str) -> None:
        self._ask = msgspec.json.encode(
            {"t": "history", "ref": "1", "conversation": conversation, "limit": 50}
        )
        self.client: Client | None = None
        self.pages = 0
        self.errors = 0
        self.running = False

    def on_frame(self, frame: Tagged, _at: float) -> None:
        if frame.t == "page":
            self.pages += 1
            self.ask()
        elif frame.t == "error":
            self.errors += 1

    def ask(self) -> None:
        if self.running and self.client is not None:
            self.client.send(self._ask)


async def run(report: Report, *, repeats: int) -> None:
    rates: list[float] = []
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        world = await make_world(config_for(data), agents=4, conversations=CLIENTS, messages=100)
        for turn in range(repeats):
            async with frontdesk(data) as server:
                askers = [Asker(conversation.id) for conversation in world.conversations]
                for asker, conversation in zip(askers, world.conversations, strict=True):
                    asker.client = await connect(server.port, conversation.visitor, "bench", asker.on_frame)
                    asker.running = True
                begun = time.perf_counter()
                for asker in askers:
                    asker.ask()
                await asyncio.sleep(SECONDS)
                spent = time.perf_counter() - begun
                rate = sum(asker.pages for asker in askers) / spent
                refused = sum(asker.errors for asker in askers)
                rates.append(rate)
                report.raw("pages", {"turn": turn, "pages_a_second": rate, "refused": refused})
                for asker in askers:
                    asker.running = False
                    if asker.client:
                        asker.client.close()
    report.figure(
        "newest 50 entries of a conversation, pages a second", statistics.median(rates), "/s", at_least=1500
    )
