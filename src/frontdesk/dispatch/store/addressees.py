"""Whom those who wait were sent to: an agent who was asked for, or a department."""

from frontdesk.platform import Reader


async def agents(reader: Reader, organization_id: int, team_id: int) -> list[int]:
    """The agents who were asked for by those who wait for this team."""
    rows = await reader.fetch(
        """select distinct requested_agent_id from queue_item
        where organization_id = $1 and team_id = $2 and requested_agent_id is not null order by requested_agent_id""",
        organization_id,
        team_id,
    )
    return [row[0] for row in rows]


async def departments(reader: Reader, organization_id: int, team_id: int) -> list[int]:
    """The departments for which somebody waits in this team's queue."""
    rows = await reader.fetch(
        """select distinct department_id from queue_item
        where organization_id = $1 and team_id = $2 and department_id is not null order by department_id""",
        organization_id,
        team_id,
    )
    return [row[0] for row in rows]


async def teams_asking(
    reader: Reader, organization_id: int, agent_id: int, department_id: int | None
) -> set[int]:
    """The teams in whose queues somebody waits for this agent, or for the agent's department."""
    rows = await reader.fetch(
        """select distinct team_id from queue_item where organization_id = $1
        and (requested_agent_id = $2 or department_id = $3)""",
        organization_id,
        agent_id,
        department_id,
    )
    return {row[0] for row in rows}
