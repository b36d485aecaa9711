"""The dashboard and the alerts ask for numbers that a running process tells."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.conftest import Shop

ROOT = Path(__file__).resolve().parents[2]
DASHBOARD = ROOT / "deploy" / "grafana" / "frontdesk.json"
ALERTS = ROOT / "deploy" / "prometheus" / "frontdesk.rules.yaml"
GUIDE = ROOT / "docs" / "operations.md"
OURS = re.compile(r"\b(?:frontdesk|process)_\w+")

Tree = dict[str, Any]


def panels() -> list[Tree]:
    return json.loads(DASHBOARD.read_text())["panels"]


def queries() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel.get("targets", [])]


def rules() -> list[Tree]:
    (group,) = yaml.safe_load(ALERTS.read_text())["groups"]
    return group["rules"]


def names_in(text: str) -> set[str]:
    """Names of metrics, in whichever part of a histogram is asked for."""
    return {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in OURS.findall(text)}


async def told_by(shop: Shop) -> set[str]:
    async with httpx.AsyncClient(base_url=shop.server.url) as http:
        text = (await http.get("/metrics")).text
    names: set[str] = set()
    for family in text_string_to_metric_families(text):
        names |= {family.name, f"{family.name}_total"} if family.type == "counter" else {family.name}
    return names


async def test_every_number_that_is_asked_for_is_told_and_every_one_that_is_told_is_asked_for(
    shop: Shop,
) -> None:
    told = await told_by(shop)
    shown = set[str]().union(*map(names_in, queries()))
    alerted = set[str]().union(*(names_in(rule["expr"]) for rule in rules()))
    assert shown - told == set()
    assert alerted - told == set()
    ours = {name for name in told if name.startswith("frontdesk_")}
    counters = {name for name in ours if f"{name}_total" in ours}
    assert ours - counters - shown == set(), "not on the dashboard"


@pytest.mark.parametrize("query", [*queries(), *(rule["expr"] for rule in rules())])
def test_every_query_is_promql(query: str) -> None:
    spelled = query.replace("$__rate_interval", "5m")
    assert promql_parser.parse(spelled) is not None


def test_the_parser_would_have_complained() -> None:
    with pytest.raises(ValueError, match="unclosed left parenthesis"):
        promql_parser.parse("sum by (le) (rate(x[5m])")


def test_the_dashboard_is_one_that_grafana_can_lay_out() -> None:
    board = json.loads(DASHBOARD.read_text())
    assert board["schemaVersion"] >= 36
    variables = {each["name"] for each in board["templating"]["list"]}
    assert set(re.findall(r"\$\{?(\w+)", DASHBOARD.read_text())) - variables == {"__rate_interval", "__all"}
    identities = [panel["id"] for panel in panels()]
    assert len(set(identities)) == len(identities)
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not taken & cells, f"{panel['title']} lies on another"
        taken |= cells
        if panel["type"] != "row":
            assert panel["title"]
            assert panel["fieldConfig"]["defaults"]["unit"]
            references = [target["refId"] for target in panel["targets"]]
            assert references == sorted(set(references))


def test_every_alert_is_explained_and_says_how_urgent_it_is() -> None:
    guide = GUIDE.read_text()
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert f"`{rule['alert']}`" in guide, rule["alert"]
    explained = set(re.findall(r"`(Frontdesk[A-Z]\w+)`", guide))
    assert explained == {rule["alert"] for rule in rules()}
