"""Random histories of dispatch, short here; `python -m tests.chaos.dispatch` makes a million steps."""

from pathlib import Path

from frontdesk.platform.config import Config, Database, Storage
from tests.chaos.dispatch_history import alone, together
from tests.kit.postgres import PostgresServer


async def test_one_owner_and_full_seats_hold_after_every_step_and_every_crash(tmp_path: Path) -> None:
    history = await alone(Config(storage=Storage(path=tmp_path)), seed=7, steps=300)
    assert history.broken == []
    assert history.steps == 300
    assert len(history.kinds) >= 14
    assert history.refused < history.steps * 0.7, "most steps were refused: they prove nothing"


async def test_they_hold_while_several_dispatchers_and_hands_are_at_it_at_once(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    name = postgres.create(postgres.template())
    config = Config(storage=Storage(path=tmp_path), database=Database(url=postgres.url(name), pool=8))
    history = await together(config, seed=7, steps=300)
    postgres.drop(name)
    assert history.broken == []
    assert history.steps >= 300
