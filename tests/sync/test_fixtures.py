"""Old state plus entries equals a fresh fetch: the server's reducer on the fixtures that the clients' reducer shares."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from frontdesk.conversations import Entry, EntryKind, Snapshot, apply, apply_to_entries

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))


class State(Struct):
    snapshot: Snapshot
    entries: list[Entry]


class Fixture(Struct):
    name: str
    audience: str
    before: State
    entries: Sequence[Entry]
    after: State


def _load(path: Path) -> list[Fixture]:
    return [msgspec.json.decode(path.read_bytes(), type=Fixture)]


CASES = [case for path in FIXTURES for case in _load(path)]


def _comparable(value: object) -> object:
    return msgspec.json.decode(msgspec.json.encode(value))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_old_state_plus_entries_equals_the_fresh_fetch(case: Fixture) -> None:
    snapshot, entries = case.before.snapshot, case.before.entries
    for entry in case.entries:
        assert entry.seq == snapshot.head + 1
        snapshot, entries = apply(snapshot, entry), apply_to_entries(entries, entry)
    assert _comparable(snapshot) == _comparable(case.after.snapshot)
    assert _comparable(entries) == _comparable(case.after.entries)


def test_every_kind_of_entry_has_a_fixture() -> None:
    seen = {entry.kind for case in CASES for entry in case.entries}
    assert seen == set(EntryKind)
