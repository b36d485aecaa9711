"""Fixtures that every test may use: a real platform on each engine, and an organization in it."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from frontdesk.app.engines import apply_migrations, open_platform
from frontdesk.auth import create_organization, passwords
from frontdesk.core.clock import ManualClock
from frontdesk.core.ids import FOREVER
from frontdesk.platform import Platform
from frontdesk.platform.config import Config, Storage
from frontdesk.platform.config import Database as DatabaseConfig
from tests.kit.lending import Lending
from tests.kit.postgres import PostgresServer, elsewhere

# Continuous integration judges a change by the same cases each time; at the desk new ones are tried. How long one takes on a
# busy machine proves nothing.
settings.register_profile("new", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "new")


@pytest.fixture(scope="session", autouse=True)
def production_hasher() -> Iterator[PasswordHasher]:
    """What hashes passwords in production. In the tests' own process hashes cost next to nothing meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        hasher: PasswordHasher = vars(passwords)["_HASHER"]
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield hasher


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch, production_hasher: PasswordHasher) -> None:
    """For a test that is about them: hashes cost what they cost in production."""
    monkeypatch.setattr(passwords, "_HASHER", production_hasher)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server for this worker's tests. A machine without one fails the run."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def lending(postgres: PostgresServer) -> Lending:
    return Lending(postgres)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an embedded database that is migrated already: a copy of it is at hand at once."""
    folder = tmp_path_factory.mktemp("migrated")
    elsewhere(apply_migrations(Config(storage=Storage(path=folder)), ManualClock()))
    return folder / "frontdesk.db"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(params=["sqlite", "postgres"])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """What a test's platform is opened with: each engine in turn, with an empty database and a folder of its own."""
    storage = Storage(path=tmp_path / "data")
    if request.param == "sqlite":
        storage.path.mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("migrated"), storage.path)
        yield Config(storage=storage)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    lending: Lending = request.getfixturevalue("lending")
    name = lending.take()
    yield Config(storage=storage, database=DatabaseConfig(url=server.url(name), pool=8))
    lending.give_back(name)


@pytest.fixture
async def platform(config: Config, clock: ManualClock) -> AsyncIterator[Platform]:
    async with open_platform(config, clock) as opened:
        opened.ids.reserve(
            FOREVER
        )  # a test moves the clock by months in a step; a process renews every second
        yield opened


@pytest.fixture
async def organization(platform: Platform) -> int:
    return (await create_organization(platform, "lantern", "Lantern Shop")).id


@pytest.fixture
async def other_organization(platform: Platform) -> int:
    return (await create_organization(platform, "paper-crane", "Paper Crane")).id
