"""`frontdesk what-if`, as one types it: a team's last days by other rules, from the terminal."""

import asyncio
from pathlib import Path
from typing import Final

import msgspec
import pytest
from typer.testing import CliRunner, Result

from frontdesk.app.cli import cli
from frontdesk.app.engines import open_platform
from frontdesk.auth import create_organization
from frontdesk.core.clock import ManualClock, SystemClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import FOREVER
from frontdesk.dispatch import close
from frontdesk.platform import Config
from frontdesk.staff import Policy
from tests.service.dispatch_world import World

HOUR: Final = 3_600
DAYS: Final = 5
ENGLISH: Final = """
attributes = [{ when = [{ attribute = "language", test = "is", value = "en" }], needs = { english = 3 } }]
"""


async def live(config: Config) -> None:
    """Every day one comes at noon and is served for ten minutes by the team's one agent."""
    clock = ManualClock(SystemClock().now() - DAYS * 24 * HOUR * 1000)
    async with open_platform(config, clock) as platform:
        platform.ids.reserve(FOREVER)
        world = World(platform, (await create_organization(platform, "lantern", "Lantern Shop")).id)
        await world.start()
        agent = await world.add_agent(1)
        team = await world.add_team(agent, policy=Policy.LEAST_BUSY)
        for _ in range(DAYS - 1):
            clock.advance(seconds=12 * HOUR)
            asked = await world.ask(team)
            clock.advance(seconds=600)
            await close(platform, agent, asked.id)
            await world.settle()
            clock.advance(seconds=12 * HOUR - 600)
        await world.halt()


def typed(config: Config, *words: str) -> Result:
    environment = {
        "FRONTDESK_STORAGE__PATH": str(config.storage.path),
        "FRONTDESK_DATABASE__URL": config.database.url,
        "COLUMNS": "140",
    }
    return CliRunner().invoke(cli, ["what-if", *words, "-o", "lantern"], env=environment)


def test_a_teams_last_days_are_told_as_they_were_and_by_other_rules(config: Config, tmp_path: Path) -> None:
    asyncio.run(live(config))
    rules, picture = tmp_path / "rules.toml", tmp_path / "waits.svg"
    rules.write_text(ENGLISH, encoding="utf-8")
    told = typed(config, "Team 2", "--rules", str(rules), "--svg", str(picture))
    assert told.exit_code == 0, told.output
    for expected in ("as it was", "now", "then", "gave up", "100.0 ± 0.0 %", "worse", "visitors on"):
        assert expected in told.output
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    printed = msgspec.json.decode(typed(config, "Team 2", "--policy", "longest_idle", "--json").stdout)
    assert printed["visitors"] >= 3
    assert {figure["verdict"] for figure in printed["compared"][1]["figures"]} == {""}


@pytest.mark.parametrize("config", ["sqlite"], indirect=True)
def test_what_cannot_be_played_is_refused_in_a_sentence_and_a_short_past_is_told(
    config: Config, tmp_path: Path
) -> None:
    asyncio.run(live(config))
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("returning_wait = 30", encoding="utf-8")
    unknown = typed(config, "Nobody")
    assert isinstance(unknown.exception, FrontdeskError)
    assert unknown.exception.kind is ErrorKind.NOT_FOUND
    misspelt = typed(config, "Team 2", "--rules", str(wrong))
    assert isinstance(misspelt.exception, FrontdeskError)
    assert "returning_wait" in misspelt.exception.message
    by_hand = typed(config, "Team 2", "--policy", "manual")
    assert isinstance(by_hand.exception, FrontdeskError)
    assert by_hand.exception.code == "dispatch.not-simulated"
    assert "too few" in typed(config, "Team 2", "--days", "2").output
