"""What is learned from outcomes, how it is judged before it counts, and what exploring does to choices."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.chance import Chance
from frontdesk.dispatch.estimates import Estimates, kind_of
from frontdesk.dispatch.learning import FEWEST, Outcome, Trial, compare_policies, fit, judge, reward
from frontdesk.dispatch.learning.off_policy import by_estimates, least_busy
from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.policies.exploring import AGE_CAP_MS
from frontdesk.dispatch.simulation import read_scenario, simulate
from frontdesk.dispatch.types import Agent, Facts, Rules, Waiting

NOW = 1_800_000_000_000
EN, ZH = kind_of("en-GB", "7"), kind_of("zh-CN", "7")
Worth = Callable[[int, str], float]


def team(*loads: int) -> list[Agent]:
    return [Agent(number, "online", load, 4) for number, load in enumerate(loads, start=1)]


def waiting(number: int, *, waited_ms: int = 0, language: str = "en") -> Waiting:
    return Waiting(number, enqueued_at=NOW - waited_ms, facts=Facts(language, "7"))


def lived(count: int, worth: Worth, *, explore: float = 0.2, seed: str = "trials") -> list[Trial]:
    """Choices among three agents, by a policy that prefers who is free, with a share by chance; rewards are 0 or 1."""
    chance, trials = Chance(seed), list[Trial]()
    for _ in range(count):
        kind = (EN, ZH)[chance.below(2)]
        free = {agent: (1 + chance.below(4)) / 4 for agent in (1, 2, 3)}
        best = max(free, key=lambda agent: (free[agent], -agent))
        chances = {agent: explore / 3 + (1 - explore) * (agent == best) for agent in free}
        chosen = 1 + chance.below(3) if chance.share() < explore else best
        trials.append(Trial(kind, chosen, chances, free, float(chance.share() < worth(chosen, kind))))
    return trials


def better_in_english(agent: int, kind: str) -> float:
    return 0.9 if (agent, kind) in {(1, EN), (2, ZH)} else 0.4


def same(_agent: int, _kind: str) -> float:
    return 0.6


# ---- rewards and estimates -----------------------------------------------------------------------------------------


@given(
    st.none() | st.floats(0, 1), st.integers(0, 10**9), st.booleans(), st.floats(0, 10**9), st.floats(0, 1)
)
def test_a_reward_is_from_0_to_1(
    rating: float | None, handled_ms: int, passed_on: bool, usual_ms: float, usual_rating: float
) -> None:
    outcome = Outcome(rating, handled_ms, passed_on)
    assert 0 <= reward(outcome, usual_ms=usual_ms, usual_rating=usual_rating) <= 1


def test_better_rated_quicker_and_kept_is_worth_more_and_unrated_is_as_usual() -> None:
    def worth(outcome: Outcome) -> float:
        return reward(outcome, usual_ms=300_000, usual_rating=0.75)

    usual = worth(Outcome(0.75, 300_000))
    assert worth(Outcome(None, 300_000)) == usual
    assert worth(Outcome(1.0, 300_000)) > usual
    assert worth(Outcome(0.75, 100_000)) > usual
    assert worth(Outcome(0.75, 300_000, passed_on=True)) < usual


def test_estimates_find_who_is_good_at_what_and_know_nothing_of_strangers() -> None:
    estimates = fit(lived(4_000, better_in_english))
    for agent, kind in ((1, EN), (2, ZH)):
        others = [estimates.of(other, kind, 0.5) for other in (1, 2, 3) if other != agent]
        assert estimates.of(agent, kind, 0.5) > max(others) + 0.3
    assert estimates.of(99, EN, 0.5) == pytest.approx(estimates.mean + estimates.free[2])


def test_one_good_conversation_does_not_make_the_best_agent() -> None:
    lucky = Trial(EN, 9, {9: 1.0}, {9: 1.0}, 1.0)
    estimates = fit([*lived(2_000, better_in_english), lucky])
    assert estimates.of(9, EN, 0.5) < estimates.of(1, EN, 0.5)


# ---- judging ---------------------------------------------------------------------------------------------------------


def true_gain(target: Callable[[Trial], Mapping[int, float]], trials: Sequence[Trial], worth: Worth) -> float:
    def of(chances: Mapping[int, float], kind: str) -> float:
        return sum(chance * worth(agent, kind) for agent, chance in chances.items())

    return sum(of(target(one), one.kind) - of(least_busy(one), one.kind) for one in trials) / len(trials)


@pytest.mark.parametrize("estimates", [None, Estimates(0.1)], ids=["a fair model", "a wrong model"])
def test_both_estimators_hold_the_truth_in_19_of_20_intervals_even_with_a_wrong_model(
    estimates: Estimates | None,
) -> None:
    held: Counter[str] = Counter()
    for turn in range(40):
        model = estimates or fit(lived(1_500, better_in_english, seed=f"taught {turn}"))
        target = by_estimates(fit(lived(1_500, better_in_english, seed=f"target {turn}")))
        trials = lived(1_500, better_in_english, seed=f"judged {turn}")
        value, truth = (
            compare_policies(trials, model, target, least_busy),
            true_gain(target, trials, better_in_english),
        )
        held["robust"] += abs(value.doubly_robust.mean - truth) <= value.doubly_robust.half
        held["inverse"] += abs(value.inverse_propensity.mean - truth) <= value.inverse_propensity.half
    assert held["robust"] >= 35, held
    assert held["inverse"] >= 35, held


def test_the_doubly_robust_interval_is_the_narrower_one() -> None:
    trials = lived(3_000, better_in_english)
    judgement, _ = judge(trials)
    assert judgement.gain is not None
    assert judgement.gain.doubly_robust.half < judgement.gain.inverse_propensity.half


def test_what_does_better_earns_it_and_what_is_only_chance_does_not() -> None:
    judgement, estimates = judge(lived(4_000, better_in_english))
    assert judgement.earned
    assert estimates is not None
    earned = sum(judge(lived(2_000, same, seed=f"chance {turn}"))[0].earned for turn in range(40))
    assert earned <= 5, "the interval is above zero by chance in one of forty"


def test_of_too_few_trials_nothing_is_said() -> None:
    judgement, estimates = judge(lived(FEWEST - 1, better_in_english))
    assert (judgement.gain, judgement.earned, estimates) == (None, False, None)


# ---- choosing --------------------------------------------------------------------------------------------------------


def test_what_was_learned_chooses_among_those_who_could_have_it_and_the_score_says_why() -> None:
    rules = Rules("learned", estimates=fit(lived(4_000, better_in_english)))
    decision = decide(waiting(1), team(3, 0, 0), rules, NOW)
    assert (decision.chosen, decision.policy) == (1, "learned"), "though it is the busiest"
    assert max(decision.candidates, key=lambda one: one.score or 0).agent_id == 1
    full = decide(waiting(1), team(4, 0, 0), rules, NOW)
    assert full.chosen in {2, 3}


def test_who_has_waited_for_long_gets_the_least_busy_agent_and_none_by_chance() -> None:
    rules = Rules("learned", explore=0.2, estimates=fit(lived(4_000, better_in_english)))
    for number in range(200):
        decision = decide(waiting(number, waited_ms=AGE_CAP_MS + 1), team(3, 0, 1), rules, NOW)
        assert decision.chosen == 2
        assert all(one.chance is None for one in decision.candidates)


@pytest.mark.parametrize("policy", ["least_busy", "longest_idle", "weighted", "round_robin", "learned"])
def test_everybody_is_chosen_as_often_as_the_noted_chance_says(policy: str) -> None:
    rules, chosen, noted = Rules(policy, explore=0.3), Counter[int](), Counter[int]()
    for number in range(6_000):
        decision = decide(waiting(number), team(0, 1, 2), rules, NOW)
        assert decision.chosen is not None
        chosen[decision.chosen] += 1
        chances = {one.agent_id: one.chance for one in decision.candidates if one.chance is not None}
        assert sum(chances.values()) == pytest.approx(1, abs=1e-5)
        noted.update(chances)
        assert decision.policy in {policy, "exploring"}
    for agent in (1, 2, 3):
        assert chosen[agent] == pytest.approx(noted[agent], abs=150)


def test_the_same_question_has_the_same_answer_and_without_exploring_no_chance_is_noted() -> None:
    rules = Rules("least_busy", explore=0.2)
    for number in range(100):
        assert decide(waiting(number), team(0, 0, 0), rules, NOW) == decide(
            waiting(number), team(0, 0, 0), rules, NOW
        )
    plain = decide(waiting(1), team(0, 0, 0), Rules("least_busy"), NOW)
    assert all(one.chance is None for one in plain.candidates)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(0, 10**6), st.integers(0, 300_000))
def test_whoever_could_have_somebody_has_somebody_whatever_was_learned(
    loads: list[int], number: int, waited_ms: int
) -> None:
    """First come, first served: no policy of this kind passes anybody over who stands before others."""
    rules = Rules("learned", explore=0.2, estimates=Estimates(0.5, {"1": -0.4}))
    decision = decide(waiting(number, waited_ms=waited_ms), team(*loads), rules, NOW)
    free = {number for number, load in enumerate(loads, start=1) if load < 4}
    assert (decision.chosen in free) if free else decision.chosen is None


# ---- in the simulator ------------------------------------------------------------------------------------------------

SHOP = """
hours = 6
replications = 12
[arrivals]
per_hour = 30
work = { mean_s = 300 }
[[arrivals.kinds]]
language = "en"
[[arrivals.kinds]]
language = "zh"
[[agents]]
count = 2
capacity = 4
rating = { en = 4.8, zh = 3.0 }
[[agents]]
count = 2
capacity = 4
rating = { en = 3.0, zh = 4.8 }
[[rules]]
policy = "least_busy"
[[rules]]
policy = "learned"
[teaching]
days = 30
"""


def test_in_the_simulator_it_beats_the_least_busy_agent_where_agents_differ_and_not_where_they_do_not() -> (
    None
):
    usual, learned = simulate(read_scenario(SHOP))
    worth = next(one for one in learned.figures if one.name == "worth")
    assert worth.verdict == "better"
    assert usual.title == "least busy"
    alike = SHOP.replace("en = 4.8, zh = 3.0", "en = 4.0").replace("en = 3.0, zh = 4.8", "en = 4.0")
    worth = next(one for one in simulate(read_scenario(alike))[1].figures if one.name == "worth")
    assert worth.verdict != "better"


def test_without_outcomes_that_differ_nothing_is_told_of_their_worth() -> None:
    plain = SHOP.replace("rating = { en = 4.8, zh = 3.0 }\n", "").replace(
        "rating = { en = 3.0, zh = 4.8 }\n", ""
    )
    assert all(one.name != "worth" for one in simulate(read_scenario(plain))[0].figures)
