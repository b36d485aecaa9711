"""Deployment files: what the tools that read them accept, and that they speak of a Frontdesk that exists."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate  # pyright: ignore[reportMissingTypeStubs]  it has none; it takes and gives plain data
import pytest
import yaml

from frontdesk.app.targets import Target
from frontdesk.platform.config import Config, document

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose" / "compose.yaml"
CHART = DEPLOY / "helm" / "frontdesk"
DOCKERFILE = DEPLOY / "docker" / "Dockerfile"
KUBERNETES = ("1.28", "1.34")  # the oldest that the chart takes, and a current one
VARIABLES = {variable for _, variable, _, _ in document(Config())}
TARGETS = set(Target)

Tree = dict[str, Any]


def tool(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the development set-up on files of the project."""
    program = str(Path(sys.executable).with_name(command[0]))
    return subprocess.run([program, *command[1:]], capture_output=True, text=True, cwd=ROOT, check=False)


def load(path: Path) -> Tree:
    return yaml.safe_load(path.read_text())


def targets_of(command: list[str]) -> set[str]:
    return set(command[command.index("--target") + 1].split(","))


# ---- Docker and compose ----------------------------------------------------------------------------------------------


def test_the_dockerfile_has_nothing_that_hadolint_warns_of() -> None:
    told = tool("hadolint", "--failure-threshold", "style", str(DOCKERFILE))
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_image_runs_as_nobody_in_particular_and_sets_real_keys() -> None:
    text = DOCKERFILE.read_text()
    last = text[text.rindex("\nFROM ") :]
    assert "\nUSER 10001:10001\n" in last
    used = set(re.findall(r"\b(FRONTDESK_[A-Z_]+)=", text))
    assert used
    assert used <= VARIABLES
    for source in re.findall(r"^COPY (?!--from)(?:\S+ )*?(\S+) \S+$", text, re.MULTILINE):
        assert (ROOT / source).exists(), source


def test_compose_follows_its_specification() -> None:
    told = tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE))
    assert told.returncode == 0, told.stdout


def services() -> Iterator[tuple[str, Tree]]:
    for name, service in load(COMPOSE)["services"].items():
        if service["image"].startswith("frontdesk"):
            yield name, service


def test_compose_runs_every_target_with_real_keys() -> None:
    run: set[str] = set()
    for name, service in services():
        assert service["environment"], name
        assert set(service["environment"]) <= VARIABLES, name
        if service["command"][0] == "serve":
            run |= targets_of(service["command"])
        else:
            assert service["command"] == ["migrate"], name
    assert run == TARGETS


def test_compose_asks_for_every_secret_and_writes_none_down() -> None:
    text = COMPOSE.read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    offered = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "compose" / "env.example").read_text(), re.MULTILINE))
    assert asked == offered
    for line in text.splitlines():
        if re.search(r"(?:PASSWORD|SECRET_KEY|SECRET): ", line):
            assert "${" in line, line


def test_compose_puts_the_tested_nginx_in_front() -> None:
    mounted = [each.split(":")[0] for each in load(COMPOSE)["services"]["nginx"]["volumes"]]
    files = [(COMPOSE.parent / each).resolve() for each in mounted if "tls" not in each]
    assert all(file.exists() for file in files)
    assert DEPLOY / "nginx" / "frontdesk.conf" in files
    sites = [DEPLOY / "nginx" / "site", DEPLOY / "compose" / "nginx"]
    zones = [set(re.findall(r"zone[= ](frontdesk_\w+)", (site / "http.conf").read_text())) for site in sites]
    assert zones[0] == zones[1], "both sites name the same limits and upstreams"


# ---- Helm ------------------------------------------------------------------------------------------------------------


def render(**values: object) -> list[Tree]:
    with helm_python.Chart.load(CHART) as chart:
        rendered = chart.render(dict(values), name="shop", namespace="support", is_install=True)
    documents: list[Tree] = []
    for path, text in rendered.items():
        if path.endswith(".yaml"):
            documents += [each for each in yaml.safe_load_all(text) if each]
    return documents


def of_kind(documents: list[Tree], kind: str) -> list[Tree]:
    return [each for each in documents if each["kind"] == kind]


def container(document: Tree) -> Tree:
    return document["spec"]["template"]["spec"]["containers"][0]


def test_the_chart_passes_the_linter() -> None:
    report = helm_python.lint(CHART, strict=True)
    wrong = [each for each in report["messages"] if each["severity"] > 1]
    assert (wrong, report["errors"]) == ([], [])


@pytest.mark.parametrize("version", KUBERNETES)
def test_kubernetes_knows_every_field_of_what_is_rendered(version: str) -> None:
    documents = render()
    assert {each["kind"] for each in documents} == {
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "Job",
        "Ingress",
    }
    for each in documents:
        kubernetes_validate.validate(each, version, strict=True)


def test_the_validator_would_have_complained() -> None:
    (first, *_) = of_kind(render(), "Deployment")
    first["spec"]["replica"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(first, KUBERNETES[-1], strict=True)


def test_the_chart_runs_every_target_with_real_keys_and_no_secret_of_its_own() -> None:
    documents = render()
    run: set[str] = set()
    for each in of_kind(documents, "Deployment"):
        run |= targets_of(container(each)["args"])
    assert run == TARGETS
    for each in of_kind(documents, "Deployment") + of_kind(documents, "Job"):
        variables = {variable["name"]: variable for variable in container(each)["env"]}
        assert set(variables) <= VARIABLES
        for name in variables:
            if re.search("KEY|DATABASE|BUS", name):
                assert "secretKeyRef" in variables[name]["valueFrom"], name


def test_every_process_is_probed_confined_and_given_time_to_say_good_bye() -> None:
    documents = render()
    for each in of_kind(documents, "Deployment"):
        pod, only = each["spec"]["template"]["spec"], container(each)
        (port,) = only["ports"]
        variables = {variable["name"]: variable.get("value") for variable in only["env"]}
        assert str(port["containerPort"]) == variables["FRONTDESK_LISTEN__PORT"]
        probes = {kind: only[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}
        assert {probe["port"] for probe in probes.values()} == {port["name"]}
        paths = {kind: probe["path"] for kind, probe in probes.items()}
        assert paths == {"startup": "/health", "liveness": "/health", "readiness": "/ready"}
        drain = Config().access.drain
        assert pod["terminationGracePeriodSeconds"] > 5 + 2 * drain
    for each in of_kind(documents, "Deployment") + of_kind(documents, "Job"):
        pod, only = each["spec"]["template"]["spec"], container(each)
        assert pod["securityContext"]["runAsNonRoot"]
        assert not pod["automountServiceAccountToken"]
        assert only["securityContext"]["readOnlyRootFilesystem"]
        assert only["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert only["resources"]["requests"]


def test_what_comes_in_reaches_the_process_that_serves_it() -> None:
    documents = render()
    services = {each["metadata"]["name"]: each["spec"]["selector"] for each in of_kind(documents, "Service")}
    pods = {
        each["metadata"]["name"]: each["spec"]["template"]["metadata"]["labels"]
        for each in of_kind(documents, "Deployment")
    }
    for name, selector in services.items():
        assert [pod for pod, labels in pods.items() if selector.items() <= labels.items()] == [name]
    ways: dict[str, str] = {}
    for each in of_kind(documents, "Ingress"):
        for path in each["spec"]["rules"][0]["http"]["paths"]:
            ways[path["path"]] = path["backend"]["service"]["name"]
    assert set(ways.values()) <= set(services)
    assert (ways["/v1/realtime"], ways["/v1/realtime/"]) == ("shop-access", "shop-access")
    assert ways["/v1"] == "shop-api"
    assert not {"/metrics", "/ready"} & set(ways)
    assert ways["/"] == "shop-api"
    exact = {
        path["path"]
        for each in of_kind(documents, "Ingress")
        for path in each["spec"]["rules"][0]["http"]["paths"]
        if path["pathType"] == "Exact"
    }
    assert "/" in exact, "a prefix of / would let /metrics in"


@pytest.mark.parametrize(
    "values",
    [
        {"secret": ""},
        {"processes": {"access": {"run": "acces", "replicas": 1}}},
        {"processes": {"access": {"run": "access", "replicas": 0}}},
        {"config": {"listen.port": "1"}},
        {"imagee": {}},
    ],
)
def test_wrong_values_are_refused_before_anything_is_made(values: Tree) -> None:
    report = helm_python.lint(CHART, values)
    assert [each for each in report["messages"] if each["severity"] > 2]
