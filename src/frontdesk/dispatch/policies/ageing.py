"""The order of a queue. Pure: a head start moves the arrival back, and the earliest goes first.

A head start ages as everything does: who arrives later than the longest head start after somebody never comes before
them, so nobody is overtaken for ever, and the order needs no clock and is never sorted again.
"""

from typing import Final

from frontdesk.core.clock import Millis

LONGEST_HEAD_START_S: Final = 1_800


def turn(arrived_at: Millis, head_start_s: int, last_alike: Millis) -> Millis:
    """Whose turn it is when: the smallest is next.

    `last_alike` is the latest turn of those with the same head start: who comes after them is after them, also when the
    clock has not moved on in between.
    """
    return max(arrived_at - head_start_s * 1000, last_alike + 1)
