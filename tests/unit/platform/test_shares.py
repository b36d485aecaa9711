"""Who of the living does what, and whose silence is death. Pure."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.platform.leases import DEAD_S, Silence
from frontdesk.platform.shares import chosen

THINGS = [f"thing-{number}" for number in range(2_000)]
lives = st.sets(st.integers(1, 1_000_000), min_size=2, max_size=12)


def test_things_are_spread_evenly() -> None:
    counts = Counter(chosen(thing, (3, 7, 12, 40)) for thing in THINGS)
    assert all(400 < counts[life] < 600 for life in (3, 7, 12, 40))


@given(lives, st.sampled_from(THINGS))
def test_everybody_names_the_same_one_in_whatever_order_they_know_the_lives(
    known: set[int], thing: str
) -> None:
    assert chosen(thing, sorted(known)) == chosen(thing, sorted(known, reverse=True))


@given(lives, st.sampled_from(THINGS))
def test_when_a_life_ends_only_its_things_move(known: set[int], thing: str) -> None:
    before = chosen(thing, known)
    for gone in known - {before}:
        assert chosen(thing, known - {gone}) == before


def test_a_life_that_stands_still_is_dead_in_the_end_and_one_that_moves_is_not() -> None:
    silence, now, dead = Silence(), 100.0, frozenset[int]()
    for second in range(6):
        dead = silence.observe({1: 5, 2: second}, now + second)
        assert dead == (frozenset({1}) if second >= DEAD_S else frozenset())
    assert dead == {1}


def test_time_in_which_nobody_looked_makes_nobody_dead() -> None:
    silence = Silence()
    assert not silence.observe({1: 5, 2: 5}, 0)
    assert not silence.observe({1: 5, 2: 5}, 3_600)  # the observer was asleep, or the database away
    assert not silence.observe({1: 6, 2: 5}, 3_601)
    assert silence.observe({1: 6, 2: 5}, 3_602) == {2}


def test_a_life_that_moves_again_is_heard_anew() -> None:
    silence = Silence()
    for second in range(3):
        silence.observe({1: 5}, second)
    assert not silence.observe({1: 6}, 3)
    assert not silence.observe({1: 6}, 4)
