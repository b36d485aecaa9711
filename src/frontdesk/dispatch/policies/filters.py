"""Who may get a conversation at all, and the reason for everybody else."""

from collections.abc import Mapping

from frontdesk.dispatch.policies import skills
from frontdesk.dispatch.types import Agent, Excluded, Waiting

_BY_STATUS = {
    "busy": Excluded.BUSY,
    "away": Excluded.AWAY,
    "offline": Excluded.OFFLINE,
    "wrapping_up": Excluded.WRAPPING_UP,
}
_NO_NEEDS: Mapping[str, int] = {}


def exclusion(waiting: Waiting, agent: Agent, needs: Mapping[str, int] = _NO_NEEDS) -> Excluded | None:
    """Why this agent cannot get this conversation; None when it can. The most lasting reason is told first."""
    if waiting.department_id is not None:
        if agent.department_id != waiting.department_id:
            return Excluded.NOT_OF_DEPARTMENT
    elif not agent.in_team and agent.id != waiting.requested:
        return Excluded.NOT_IN_TEAM
    if agent.status != "online":
        return _BY_STATUS.get(agent.status, Excluded.OFFLINE)
    if needs and agent.id != waiting.requested and skills.lacks(agent, needs):
        return Excluded.SKILL
    if agent.id in waiting.declined:
        return Excluded.DECLINED
    return _lacks_places(waiting, agent)


def _lacks_places(waiting: Waiting, agent: Agent) -> Excluded | None:
    if agent.load + waiting.weight > agent.capacity:
        return Excluded.FULL
    most = agent.limits.get(waiting.kind)
    if most is not None and agent.taken.get(waiting.kind, 0) + waiting.weight > most:
        return Excluded.KIND_FULL
    if agent.saved or waiting.kind in agent.saved_kinds:
        return Excluded.SAVED
    return None
