"""The simulator: what a team's rules would do to visitors and agents, before anybody meets them.

Drives the production decision code (`walk`, `policies`) over arrivals that are made up or recorded. No clock, no
database: the same scenario and seed give the same figures, to the last digit.

Invariants: every set of rules meets the same visitors, with the same patience and the same work (common random
numbers); an agent's load never exceeds its capacity; every visitor is served or leaves, once.
"""

from frontdesk.dispatch.simulation.chart import as_bars, as_svg
from frontdesk.dispatch.simulation.comparing import Compared, Figure, Given, compare, simulate
from frontdesk.dispatch.simulation.demand import Visitor, draw
from frontdesk.dispatch.simulation.measures import reality
from frontdesk.dispatch.simulation.replay import Replay, Visit
from frontdesk.dispatch.simulation.scenario import (
    SIMULATED,
    Crew,
    RuleSet,
    Scenario,
    read_routing,
    read_scenario,
)

__all__ = [
    "SIMULATED",
    "Compared",
    "Crew",
    "Figure",
    "Given",
    "Replay",
    "RuleSet",
    "Scenario",
    "Visit",
    "Visitor",
    "as_bars",
    "as_svg",
    "compare",
    "draw",
    "read_routing",
    "read_scenario",
    "reality",
    "simulate",
]
