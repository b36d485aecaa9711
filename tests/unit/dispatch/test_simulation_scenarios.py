"""A scenario is read as it is written, or refused with what is wrong; what came out can be drawn."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.dispatch.intervals import interval
from frontdesk.dispatch.simulation import Compared, Scenario, as_bars, as_svg, read_scenario, simulate

PAGE = Path(__file__).parents[3] / "docs" / "dispatch" / "simulator.md"
SMALL = """
hours = 2
replications = 3
[arrivals]
per_hour = 30
work = { mean_s = 60 }
[[agents]]
"""


def shown() -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_what_the_page_shows_can_be_simulated() -> None:
    examples = shown()
    assert examples
    for text in examples:
        assert isinstance(read_scenario(text), Scenario)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("per_hour =", "not valid TOML"),
        ("", "arrivals"),
        (SMALL.replace("[[agents]]", ""), "agents"),
        (SMALL + "capacity = 0", "agents[0].capacity"),
        (SMALL + "capacitty = 3", "capacitty"),
        (SMALL + "present = [[3, 2]]", "from, to"),
        (SMALL.replace("mean_s = 60", "mean_s = -1"), "arrivals.work.mean_s"),
        (SMALL.replace("mean_s = 60", "mean_s = nan"), "arrivals.work.mean_s"),
        (SMALL.replace("mean_s = 60", 'mean_s = 60, shape = "lognormal"'), "deviation_s"),
        (SMALL.replace("mean_s = 60", "mean_s = 60, deviation_s = 5"), "deviation_s"),
        (SMALL.replace("mean_s = 60", 'mean_s = 60, shape = "normal"'), "arrivals.work.shape"),
        (SMALL.replace("per_hour = 30", "per_hour = 0"), "Nobody arrives"),
        (SMALL.replace("per_hour = 30", "per_hour = []"), "per_hour"),
        (SMALL.replace("per_hour = 30", "per_hour = inf"), "per_hour"),
        (SMALL.replace("hours = 2", "hours = 1000").replace("30", "90000"), "are the most"),
        (SMALL.replace("hours = 2", "hours = 2\nwarm_up_hours = 2"), "warm_up_hours"),
        (SMALL.replace("replications = 3", "replications = 1"), "replications"),
        (SMALL + '[[rules]]\npolicy = "broadcast"', "cannot be simulated"),
        (SMALL + '[[rules]]\npolicy = "fastest"', "least_busy"),
        (SMALL + "[[rules]]\n[[rules]]", "same name"),
        (SMALL + "[[rules]]\nrouting = { owner_wait_s = -1 }", "owner_wait_s"),
    ],
)
def test_a_wrong_scenario_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(FrontdeskError) as refused:
        read_scenario(text)
    assert refused.value.kind is ErrorKind.INVALID
    assert told in refused.value.message


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(FrontdeskError):
        read_scenario(text)


def test_a_day_on_which_nobody_can_come_is_no_answer() -> None:
    scenario = read_scenario(SMALL.replace("per_hour = 30", "per_hour = 0.001"))
    with pytest.raises(FrontdeskError, match="nothing to compare"):
        simulate(scenario)


def compared(*titles: str) -> list[Compared]:
    return [Compared(title, [], {0: 70, 5 + number: 20, 400: 10}) for number, title in enumerate(titles)]


def test_the_picture_is_one_line_for_each_set_of_rules_whatever_its_name() -> None:
    picture = ET.fromstring(as_svg(compared("least busy", "<script>&\"'", "按权重")))  # noqa: S314 - our own picture
    lines = [node for node in picture if node.tag.endswith("polyline")]
    assert len(lines) == 3
    texts = [node.text for node in picture if node.tag.endswith("text")]
    assert {"least busy", "<script>&\"'", "按权重"} <= set(texts)
    heights = [float(point.split(",")[1]) for point in lines[0].attrib["points"].split()]
    assert heights == sorted(heights), "who still waits becomes only fewer"


def test_bars_tell_the_part_that_waited_longer() -> None:
    bars = as_bars(compared("one", "two"))
    assert "waited at all" in bars
    assert "30.0%" in bars
    assert "10.0%" in bars


def test_an_interval_is_that_of_student() -> None:
    assert interval([1.0, 3.0]).half == pytest.approx(12.706, rel=1e-3)
    assert interval([float(n % 2) for n in range(30)]).half == pytest.approx(
        2.0452 * 0.508548 / 30**0.5, rel=1e-3
    )
    assert interval([2.0, 2.0]).half == 0
