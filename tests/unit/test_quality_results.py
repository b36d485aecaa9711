"""What points come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.quality.results import average_of, percent_of
from frontdesk.quality.types import MOST_POINTS, Criterion

CARDS = st.lists(st.tuples(st.integers(1, 10), st.integers(0, MOST_POINTS)), min_size=1, max_size=12)


def percent(lines: list[tuple[int, int]]) -> int:
    return percent_of([Criterion("x", weight) for weight, _ in lines], [points for _, points in lines])


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        ([(1, 5)], 100),
        ([(3, 0)], 0),
        ([(1, 5), (1, 0)], 50),
        ([(3, 5), (1, 1)], 80),
        ([(1, 1), (7, 0)], 3),  # 2.5: halves go up
    ],
)
def test_weights_count(lines: list[tuple[int, int]], result: int) -> None:
    assert percent(lines) == result


@given(CARDS)
def test_a_result_is_a_percentage_and_the_nearest_one(lines: list[tuple[int, int]]) -> None:
    exact = sum(w * p for w, p in lines) / (MOST_POINTS * sum(w for w, _ in lines)) * 100
    assert 0 <= percent(lines) <= 100
    assert abs(percent(lines) - exact) <= 0.5 + 1e-9


@given(CARDS, st.data())
def test_more_points_never_make_it_worse(lines: list[tuple[int, int]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(lines) - 1))
    weight, points = lines[place]
    better = [*lines[:place], (weight, min(points + 1, MOST_POINTS)), *lines[place + 1 :]]
    assert percent(better) >= percent(lines)


def test_an_average_has_one_decimal_and_there_is_none_of_nothing() -> None:
    assert average_of(0, 0) is None
    assert average_of(200, 3) == 66.7
    assert average_of(100, 1) == 100.0
    assert average_of(161, 20) == 8.1  # 8.05: halves go up
