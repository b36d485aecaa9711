"""A simulated day: capacity holds, everybody is served or leaves, and every set of rules meets the same people."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.dispatch.simulation import Replay, RuleSet, Scenario, Visit, Visitor, draw, simulate
from frontdesk.dispatch.simulation.demand import HOUR_MS
from frontdesk.dispatch.simulation.scenario import SIMULATED, Arrivals, Crew, Kind, Shape, Span
from frontdesk.dispatch.types import AttributeRule, Comparison, Condition, Facts, Relaxation, Routing

ENGLISH = AttributeRule((Condition("language", Comparison.IS, "en"),), {"english": 3})
MINUTE = 60_000


def scenario(**fields: object) -> Scenario:
    known: dict[str, object] = {
        "arrivals": Arrivals(per_hour=60.0, work=Span(mean_s=300), patience=Span(mean_s=120)),
        "agents": (Crew(count=3, capacity=2),),
        "replications": 2,
        "hours": 4,
    }
    return Scenario(**(known | fields))  # pyright: ignore[reportArgumentType] - each test names its own fields


def play(
    visitors: Sequence[Visitor], *agents: Crew, policy: str = "least_busy", routing: Routing | None = None
) -> Sequence[Visit]:
    rules = RuleSet(policy=policy, routing=routing or Routing())
    return Replay(agents, rules, visitors).run()


@st.composite
def offices(draw_one: st.DrawFn) -> Scenario:
    crews = st.builds(
        Crew,
        count=st.integers(1, 3),
        capacity=st.integers(1, 4),
        speed=st.sampled_from([0.5, 1.0, 2.0]),
        slow_down=st.sampled_from([0.0, 0.3]),
        skills=st.sampled_from([{}, {"english": 1}, {"english": 4}]),
        present=st.sampled_from([(), ((0.0, 2.0),), ((1.0, 1.5), (2.0, 4.0))]),
    )
    kinds = (Kind(share=3.0, returning=0.3), Kind(language="en", vip=2))
    return scenario(
        arrivals=Arrivals(
            per_hour=(90.0, 20.0), work=Span(mean_s=200), patience=Span(mean_s=100), kinds=kinds
        ),
        agents=tuple(draw_one(st.lists(crews, min_size=1, max_size=3))),
        rules=(
            RuleSet(
                policy=draw_one(st.sampled_from(SIMULATED)),
                routing=Routing(
                    returning_wait_s=30,
                    attributes=(ENGLISH,),
                    relaxations=draw_one(st.sampled_from([(), (Relaxation(40, 3),)])),
                ),
            ),
        ),
        seed=draw_one(st.integers(0, 10_000)),
    )


@given(offices())
@settings(max_examples=60, deadline=None)
def test_everybody_is_served_once_or_leaves_and_nobody_is_above_capacity(office: Scenario) -> None:
    visitors = draw(office, 0)
    replay = Replay(office.agents, office.rules[0], visitors)
    visits = replay.run()
    assert len(visits) == len(visitors)
    for visitor, visit in zip(visitors, visits, strict=True):
        assert visit.at == visitor.at
        assert visitor.patience_ms is not None
        assert 0 <= visit.waited_ms <= visitor.patience_ms
    for desk in replay.desks:
        own = [visit for visit in visits if visit.agent == desk.id]
        begun = [(visit.at + visit.waited_ms, 1) for visit in own]
        ended = [(visit.at + visit.waited_ms + visit.handled_ms, -1) for visit in own]
        load = 0
        for _, change in sorted(begun + ended, key=lambda one: one):
            load += change
            assert load <= desk.crew.capacity
        assert desk.served == len(own)
        assert desk.load == 0


@given(offices())
@settings(max_examples=20, deadline=None)
def test_the_same_seed_gives_the_same_day_to_the_last_digit(office: Scenario) -> None:
    visitors = draw(office, 1)
    assert draw(office, 1) == visitors
    assert (
        Replay(office.agents, office.rules[0], visitors).run()
        == Replay(office.agents, office.rules[0], visitors).run()
    )


def test_changed_patience_leaves_arrivals_and_work_as_they_were() -> None:
    patient = scenario()
    hasty = scenario(
        arrivals=Arrivals(per_hour=60.0, work=Span(mean_s=300), patience=Span(mean_s=20, shape=Shape.FIXED))
    )
    assert [(one.at, one.work_ms) for one in draw(patient, 0)] == [
        (one.at, one.work_ms) for one in draw(hasty, 0)
    ]


def test_three_conversations_at_once_take_as_much_longer_as_the_slow_down_says() -> None:
    visitors = [Visitor(0, 10 * MINUTE) for _ in range(3)]
    visits = play(visitors, Crew(capacity=3, slow_down=0.2))
    assert [visit.handled_ms for visit in visits] == pytest.approx([14 * MINUTE] * 3, abs=1)


def test_what_is_left_goes_faster_when_a_conversation_beside_it_ends() -> None:
    visitors = [Visitor(0, 10 * MINUTE), Visitor(0, 20 * MINUTE)]
    short, long = play(visitors, Crew(capacity=2, slow_down=0.5))
    assert short.handled_ms == pytest.approx(15 * MINUTE, abs=1)
    assert long.handled_ms == pytest.approx(25 * MINUTE, abs=1)


def test_a_fast_agent_is_done_earlier() -> None:
    [visit] = play([Visitor(0, 10 * MINUTE)], Crew(speed=2.0))
    assert visit.handled_ms == pytest.approx(5 * MINUTE, abs=1)


def test_whoever_loses_patience_leaves_and_the_next_one_moves_up() -> None:
    visitors = [
        Visitor(0, 10 * MINUTE),
        Visitor(1, MINUTE, patience_ms=2 * MINUTE),
        Visitor(2, MINUTE, patience_ms=20 * MINUTE),
    ]
    _, hasty, patient = play(visitors, Crew())
    assert hasty == Visit(1, 2 * MINUTE)
    assert (patient.agent, patient.at + patient.waited_ms) == (1, pytest.approx(10 * MINUTE, abs=1))


def test_a_skill_is_waited_for_until_the_rules_ask_for_less() -> None:
    routing = Routing(attributes=(ENGLISH,), relaxations=(Relaxation(60, 3),))
    [visit] = play([Visitor(0, MINUTE, facts=Facts("en"))], Crew(), routing=routing)
    assert (visit.agent, visit.waited_ms) == (1, MINUTE)
    strict = Routing(attributes=(ENGLISH,))
    [visit] = play([Visitor(0, MINUTE, facts=Facts("en"))], Crew(), routing=strict)
    assert visit.agent is None


def test_a_vip_comes_first() -> None:
    visitors = [Visitor(0, 10 * MINUTE), Visitor(1, MINUTE), Visitor(2, MINUTE, facts=Facts(vip=1))]
    _, usual, vip = play(visitors, Crew())
    assert vip.at + vip.waited_ms < usual.at + usual.waited_ms


def test_a_returning_visitor_waits_for_the_same_agent_as_long_as_the_rules_say() -> None:
    visitors = [
        Visitor(0, 3 * MINUTE, served_by=2),
        Visitor(1, MINUTE, served_by=2),
        Visitor(2, MINUTE, served_by=None),
    ]
    _, back, other = play(visitors, Crew(count=2), routing=Routing(returning_wait_s=600))
    assert (back.agent, other.agent) == (2, 1)
    _, hurried, _ = play(visitors, Crew(count=2), routing=Routing(returning_wait_s=0))
    assert (hurried.agent, hurried.waited_ms) == (1, 0)


def test_nobody_is_given_to_an_agent_who_has_gone_home() -> None:
    visitors = [Visitor(0, MINUTE), Visitor(2 * HOUR_MS, MINUTE, patience_ms=MINUTE)]
    early, late = play(visitors, Crew(present=((0.5, 1.0),)))
    assert (early.agent, early.waited_ms) == (1, HOUR_MS // 2)
    assert late == Visit(2 * HOUR_MS, MINUTE)


def test_equal_agents_get_equal_shares_over_three_thousand_visitors() -> None:
    for policy in SIMULATED:
        office = scenario(
            arrivals=Arrivals(per_hour=400.0, work=Span(mean_s=120), patience=Span(mean_s=60)),
            agents=(Crew(count=5, capacity=3),),
            hours=8,
        )
        replay = Replay(office.agents, RuleSet(policy=policy), draw(office, 0))
        assert len(replay.run()) >= 3_000
        shares = [desk.served for desk in replay.desks]
        assert max(shares) / min(shares) <= 1.10, policy


def test_a_difference_between_rules_is_told_only_when_its_interval_leaves_zero_out() -> None:
    office = scenario(
        arrivals=Arrivals(
            per_hour=100.0,
            work=Span(mean_s=300),
            kinds=(Kind(), Kind(language="en")),
            patience=Span(mean_s=300),
        ),
        agents=(Crew(count=4), Crew(count=4, skills={"english": 3})),
        rules=(
            RuleSet(name="anybody"),
            RuleSet(name="the same"),
            RuleSet(name="strict", routing=Routing(attributes=(ENGLISH,))),
        ),
        replications=12,
    )
    first, same, strict = simulate(office)
    assert {figure.difference for figure in first.figures} == {None}
    assert {figure.verdict for figure in same.figures} == {""}
    verdicts = {figure.name: figure.verdict for figure in strict.figures}
    assert verdicts["wait"] == "worse"
    assert verdicts["gave_up"] == "worse"
    assert verdicts["handled"] == ""
