"""The one person to whom a conversation should go: asked for, owner, served last; and how long it waits for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.types import Agent, Excluded, Rules, Waiting

NOW = 1_800_000_000_000
RULES = Rules("round_robin", requested_wait_s=60, owner_wait_s=40, returning_wait_s=20)
EVERYBODY = Waiting(1, enqueued_at=NOW, requested=1, owner=2, returning_to=3)
TEAM = [
    Agent(1, "online", 0, 2),
    Agent(2, "online", 0, 2),
    Agent(3, "online", 0, 2),
    Agent(4, "online", 0, 2),
]


def with_status(**statuses: str) -> list[Agent]:
    return [replace(one, status=statuses.get(f"a{one.id}", "online")) for one in TEAM]


@pytest.mark.parametrize(
    ("team", "chosen", "policy"),
    [
        (with_status(), 1, "requested"),
        (with_status(a1="offline"), 2, "owner"),
        (with_status(a1="offline", a2="away"), 3, "returning"),
        (with_status(a1="offline", a2="away", a3="offline"), 4, "round_robin"),
    ],
)
def test_the_first_of_them_who_can_gets_it(team: list[Agent], chosen: int, policy: str) -> None:
    decision = decide(EVERYBODY, team, RULES, NOW)
    assert (decision.chosen, decision.policy) == (chosen, policy)


@pytest.mark.parametrize(
    ("waiting", "wait_s"),
    [
        (Waiting(1, enqueued_at=NOW, requested=1), 60),
        (Waiting(1, enqueued_at=NOW, owner=1), 40),
        (Waiting(1, enqueued_at=NOW, returning_to=1), 20),
    ],
)
@pytest.mark.parametrize("why", [{"load": 2}, {"status": "busy"}])
def test_one_who_has_no_place_is_waited_for_and_then_anybody_may_have_it(
    waiting: Waiting, wait_s: int, why: dict[str, object]
) -> None:
    team = [replace(TEAM[0], **why), TEAM[3]]
    until = NOW + wait_s * 1000
    held = decide(waiting, team, RULES, until - 1)
    assert held.chosen is None
    assert held.candidates[1].excluded is Excluded.HELD
    assert held.again_at == until
    assert decide(waiting, team, RULES, until).chosen == 4


@pytest.mark.parametrize("status", ["away", "offline"])
def test_nobody_waits_for_one_who_is_not_there(status: str) -> None:
    team = [replace(TEAM[0], status=status), TEAM[3]]
    assert decide(Waiting(1, enqueued_at=NOW, requested=1), team, RULES, NOW).chosen == 4


def test_nobody_waits_for_one_who_declined() -> None:
    waiting = Waiting(1, enqueued_at=NOW, owner=1, declined=frozenset({1}))
    assert decide(waiting, [TEAM[0], TEAM[3]], RULES, NOW).chosen == 4


def test_the_requested_one_need_not_be_in_the_team_but_owner_and_former_agent_must() -> None:
    outsider = replace(TEAM[0], in_team=False)
    assert decide(Waiting(1, requested=1), [outsider, TEAM[3]], RULES, NOW).chosen == 1
    assert decide(Waiting(1, owner=1), [outsider, TEAM[3]], RULES, NOW).chosen == 4
    assert decide(Waiting(1, returning_to=1), [outsider, TEAM[3]], RULES, NOW).chosen == 4


@given(
    st.lists(st.sampled_from(["online", "busy", "away", "offline"]), min_size=4, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.tuples(*[st.none() | st.integers(1, 5)] * 3),
    st.integers(0, 120_000),
)
def test_nobody_is_kept_waiting_beside_a_free_agent_beyond_the_longest_of_the_waits(
    statuses: list[str], loads: list[int], wanted: tuple[int | None, ...], waited: int
) -> None:
    team = [
        replace(one, status=status, load=load)
        for one, status, load in zip(TEAM, statuses, loads, strict=True)
    ]
    requested, owner, returning = wanted
    waiting = Waiting(1, enqueued_at=NOW, requested=requested, owner=owner, returning_to=returning)
    decision = decide(waiting, team, RULES, NOW + waited)
    free = [one.id for one in team if one.status == "online" and one.load < one.capacity]
    if free and decision.chosen is None:
        assert decision.again_at is not None
        assert NOW + waited < decision.again_at <= NOW + 60_000
    if decision.chosen is not None:
        assert decision.chosen in free
