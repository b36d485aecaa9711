"""What is simulated, as a small TOML file: who arrives, who is there to answer, and the rules to try."""

import tomllib
from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.types import Facts, Level, Routing, Rules, Skill

Wanted = TypeVar("Wanted")
Positive = Annotated[float, Meta(gt=0, le=1e7)]
NotNegative = Annotated[float, Meta(ge=0, le=1e7)]
Share = Annotated[float, Meta(ge=0, le=1)]
Stars = Annotated[float, Meta(ge=1, le=5)]
Hours = Annotated[float, Meta(gt=0, le=1000)]
PerHour = Annotated[float, Meta(ge=0, le=100_000)]
MOST_ARRIVALS: Final = 5_000_000
"""In all replications of a scenario together."""


class Shape(StrEnum):
    """How a length of time varies around its mean."""

    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"
    FIXED = "fixed"


class Span(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A length of time that differs from one visitor to the next. `deviation_s` belongs to `lognormal` alone."""

    mean_s: Positive
    shape: Shape = Shape.EXPONENTIAL
    deviation_s: Positive | None = None


class Kind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of visitor: how many of all are of it (a weight), what rules may know of it, how it differs."""

    share: Positive = 1.0
    language: str = ""
    channel: str = ""
    page: str = ""
    referrer: str = ""
    vip: Annotated[int, Meta(ge=0, le=5)] = 0
    returning: Share = 0.0
    patience: Span | None = None
    work: Span | None = None

    def facts(self) -> Facts:
        return Facts(self.language, self.channel, self.page, self.referrer, self.vip)


class Arrivals(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Visitors an hour: one number, or one for each hour, begun again at the end of the list.

    Without `patience` nobody leaves.
    """

    per_hour: PerHour | Annotated[tuple[PerHour, ...], Meta(min_length=1, max_length=1000)]
    work: Span
    patience: Span | None = None
    kinds: Annotated[tuple[Kind, ...], Meta(min_length=1, max_length=50)] = (Kind(),)

    def rates(self) -> Sequence[float]:
        """One for each hour."""
        return self.per_hour if isinstance(self.per_hour, tuple) else (self.per_hour,)


class Crew(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Agents who are alike. `speed` 1.25 needs a fifth less time than planned.

    `slow_down` is what each further conversation at the same time adds to the length of all of them: with 0.2 and three
    at once, everything takes 1.4 times as long. `rating`: of five stars, what visitors of a language give on average (the
    empty language: all others); `passes_on`: the share of conversations that goes on to somebody else. `present`: from and
    to, in hours since the beginning; empty: always.
    """

    count: Annotated[int, Meta(ge=1, le=500)] = 1
    capacity: Annotated[int, Meta(ge=1, le=1000)] = 1
    weight: Annotated[int, Meta(ge=0, le=100)] = 1
    speed: Annotated[float, Meta(ge=0.05, le=20)] = 1.0
    slow_down: Annotated[float, Meta(ge=0, le=5)] = 0.0
    rating: dict[str, Stars] = {}
    passes_on: Share = 0.0
    skills: dict[Skill, Level] = {}
    present: tuple[tuple[NotNegative, NotNegative], ...] = ()


class RuleSet(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rules to try: the policy, and the routing as the API takes it."""

    name: Annotated[str, Meta(min_length=1, max_length=40)] = ""
    policy: str = "least_busy"
    routing: Routing = Routing()

    @property
    def title(self) -> str:
        return self.name or self.policy.replace("_", " ")

    def rules(self, estimates: Estimates | None = None) -> Rules:
        """`estimates`: what `learned` goes by."""
        routing = self.routing
        return Rules(
            self.policy,
            0,
            routing.requested_wait_s,
            routing.owner_wait_s,
            routing.returning_wait_s,
            routing.attributes,
            routing.relaxations,
            routing.explore_percent / 100,
            estimates,
        )


class Teaching(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The days before, from whose outcomes `learned` learns: the least busy agent, with so many choices of a hundred by chance."""

    days: Annotated[int, Meta(ge=1, le=1000)] = 20
    explore_percent: Annotated[int, Meta(ge=1, le=100)] = 10


class Scenario(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a simulation needs. Visitors of the warm-up are served but not counted."""

    arrivals: Arrivals
    agents: Annotated[tuple[Crew, ...], Meta(min_length=1, max_length=200)]
    rules: Annotated[tuple[RuleSet, ...], Meta(min_length=1, max_length=8)] = (RuleSet(),)
    hours: Hours = 8.0
    warm_up_hours: Annotated[float, Meta(ge=0, le=1000)] = 0.0
    replications: Annotated[int, Meta(ge=2, le=1000)] = 30
    seed: int = 1
    teaching: Teaching = Teaching()
    promise_s: Positive = 20.0
    """The wait within which an answer counts as prompt."""


LEARNED: Final = "learned"
SIMULATED: Final = ("least_busy", "longest_idle", "round_robin", "weighted", LEARNED)
"""The policies that choose. Where people choose themselves, nobody can say what they would have done."""


def read_scenario(text: str) -> Scenario:
    """Read a scenario. Raises `invalid` with the key that is wrong and what may stand there."""
    scenario = _read(text, Scenario)
    for problem in _problems(scenario):
        raise _wrong(problem)
    return scenario


def read_routing(text: str) -> Routing:
    """Read what stands below `[rules.routing]` of a scenario, in a file of its own. Raises as `read_scenario` does."""
    return _read(text, Routing)


def _read(text: str, kind: type[Wanted]) -> Wanted:
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"It is not valid TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise _wrong(f"{error}.") from error


def _problems(scenario: Scenario) -> Sequence[str]:
    found = [
        f"`{one.policy}` cannot be simulated. Choose one of {', '.join(SIMULATED)}."
        for one in scenario.rules
        if one.policy not in SIMULATED
    ]
    titles = [one.title for one in scenario.rules]
    if len(set(titles)) < len(titles):
        found.append("Two sets of rules have the same name. Give each a `name` of its own.")
    if scenario.warm_up_hours >= scenario.hours:
        found.append("`warm_up_hours` must be less than `hours`: nobody would be counted.")
    spans = [scenario.arrivals.work, scenario.arrivals.patience]
    spans += [span for kind in scenario.arrivals.kinds for span in (kind.work, kind.patience)]
    if any(one and (one.deviation_s is None) == (one.shape is Shape.LOGNORMAL) for one in spans):
        found.append("`deviation_s` is needed for `lognormal`, and only there.")
    if any(start >= end for crew in scenario.agents for start, end in crew.present):
        found.append("`present` has a stretch that ends before it begins: write [from, to] in hours.")
    taught = scenario.teaching.days if any(one.policy == LEARNED for one in scenario.rules) else 0
    expected = fmean(scenario.arrivals.rates()) * scenario.hours * (scenario.replications + taught)
    if not expected:
        found.append("Nobody arrives: `per_hour` is 0.")
    if expected > MOST_ARRIVALS:
        found.append(
            f"That is {expected:,.0f} arrivals; {MOST_ARRIVALS:,} are the most. Take fewer hours or replications."
        )
    return found


def _wrong(problem: str) -> FrontdeskError:
    return invalid(
        "simulation.scenario",
        f"The file is wrong. {problem}",
        hint="docs/dispatch/simulator.md has the keys.",
    )
