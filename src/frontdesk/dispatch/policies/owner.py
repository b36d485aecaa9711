"""Contact owner: a contact that belongs to an agent goes to that agent."""

from typing import Final

from frontdesk.dispatch.types import Rules, Waiting

NAME: Final = "owner"


def person(waiting: Waiting) -> int | None:
    """The agent whom this contact belongs to."""
    return waiting.owner


def wait_s(rules: Rules) -> int:
    """How long a place with that agent is waited for."""
    return rules.owner_wait_s
