"""A machine without Debian's PostgreSQL runs the tests on the one of the wheel."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.postgres import OLDEST, PostgresServer, binaries


@pytest.fixture
def wheels(tmp_path: Path) -> Iterator[PostgresServer]:
    """As where nothing of Debian's is found."""
    server = PostgresServer(programs=binaries(tmp_path))
    try:
        server.start()
        yield server
    finally:
        server.remove()


def test_the_wheels_server_takes_our_tables_and_gives_a_copy_of_them(wheels: PostgresServer) -> None:
    ((number,),) = wheels.execute("select current_setting('server_version_num')::int / 10000")
    assert number >= OLDEST
    name = wheels.create(wheels.template())
    copy = wheels.restore(wheels.dump(name))
    applied = "select count(*) from migration"
    assert wheels.execute(applied, copy) == wheels.execute(applied, name) != [(0,)]
