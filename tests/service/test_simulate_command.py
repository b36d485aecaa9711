"""`frontdesk simulate`, as one types it."""

from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from frontdesk.app.cli import cli
from frontdesk.core.errors import FrontdeskError

SHOP = """
hours = 3
replications = 4
[arrivals]
per_hour = 60
work = { mean_s = 300 }
patience = { mean_s = 120 }
[[agents]]
count = 3
capacity = 2
[[rules]]
policy = "least_busy"
[[rules]]
name = "in turn"
policy = "round_robin"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    file = tmp_path / "shop.toml"
    file.write_text(SHOP, encoding="utf-8")
    return file


def test_a_table_with_intervals_and_bars_is_printed_and_the_picture_is_written(shop: Path) -> None:
    picture = shop.with_suffix(".svg")
    result = CliRunner().invoke(cli, ["simulate", str(shop), "--svg", str(picture)], env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.output
    for expected in ("least busy", "in turn", "mean wait", "gave up", "±", "waited at all", "█"):
        assert expected in result.output
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_the_figures_as_json_are_the_same_at_every_run(shop: Path) -> None:
    first, second = (CliRunner().invoke(cli, ["simulate", str(shop), "--json"]).stdout for _ in range(2))
    assert first == second
    least_busy, in_turn = msgspec.json.decode(first)
    assert [least_busy["title"], in_turn["title"]] == ["least busy", "in turn"]
    wait = next(figure for figure in in_turn["figures"] if figure["name"] == "wait")
    assert wait["unit"] == "s"
    assert wait["value"]["half"] > 0
    assert set(wait["difference"]) == {"mean", "half"}


@pytest.mark.parametrize("content", [b"\xff\xfe", b"hours = 'long'"])
def test_a_file_that_is_no_scenario_is_refused_in_a_sentence(shop: Path, content: bytes) -> None:
    shop.write_bytes(content)
    result = CliRunner().invoke(cli, ["simulate", str(shop)])
    assert isinstance(result.exception, FrontdeskError)
    assert result.exception.code == "simulation.scenario"
    assert result.exception.hint


def test_a_file_that_is_not_there_is_told(shop: Path) -> None:
    result = CliRunner().invoke(cli, ["simulate", str(shop.with_name("none.toml"))])
    assert isinstance(result.exception, FileNotFoundError)
