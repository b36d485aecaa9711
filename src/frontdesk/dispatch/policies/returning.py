"""A returning customer goes back to the human who served last."""

from typing import Final

from frontdesk.dispatch.types import Rules, Waiting

NAME: Final = "returning"


def person(waiting: Waiting) -> int | None:
    """The contact's last human agent."""
    return waiting.returning_to


def wait_s(rules: Rules) -> int:
    """How long a place with that agent is waited for."""
    return rules.returning_wait_s
