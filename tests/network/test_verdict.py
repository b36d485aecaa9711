"""The verdict itself: each way in which a run can go wrong is seen."""

import pytest

from tests.network.verdict import Log, Report, Said, Screen, violations

LOG: Log = [(1, "a", None), (2, "b", "one"), (3, "c", "two")]
SAID = [Said("t", "c1", "one"), Said("t", "c1", "two")]


def report(log: Log, *, phase: str = "online", pending: tuple[tuple[str, str], ...] = ()) -> Report:
    return Report(SAID, [Screen("t", "c1", phase, list(log), list(pending))], 0)


def test_nothing_is_said_against_a_log_that_everybody_shows() -> None:
    assert not list(violations(report(LOG[1:]), {"c1": LOG}))


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ([LOG[0], LOG[1]], "lost: two"),
        ([*LOG, (4, "d", "two")], "2 times: two"),
        ([LOG[0], (2, "c", "two"), (3, "b", "one")], "not in the order"),
        ([LOG[0], LOG[1], (4, "c", "two")], "gap"),
    ],
)
def test_a_log_that_is_wrong_is_found(log: Log, words: str) -> None:
    assert any(words in each for each in violations(report(log), {"c1": log}))


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (report(LOG[:2]), "does not show the log"),
        (report([]), "does not show the log"),
        (report([LOG[0], LOG[2]]), "does not show the log"),
        (report(LOG, phase="stopped"), "stopped"),
        (report(LOG, pending=(("three", "queued"),)), "still waiting"),
    ],
)
def test_a_tab_that_shows_something_else_is_found(seen: Report, words: str) -> None:
    assert any(words in each for each in violations(seen, {"c1": LOG}))
