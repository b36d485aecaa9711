"""Attribute rules say what is needed, skills say who has it, and a long wait asks for less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.policies.attributes import head_start_s, holds, needs, parameter
from frontdesk.dispatch.types import (
    Agent,
    AttributeRule,
    Comparison,
    Condition,
    Excluded,
    Facts,
    Relaxation,
    Routing,
    Rules,
    Waiting,
)

NOW = 1_800_000_000_000
PAGE = "https://shop.example/Returns/42?product=Lamp&code=AB12"


def rule(attribute: str, test: Comparison, value: str, **needed: int) -> AttributeRule:
    return AttributeRule((Condition(attribute, test, value),), needed)


def skilled(identity: int, **skills: int) -> Agent:
    return Agent(identity, "online", 0, 5, skills=skills)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (("language", Comparison.IS, "EN"), True),
        (("language", Comparison.IS, "zh-CN"), False),
        (("page", Comparison.CONTAINS, "/returns/"), True),
        (("page", Comparison.STARTS_WITH, "https://shop.example"), True),
        (("page", Comparison.STARTS_WITH, "shop.example"), False),
        (("parameter.product", Comparison.IS, "lamp"), True),
        (("parameter.colour", Comparison.IS, "red"), False),
        (("vip", Comparison.AT_LEAST, "2"), True),
        (("vip", Comparison.AT_LEAST, "3"), False),
        (("vip", Comparison.AT_LEAST, "gold"), False),
        (("channel", Comparison.IS, "77"), True),
        (("referrer", Comparison.CONTAINS, "search"), True),
    ],
)
def test_a_condition_looks_at_what_is_known(
    condition: tuple[str, Comparison, str], *, expected: bool
) -> None:
    facts = Facts("en", "77", PAGE, "https://search.example/?q=lamp", 2)
    assert holds(rule(*condition), facts) is expected


def test_every_condition_of_a_rule_must_hold_and_the_highest_level_counts() -> None:
    both = AttributeRule(
        (Condition("language", Comparison.IS, "en"), Condition("vip", Comparison.AT_LEAST, "1")),
        {"english": 4},
        120,
    )
    rules = Rules("least_busy", attributes=[both, rule("language", Comparison.IS, "en", english=2)])
    assert needs(Waiting(1, facts=Facts("en"), needs={"returns": 1}), rules) == {"returns": 1, "english": 2}
    assert needs(Waiting(1, facts=Facts("en", vip=1)), rules) == {"english": 4}
    routing = Routing(attributes=(both,), vip_head_start_s=60)
    assert head_start_s(Facts("en"), routing) == 0
    assert head_start_s(Facts("en", vip=1), routing) == 120
    assert head_start_s(Facts("en", vip=3), routing) == 180


@given(st.text(max_size=200), st.text(max_size=20))
def test_no_address_that_a_visitor_can_send_breaks_a_rule(page: str, name: str) -> None:
    assert isinstance(parameter(page, name), str)
    assert isinstance(parameter(f"https://[{page}?{name}={page}", name), str)


def test_only_who_has_every_skill_at_its_level_is_considered() -> None:
    team = [skilled(1, english=3), skilled(2, english=2, returns=5), skilled(3, english=3, returns=1)]
    decision = decide(Waiting(1, needs={"english": 3, "returns": 1}), team, Rules("least_busy"), NOW)
    assert decision.chosen == 3
    assert [one.excluded for one in decision.candidates] == [Excluded.SKILL, Excluded.SKILL, None]


def test_without_relaxations_the_right_person_is_waited_for_however_long() -> None:
    waiting = Waiting(1, enqueued_at=NOW, needs={"english": 3})
    decision = decide(waiting, [skilled(1, english=2)], Rules("least_busy"), NOW + 10_000_000)
    assert (decision.chosen, decision.again_at) == (None, None)


def test_levels_fall_step_by_step_and_the_next_step_is_told() -> None:
    rules = Rules("least_busy", relaxations=[Relaxation(30, 1), Relaxation(90, 5)])
    waiting = Waiting(1, enqueued_at=NOW, needs={"english": 3})
    team = [skilled(1, english=2), skilled(2)]

    def after(seconds: float) -> tuple[int | None, int | None]:
        decision = decide(waiting, team, rules, NOW + round(seconds * 1000))
        return decision.chosen, decision.again_at

    assert after(29.999) == (None, NOW + 30_000)
    assert after(30) == (1, None)
    alone = decide(waiting, team[1:], rules, NOW + 30_000)
    assert (alone.chosen, alone.again_at) == (None, NOW + 90_000)
    assert decide(waiting, team[1:], rules, NOW + 90_000).chosen == 2


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 5), max_size=3),
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 5), max_size=3),
    st.lists(st.builds(Relaxation, st.integers(1, 100), st.integers(1, 5)), max_size=4),
)
def test_who_could_have_it_once_can_have_it_ever_after(
    asked: dict[str, int], has: dict[str, int], relaxations: list[Relaxation]
) -> None:
    rules = Rules("least_busy", relaxations=relaxations)
    could = [
        decide(
            Waiting(1, enqueued_at=NOW, needs=asked), [skilled(1, **has)], rules, NOW + second * 1000
        ).chosen
        is not None
        for second in range(0, 102, 3)
    ]
    assert could == sorted(could)
