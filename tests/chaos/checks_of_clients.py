"""What clients saw, against the log. Pure."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from tests.chaos.history import Saw
from tests.chaos.story import Fault, Story

Found = tuple[int, list[str]]
CATCH_UP: Final = 2.0


def applied_in_order(story: Story) -> Found:
    """Each applied entry is the log's of that number, and the next one after the last that the client had."""
    n = 0
    violations: list[str] = []
    ids = {conversation: [entry.id for entry in entries] for conversation, entries in story.log.items()}
    for (process, conversation), seen in story.seen.items():
        held = 0
        for saw in seen:
            n += len(saw.ids)
            if not saw.anew and saw.first != held + 1:
                violations.append(f"{process} applied {saw.first} of {conversation} after {held}")
            stored = ids.get(conversation, [])[saw.first - 1 : saw.first - 1 + len(saw.ids)]
            if stored != list(saw.ids):
                violations.append(
                    f"{process} saw other entries than the log's in {conversation} from {saw.first}"
                )
            held = saw.first + len(saw.ids) - 1
    return n, violations


def caught_up_after_faults(story: Story) -> Found:
    """A client has everything that was acked before a fault ended at most `CATCH_UP` seconds after.

    An end that is followed by another fault within that time is not looked at, nor is a client that came later.
    """
    n = 0
    violations: list[str] = []
    acked = _acked(story)
    ends = [fault for fault in story.faults if _is_quiet_after(fault, story)]
    for (process, conversation), seen in _faithful(story):
        times, heads = _heads(seen)
        for fault in ends:
            moments, highest = acked.get(conversation, ([], []))
            before = bisect_right(moments, fault.ended)
            if times[0] > fault.began or not before:
                continue
            n += 1
            wanted = highest[before - 1]
            then = bisect_right(times, fault.ended + CATCH_UP)
            if not then or heads[then - 1] < wanted:
                has = heads[then - 1] if then else 0
                violations.append(
                    f"{process} had {has} of {conversation} when {wanted} had been acked, "
                    f"{CATCH_UP} s after {fault.kind} {fault.target} ({fault.number}) ended at {fault.ended}"
                )
    return n, violations


def end_with_the_log(story: Story) -> Found:
    n = 0
    violations: list[str] = []
    for (process, conversation), seen in _faithful(story):
        n += 1
        head = seen[-1].first + len(seen[-1].ids) - 1
        stored = len(story.log.get(conversation, []))
        if head != stored:
            violations.append(f"{process} ended with {head} of {stored} entries of {conversation}")
    return n, violations


def _faithful(story: Story) -> Iterator[tuple[tuple[str, str], list[Saw]]]:
    """What was seen by those who followed a conversation until the end."""
    return (item for item in story.seen.items() if item[0] not in story.left)


def _is_quiet_after(fault: Fault, story: Story) -> bool:
    over = fault.ended + CATCH_UP
    return over <= story.end and not any(
        other.number != fault.number and other.began < over and other.ended > fault.ended
        for other in story.faults
    )


def _heads(seen: list[Saw]) -> tuple[list[float], list[int]]:
    return [saw.at for saw in seen], [saw.first + len(saw.ids) - 1 for saw in seen]


def _acked(story: Story) -> dict[str, tuple[list[float], list[int]]]:
    """For each conversation the moments of acks, and the highest seq acked until then."""
    acked: dict[str, tuple[list[float], list[int]]] = {}
    for ok in story.oks:
        moments, highest = acked.setdefault(ok.conversation, ([], []))
        moments.append(ok.at)
        highest.append(max(ok.seq, highest[-1] if highest else 0))
    return acked
