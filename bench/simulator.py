"""The simulator against the formulas, over a million arrivals and more, and how fast it is."""

import time

from bench.report import Report
from frontdesk.dispatch.simulation import Scenario, simulate
from frontdesk.dispatch.simulation.scenario import Arrivals, Crew, Span
from tests.kit.erlang import erlang

_DAYS = 100
# agents, places of each, visitors an hour, mean work, mean patience, hours of each of the days
_CASES = (
    ("Erlang C, 2 places at 60 %", 2, 1, 9.0, 480.0, None, 2200.0),
    ("Erlang C, 6 places at 60 %", 3, 2, 27.0, 480.0, None, 1200.0),
    ("Erlang A, 50 places at 96 %", 10, 5, 360.0, 480.0, 180.0, 80.0),
    ("Erlang A, 50 places at 110 %", 10, 5, 412.5, 480.0, 180.0, 40.0),
)


async def run(report: Report, *, repeats: int) -> None:
    """The same figures at every repeat: one is enough."""
    for seed, (name, agents, capacity, per_hour, work_s, patience_s, hours) in enumerate(_CASES, start=1):
        patience = None if patience_s is None else Span(mean_s=patience_s)
        scenario = Scenario(
            arrivals=Arrivals(per_hour=per_hour, work=Span(mean_s=work_s), patience=patience),
            agents=(Crew(count=agents, capacity=capacity),),
            hours=hours,
            warm_up_hours=5,
            replications=_DAYS,
            seed=seed,
        )
        started = time.perf_counter()
        [compared] = simulate(scenario)
        spent = time.perf_counter() - started
        known = erlang(
            per_hour=per_hour, work_s=work_s, places=agents * capacity, patience_s=patience_s or float("inf")
        )
        found = {figure.name: figure.value for figure in compared.figures}
        expected = {"delayed": 100 * known.delayed, "wait": known.wait_s}
        if patience_s is not None:
            expected["gave_up"] = 100 * known.gave_up
        arrivals = sum(compared.waits.values())
        for figure, value in expected.items():
            off = 100 * abs(found[figure].mean / value - 1)
            report.figure(f"{name}: {figure} differs", off, "%", at_most=2)
            report.raw(
                "simulator",
                {
                    "case": name,
                    "figure": figure,
                    "formula": value,
                    "mean": found[figure].mean,
                    "half": found[figure].half,
                    "arrivals": arrivals,
                },
            )
        report.figure(f"{name}: arrivals", arrivals, "")
        report.figure(f"{name}: speed", arrivals / spent, "/s")
