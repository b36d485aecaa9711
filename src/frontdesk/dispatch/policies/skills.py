"""Skills with levels: everybody considered has every skill that is needed, at the level that is needed or above.

The longer somebody waits, the less is asked for: the team's relaxations lower all levels step by step, and a level below
1 is no need any more. A team without relaxations waits for the right person for as long as it takes.
"""

from collections.abc import Mapping

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Rules


def relaxed(
    needs: Mapping[str, int], rules: Rules, since: Millis, now: Millis
) -> tuple[Mapping[str, int], Millis | None]:
    """What is still asked for after this long a wait, and when less will be."""
    if not needs:
        return needs, None
    lowered = max((one.lower_by for one in rules.relaxations if since + one.after_s * 1000 <= now), default=0)
    left = {skill: level - lowered for skill, level in needs.items() if level > lowered}
    later = [
        since + one.after_s * 1000
        for one in rules.relaxations
        if since + one.after_s * 1000 > now and one.lower_by > lowered
    ]
    return left, min(later, default=None) if left else None


def lacks(agent: Agent, needs: Mapping[str, int]) -> bool:
    """Whether the agent has one of these skills not at all, or below the level."""
    known = agent.skills
    for skill, level in needs.items():  # noqa: SIM110 - for everybody at every decision: a generator costs twice as much
        if known.get(skill, 0) < level:
            return True
    return False
