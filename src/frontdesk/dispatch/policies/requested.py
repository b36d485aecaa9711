"""A requested agent: the visitor came with somebody's code, or was sent to somebody."""

from typing import Final

from frontdesk.dispatch.types import Rules, Waiting

NAME: Final = "requested"


def person(waiting: Waiting) -> int | None:
    """Who was asked for, whether in this team or not."""
    return waiting.requested


def wait_s(rules: Rules) -> int:
    """How long a place with that agent is waited for."""
    return rules.requested_wait_s
