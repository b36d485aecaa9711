"""Whom those who wait were sent to: an agent who was asked for, or a department."""

from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.platform import Reader


class Addressees(NamedTuple):
    """The agents who were asked for by those who wait for a team, and the departments for which somebody waits there."""

    agents: Sequence[int]
    departments: Sequence[int]


async def of_team(reader: Reader, organization_id: int, team_id: int) -> Addressees:
    rows = await reader.fetch(
        """select requested_agent_id, null from queue_item
        where organization_id = $1 and team_id = $2 and requested_agent_id is not null
        union select null, department_id from queue_item
        where organization_id = $1 and team_id = $2 and department_id is not null order by 1, 2""",
        organization_id,
        team_id,
    )
    return Addressees(
        [row[0] for row in rows if row[0] is not None], [row[1] for row in rows if row[1] is not None]
    )


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
