"""What `frontdesk doctor` says of the bus, the store for files, the proxy and the collector."""

from pathlib import Path

import pytest

from frontdesk.app import doctor
from frontdesk.app.doctor import Check, examine
from frontdesk.platform.config import Blobs, Bus, Config, Listen, Storage, Telemetry
from tests.kit.collector import running_collector
from tests.kit.nats import running_nats
from tests.kit.s3 import ACCESS_KEY, REGION, SECRET_KEY, running_s3
from tests.kit.server import free_port

pytestmark = pytest.mark.xdist_group("s3")


async def findings(config: Config) -> dict[str, Check]:
    return {check.name: check for check in await examine(config)}


async def test_a_single_process_needs_neither_and_nothing_is_made_by_looking(tmp_path: Path) -> None:
    found = await findings(Config(storage=Storage(path=tmp_path / "data")))
    assert found["Bus"].ok
    assert found["Files"].ok
    assert not (tmp_path / "data").exists()


async def test_a_bus_is_greeted_or_its_absence_told_at_once(tmp_path: Path) -> None:
    async with running_nats(tmp_path) as (server,):
        found = await findings(Config(storage=Storage(path=tmp_path / "data"), bus=Bus(servers=server.url)))
        assert found["Bus"].ok
    gone = f"nats://user:hidden@127.0.0.1:{free_port()}"
    config = Config(storage=Storage(path=tmp_path / "data"), bus=Bus(servers=gone, wait=60))
    bus = (await findings(config))["Bus"]
    assert not bus.ok
    assert "cannot be reached" in bus.finding
    assert "hidden" not in bus.finding


async def test_a_bucket_is_tried_with_a_file_that_is_gone_afterwards(tmp_path: Path) -> None:
    folder = tmp_path / "s3"
    folder.mkdir()
    with running_s3(folder) as server:
        right = Blobs("s3://frontdesk/doctor", server.url, REGION, ACCESS_KEY, SECRET_KEY)
        wrong = Blobs("s3://frontdesk/doctor", server.url, REGION, ACCESS_KEY, "another-secret")
        kept = await doctor._files(Config(blobs=right))
        refused = await doctor._files(Config(blobs=wrong))
    assert kept == Check("Files", ok=True, finding="s3://frontdesk/doctor keeps files")
    assert not refused.ok
    assert "another-secret" not in refused.finding
    assert "\n" not in refused.finding


async def test_a_proxy_that_is_not_named_is_found(tmp_path: Path) -> None:
    here = Storage(path=tmp_path / "data")
    behind = Listen(public_url="https://chat.example.com")
    assert not (await findings(Config(storage=here, listen=behind)))["Proxy"].ok
    named = Listen(public_url="https://chat.example.com", trusted_proxies="10.0.0.1")
    assert (await findings(Config(storage=here, listen=named)))["Proxy"].ok
    assert (await findings(Config(storage=here)))["Proxy"].ok


async def test_a_collector_is_looked_for(tmp_path: Path) -> None:
    here = Storage(path=tmp_path / "data")
    with running_collector() as collector:
        there = Config(storage=here, telemetry=Telemetry(otlp_url=collector.url))
        assert (await findings(there))["Traces"].ok
    gone = (await findings(there))["Traces"]
    assert not gone.ok
    assert collector.url in gone.finding
