"""Pauses that many processes do not end at the same moment."""

import secrets

_STEPS = 1_000


def jittered(seconds: float) -> float:
    """A random part of `seconds`, from none to all of it."""
    return seconds * secrets.randbelow(_STEPS + 1) / _STEPS
