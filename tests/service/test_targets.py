"""Targets: a process serves what it was asked to, says whether it can, and no more."""

import itertools
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest

from frontdesk.app.http import build_app
from frontdesk.app.runtime import Runtime, run_services
from frontdesk.app.targets import EVERYTHING, Target, parse_targets
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import Config, Platform

SETS = [frozenset({target}) for target in Target] + [frozenset({Target.ACCESS, Target.API}), EVERYTHING]


@asynccontextmanager
async def process(
    platform: Platform, targets: frozenset[Target]
) -> AsyncGenerator[tuple[Runtime, httpx.AsyncClient]]:
    """The services and the HTTP side of a process with these targets."""
    async with run_services(platform, targets) as runtime:
        app = build_app(runtime)
        transport = httpx.ASGITransport(app=app)  # pyright: ignore[reportArgumentType]  Litestar's scope is typed more narrowly
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            yield runtime, http


@pytest.mark.parametrize("targets", SETS, ids=lambda targets: "+".join(sorted(targets)))
async def test_every_process_tells_its_health_and_serves_only_what_its_targets_are(
    platform: Platform, targets: frozenset[Target]
) -> None:
    async with process(platform, targets) as (runtime, http):
        assert (await http.get("/health")).status_code == 200
        ready = await http.get("/ready")
        assert (ready.status_code, ready.json()["targets"]) == (200, sorted(targets))
        assert b"frontdesk_" in (await http.get("/metrics")).content
        api = Target.API in targets
        for path in ("/v1/me", "/v1/openapi.json", "/v1/asyncapi.json", "/widget.js", "/v1/agents"):
            answer = await http.get(path)
            assert (answer.status_code != 404) is api, (path, answer.status_code)
            if not api:
                assert answer.json()["error"]["kind"] == "not_found"
        stream = await http.post("/v1/realtime/sessions", content=b"{}")
        assert (stream.status_code != 404) is (Target.ACCESS in targets)
        assert (runtime.hub is not None) is (Target.ACCESS in targets)


async def test_a_process_that_stops_says_that_it_is_not_ready_and_why(platform: Platform) -> None:
    async with process(platform, EVERYTHING) as (runtime, http):
        runtime.draining = True
        answer = await http.get("/ready")
        assert answer.status_code == 503
        error = answer.json()["error"]
        assert (error["code"], error["details"]) == ("app.not-ready", {"parts": {"process": "is stopping"}})
        assert (await http.get("/health")).status_code == 200


async def test_a_process_whose_database_is_gone_says_that_it_is_not_ready_and_why(platform: Platform) -> None:
    async with process(platform, frozenset({Target.API})) as (_runtime, http):
        await platform.database.close()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  the adapter's
        answer = await http.get("/ready")
        assert answer.status_code == 503
        assert answer.json()["error"]["details"] == {"parts": {"database": "The database is closed."}}


async def test_a_process_announces_its_targets_while_it_runs(platform: Platform) -> None:
    async with run_services(platform, frozenset({Target.BOTS, Target.WORKER})):
        await platform.leases.renew()
        living = {worker.life: worker.targets for worker in platform.leases._living}
        assert living[platform.leases.life] == {"bots", "worker"}


def test_targets_are_named_apart_or_all_together() -> None:
    assert parse_targets("all", Config()) == EVERYTHING
    assert parse_targets(" access , api,dispatch,BOTS,worker ", Config()) == EVERYTHING


@pytest.mark.parametrize("text", ["", ",", "router", "access,router"])
def test_a_target_that_does_not_exist_is_refused_with_those_that_do(text: str) -> None:
    with pytest.raises(FrontdeskError, match="There is no target") as refused:
        parse_targets(text, Config())
    assert refused.value.kind is ErrorKind.INVALID
    assert all(target in refused.value.hint for target in Target)


@pytest.mark.parametrize("targets", list(itertools.combinations(Target, 2)), ids="+".join)
def test_the_embedded_engines_run_everything_in_one_process_or_nothing(targets: tuple[Target, ...]) -> None:
    with pytest.raises(FrontdeskError) as refused:
        parse_targets(",".join(targets), Config())
    assert refused.value.code == "app.one-process"
    assert refused.value.message == "The embedded engines serve one process, which runs everything."
