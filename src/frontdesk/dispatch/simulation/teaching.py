"""What `learned` knows when a scenario begins: it was taught by days before, as a team's own last weeks teach it."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from frontdesk.dispatch.estimates import Estimates, kind_of
from frontdesk.dispatch.learning.fitting import fit
from frontdesk.dispatch.learning.trials import Trial, reward, trial_of
from frontdesk.dispatch.simulation.demand import Visitor, draw
from frontdesk.dispatch.simulation.replay import Replay
from frontdesk.dispatch.simulation.scenario import LEARNED, RuleSet, Scenario
from frontdesk.dispatch.types import Routing


def teach(scenario: Scenario) -> Estimates | None:
    """What the days of teaching say, which are none of those that are compared; None where nobody goes by it."""
    known = list(trials(scenario)) if any(one.policy == LEARNED for one in scenario.rules) else []
    return fit(known) if known else None


def trials(scenario: Scenario) -> Iterable[Trial]:
    """Everything in which chance had a share on the days of teaching, in its order."""
    exploring = RuleSet(routing=Routing(explore_percent=scenario.teaching.explore_percent))
    for day in range(scenario.teaching.days):
        visitors = draw(scenario, scenario.replications + day)
        replay = Replay(scenario.agents, exploring, visitors)
        visits = replay.run()
        for number, decision in sorted(replay.chosen.items()):
            outcome = visits[number].outcome
            if outcome is not None:
                worth = reward(outcome, usual_ms=usual_ms(visitors), usual_rating=0.5)
                yield from trial_of(decision.candidates, decision.chosen, _kind(visitors[number]), worth)


def _kind(visitor: Visitor) -> str:
    return kind_of(visitor.facts.language, visitor.facts.channel)


def usual_ms(visitors: Sequence[Visitor]) -> float:
    """How long the day's conversations take an agent of usual speed."""
    return fmean(visitor.work_ms for visitor in visitors) if visitors else 0.0
