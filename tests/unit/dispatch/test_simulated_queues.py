"""The simulator reproduces what theory knows: Erlang's C and A within 2 %."""

import pytest

from frontdesk.dispatch.intervals import Interval
from frontdesk.dispatch.simulation import Scenario, simulate
from frontdesk.dispatch.simulation.scenario import Arrivals, Crew, Span
from tests.kit.erlang import erlang

DAYS = 10


def simulated(
    *, per_hour: float, work_s: float, agents: int, capacity: int, patience_s: float | None, visitors: int
) -> dict[str, Interval]:
    patience = None if patience_s is None else Span(mean_s=patience_s)
    scenario = Scenario(
        arrivals=Arrivals(per_hour=per_hour, work=Span(mean_s=work_s), patience=patience),
        agents=(Crew(count=agents, capacity=capacity),),
        hours=visitors / per_hour / DAYS,
        warm_up_hours=1,
        replications=DAYS,
    )
    [compared] = simulate(scenario)
    return {figure.name: figure.value for figure in compared.figures}


def agrees(found: Interval, known: float) -> bool:
    """Within 2 %, and no further away than chance explains."""
    return abs(found.mean - known) <= min(0.02 * known, found.half)


def test_the_formulas_give_the_published_figures() -> None:
    """50 places, 8 minutes each, 6 visitors a minute: 0.694 wait, 2.78 min; with 3 minutes of patience 0.317 and 5.15 %."""
    without = erlang(per_hour=360, work_s=480, places=50)
    assert (without.delayed, without.wait_s / 60) == pytest.approx((0.694, 2.78), rel=2e-3)
    impatient = erlang(per_hour=360, work_s=480, places=50, patience_s=180)
    assert impatient == pytest.approx((0.317, 0.0515, 9.3), rel=4e-3)


def test_without_patience_waits_are_those_of_erlang_c() -> None:
    known = erlang(per_hour=30, work_s=120, places=2)
    found = simulated(per_hour=30, work_s=120, agents=2, capacity=1, patience_s=None, visitors=90_000)
    assert agrees(found["delayed"], 100 * known.delayed)
    assert agrees(found["wait"], known.wait_s)
    assert found["gave_up"].mean == 0


@pytest.mark.parametrize("per_hour", [150, 200])
def test_with_patience_waits_and_leavers_are_those_of_erlang_a_also_above_full_load(per_hour: float) -> None:
    known = erlang(per_hour=per_hour, work_s=120, places=6, patience_s=60)
    found = simulated(per_hour=per_hour, work_s=120, agents=2, capacity=3, patience_s=60, visitors=60_000)
    assert agrees(found["delayed"], 100 * known.delayed)
    assert agrees(found["gave_up"], 100 * known.gave_up)
    assert agrees(found["wait"], known.wait_s)
