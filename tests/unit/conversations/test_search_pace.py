"""How long the indexer rests while it is behind."""

import pytest

from frontdesk.conversations.search_index import FORGETS, LONGEST, Pace


def test_alone_it_works_half_of_the_time() -> None:
    pace = Pace()
    assert [pace.rest(0.01) for _ in range(50)] == pytest.approx([0.01] * 50)


def test_it_rests_longer_the_slower_a_batch_was_than_the_quickest_of_late() -> None:
    pace = Pace()
    pace.rest(0.01)
    assert pace.rest(0.03) == pytest.approx(0.09, rel=0.01)
    assert pace.rest(0.01) == pytest.approx(0.01, rel=0.01)


def test_its_rest_has_an_end() -> None:
    pace = Pace()
    pace.rest(0.01)
    assert pace.rest(1.0) == pytest.approx(LONGEST)


def test_a_machine_that_stays_slower_is_taken_as_it_is() -> None:
    pace = Pace()
    pace.rest(0.01)
    rests = [pace.rest(0.03) for _ in range(5_000)]
    assert rests == sorted(rests, reverse=True)
    assert rests[-1] == pytest.approx(0.03, rel=FORGETS - 1)


def test_a_batch_of_no_time_is_no_measure() -> None:
    pace = Pace()
    pace.rest(0.0)
    assert pace.rest(0.002) == pytest.approx(0.004, rel=0.01)
