"""The news that staff tells."""

from typing import Final

from frontdesk.platform import Topic
from frontdesk.staff.types import AgentChanged, StaffChanged

AGENT_CHANGED: Final = Topic[AgentChanged]("event.staff.agent-changed", AgentChanged)
STAFF_CHANGED: Final = Topic[StaffChanged]("event.staff.changed", StaffChanged)
