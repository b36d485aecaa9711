"""Who may get a conversation at all, and the reason for everybody else."""

from frontdesk.dispatch.types import Agent, Excluded, Waiting

_BY_STATUS = {"busy": Excluded.BUSY, "away": Excluded.AWAY, "offline": Excluded.OFFLINE}


def exclusion(waiting: Waiting, agent: Agent) -> Excluded | None:
    """Why this agent cannot get this conversation; None when it can. The most lasting reason is told first."""
    if not agent.in_team:
        return Excluded.NOT_IN_TEAM
    if agent.status != "online":
        return _BY_STATUS.get(agent.status, Excluded.OFFLINE)
    if agent.id in waiting.declined:
        return Excluded.DECLINED
    if agent.load >= agent.capacity:
        return Excluded.FULL
    return None
