"""Policies are pure: same input, same decision; shares are fair; everybody left out has a reason."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.dispatch.policies import POLICIES, decide
from frontdesk.dispatch.types import Agent, Decision, Excluded, Rules, Waiting

NOW = 1_800_000_000_000
CHOOSING = sorted(set(POLICIES) - {"broadcast", "manual"})
statuses = st.sampled_from(["online", "busy", "away", "offline"])


def agent(identity: int, **fields: object) -> Agent:
    return replace(Agent(identity, "online", 0, 5), **fields)


@st.composite
def teams(draw: st.DrawFn) -> list[Agent]:
    return [
        Agent(
            id=identity,
            status=draw(statuses),
            load=draw(st.integers(0, 4)),
            capacity=draw(st.integers(0, 4)),
            weight=draw(st.integers(0, 5)),
            turn=draw(st.integers(-20, 20)),
            last_assigned_at=draw(st.none() | st.integers(NOW - 1000, NOW)),
            in_team=draw(st.booleans()),
            free_since=draw(st.none() | st.integers(NOW - 1000, NOW)),
        )
        for identity in range(1, draw(st.integers(0, 6)) + 1)
    ]


def play(team: Sequence[Agent], policy: str, rounds: int) -> list[int]:
    """Give `rounds` conversations away, each finished before the next; returns who got them."""
    agents = {one.id: one for one in team}
    chosen: list[int] = []
    for number in range(rounds):
        decision = decide(Waiting(number), list(agents.values()), Rules(policy), NOW + number)
        assert decision.chosen is not None
        chosen.append(decision.chosen)
        for identity, turn in decision.turns.items():
            agents[identity] = replace(agents[identity], turn=turn)
        agents[decision.chosen] = replace(
            agents[decision.chosen], last_assigned_at=NOW + number, free_since=NOW + number
        )
    return chosen


@given(
    teams(),
    st.sampled_from(CHOOSING),
    st.frozensets(st.integers(1, 6)),
    st.none() | st.integers(1, 6),
)
def test_every_agent_has_a_score_or_a_reason_and_the_chosen_is_eligible(
    team: list[Agent], policy: str, declined: frozenset[int], last: int | None
) -> None:
    waiting = Waiting(1, declined=declined, returning_to=last)
    decision = decide(waiting, team, Rules(policy), NOW)
    assert [candidate.agent_id for candidate in decision.candidates] == [one.id for one in team]
    for candidate, one in zip(decision.candidates, team, strict=True):
        can = one.in_team and one.status == "online" and one.load < one.capacity and one.id not in declined
        assert (candidate.excluded is None) == can
        assert (candidate.score is not None) == can
    eligible = {candidate.agent_id for candidate in decision.candidates if candidate.excluded is None}
    assert (decision.chosen in eligible) if eligible else decision.chosen is None
    if last in eligible:
        assert decision.chosen == last
        assert decision.policy == "returning"


@given(teams(), st.sampled_from(sorted(POLICIES)))
def test_the_same_input_gives_the_same_decision(team: list[Agent], policy: str) -> None:
    def once() -> Decision:
        return decide(Waiting(1), team, Rules(policy), NOW)

    assert once() == once()


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (agent(1, in_team=False, status="offline"), Excluded.NOT_IN_TEAM),
        (agent(1, status="offline", load=5), Excluded.OFFLINE),
        (agent(1, status="away"), Excluded.AWAY),
        (agent(1, status="busy"), Excluded.BUSY),
        (agent(1, load=5), Excluded.FULL),
        (agent(1, load=9), Excluded.FULL),
        (agent(1, capacity=0), Excluded.FULL),
        (agent(2, load=5), Excluded.DECLINED),
        (agent(1, load=4), None),
    ],
)
def test_the_most_lasting_reason_is_told(one: Agent, reason: Excluded | None) -> None:
    decision = decide(Waiting(7, declined=frozenset({2})), [one], Rules("weighted"), NOW)
    assert decision.candidates[0].excluded is reason
    assert (decision.chosen is None) == (reason is not None)


@given(teams(), st.sampled_from(sorted(POLICIES)), st.sets(st.integers(1, 12)))
def test_only_people_of_the_department_get_what_waits_for_it_whatever_the_policy(
    team: list[Agent], policy: str, inside: set[int]
) -> None:
    people = [replace(one, department_id=5 if one.id in inside else None, in_team=False) for one in team]
    decision = decide(Waiting(1, department_id=5), people, Rules(policy), NOW)
    assert {one for one in (decision.chosen, *decision.asked) if one is not None} <= inside
    for one in decision.candidates:
        assert (one.excluded is Excluded.NOT_OF_DEPARTMENT) == (one.agent_id not in inside)
        if one.excluded is None:
            assert decision.chosen is not None or decision.asked


@pytest.mark.parametrize("policy", CHOOSING)
@pytest.mark.parametrize("size", [2, 3, 7])
def test_equal_agents_get_equal_shares_over_three_thousand(policy: str, size: int) -> None:
    shares = Counter(play([agent(identity) for identity in range(1, size + 1)], policy, 3000))
    assert len(shares) == size
    assert max(shares.values()) / min(shares.values()) <= 1.10


@settings(max_examples=50)
@given(st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_weighted_shares_follow_the_weights_exactly_over_whole_rounds(weights: list[int]) -> None:
    team = [agent(identity, weight=weight) for identity, weight in enumerate(weights, start=1)]
    shares = Counter(play(team, "weighted", sum(weights) * 2))
    assert shares == Counter({identity: weight * 2 for identity, weight in enumerate(weights, start=1)})


@settings(max_examples=50)
@given(st.lists(st.integers(1, 20), min_size=2, max_size=5))
def test_weighted_never_strays_a_whole_turn_from_the_ideal(weights: list[int]) -> None:
    team = [agent(identity, weight=weight) for identity, weight in enumerate(weights, start=1)]
    total, got = sum(weights), Counter[int]()
    for count, chosen in enumerate(play(team, "weighted", total), start=1):
        got[chosen] += 1
        for identity, weight in enumerate(weights, start=1):
            assert abs(got[identity] - Fraction(count * weight, total)) < len(weights)


def test_weight_five_to_one_is_spread_not_bunched() -> None:
    team = [agent(1, weight=5), agent(2, weight=1), agent(3, weight=1)]
    assert play(team, "weighted", 7) == [1, 1, 2, 1, 3, 1, 1]


def test_weight_zero_waits_for_the_others_and_all_zero_means_equal() -> None:
    some = [agent(1, weight=0), agent(2, weight=3)]
    assert set(play(some, "weighted", 20)) == {2}
    alone = [agent(1, weight=0), agent(2, weight=3, load=5)]
    assert set(play(alone, "weighted", 5)) == {1}
    none = [agent(1, weight=0), agent(2, weight=0)]
    assert Counter(play(none, "weighted", 20)) == Counter({1: 10, 2: 10})


def test_a_returning_customer_costs_the_agent_a_turn() -> None:
    team = [agent(1), agent(2)]
    first = decide(Waiting(1, returning_to=2), team, Rules("weighted"), NOW)
    assert first.chosen == 2
    after = [replace(one, turn=first.turns[one.id]) for one in team]
    second = decide(Waiting(2), after, Rules("weighted"), NOW)
    assert second.chosen == 1


def test_a_returning_customer_goes_elsewhere_when_the_last_agent_cannot() -> None:
    decision = decide(Waiting(1, returning_to=2), [agent(1), agent(2, load=5)], Rules("round_robin"), NOW)
    assert decision.chosen == 1
    assert decision.policy == "round_robin"


def test_round_robin_takes_the_longest_idle_and_newcomers_first() -> None:
    team = [agent(1, last_assigned_at=NOW - 10), agent(2, last_assigned_at=NOW - 20), agent(3)]
    assert play(team, "round_robin", 4) == [3, 2, 1, 3]


def test_least_busy_goes_by_share_not_by_count() -> None:
    team = [agent(1, load=1, capacity=2), agent(2, load=2, capacity=8)]
    decision = decide(Waiting(1), team, Rules("least_busy"), NOW)
    assert decision.chosen == 2
    assert [candidate.score for candidate in decision.candidates] == [0.5, 0.75]


def test_least_busy_breaks_ties_by_the_longest_idle() -> None:
    team = [agent(1, last_assigned_at=NOW - 1), agent(2, last_assigned_at=NOW - 2)]
    assert decide(Waiting(1), team, Rules("least_busy"), NOW).chosen == 2


def test_longest_idle_goes_to_who_has_nothing_to_do_for_longest() -> None:
    team = [
        agent(1, load=1, free_since=NOW - 90_000),
        agent(2, free_since=NOW - 30_000),
        agent(3, free_since=NOW - 60_000),
    ]
    decision = decide(Waiting(1), team, Rules("longest_idle"), NOW)
    assert decision.chosen == 3
    assert [candidate.score for candidate in decision.candidates] == [-0.2, 30_000, 60_000]


def test_longest_idle_goes_to_the_least_loaded_when_nobody_is_idle() -> None:
    team = [agent(1, load=3), agent(2, load=1, capacity=5), agent(3, load=1, capacity=3)]
    assert decide(Waiting(1), team, Rules("longest_idle"), NOW).chosen == 2


def test_broadcast_asks_everybody_who_could_and_chooses_nobody() -> None:
    team = [agent(1), agent(2, load=5), agent(3), agent(4, status="away")]
    decision = decide(Waiting(1), team, Rules("broadcast"), NOW)
    assert decision.chosen is None
    assert list(decision.asked) == [1, 3]


def test_broadcast_asks_the_preferred_one_alone_until_that_one_declines() -> None:
    team = [agent(1), agent(2), agent(3)]
    first = decide(Waiting(1, returning_to=2), team, Rules("broadcast"), NOW)
    assert list(first.asked) == [2]
    then = decide(Waiting(1, returning_to=2, declined=frozenset({2})), team, Rules("broadcast"), NOW)
    assert list(then.asked) == [1, 3]


def test_manual_chooses_and_asks_nobody_and_says_who_could() -> None:
    decision = decide(Waiting(1), [agent(1), agent(2, load=5)], Rules("manual"), NOW)
    assert (decision.chosen, list(decision.asked)) == (None, [])
    assert [candidate.excluded for candidate in decision.candidates] == [None, Excluded.FULL]
