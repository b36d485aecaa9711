"""Says of a history what it violates, and of how many things it looked at: a zero without its n proves nothing.

Pure. What a client does not know (`info`) is never a violation; what it was told is, when it is not true.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tests.chaos import checks_of_clients, checks_of_owners
from tests.chaos.history import Event, Logged
from tests.chaos.story import Key, Story, key_of, tell


@dataclass(frozen=True)
class Verdict:
    """`n`: how many `things` were looked at."""

    invariant: str
    n: int
    things: str
    violations: Sequence[str]


Found = tuple[int, list[str]]


def check(events: Iterable[Event]) -> list[Verdict]:
    """A verdict for every invariant, in the order of `INVARIANTS`."""
    story = tell(events)
    return [
        Verdict(invariant, *_judged(judge(story), things))
        for invariant, (things, judge) in INVARIANTS.items()
    ]


def report(verdicts: Iterable[Verdict], *, most: int = 5) -> str:
    """A line for each invariant, and its first violations."""
    lines: list[str] = []
    for verdict in verdicts:
        lines.append(
            f"{len(verdict.violations):>4} violations of: {verdict.invariant} (n = {verdict.n:,} {verdict.things})"
        )
        lines += [f"       {violation}" for violation in verdict.violations[:most]]
    return "\n".join(lines)


def _judged(found: Found, things: str) -> tuple[int, str, list[str]]:
    n, violations = found
    return n, things, violations


# ---- the log ---------------------------------------------------------------------------------------------------------


def acked_is_kept(story: Story) -> Found:
    stored = {(key, entry.id, entry.seq) for key, entry in _messages(story)}
    acked = {(key_of(ok), ok.id, ok.seq) for ok in story.oks}
    return len({key for key, _, _ in acked}), [
        f"{key} was acked as {identity} with seq {seq}, and the log has it not so"
        for key, identity, seq in sorted(acked - stored)
    ]


def nothing_is_doubled(story: Story) -> Found:
    keys: set[Key] = set()
    ids: set[str] = set()
    violations: list[str] = []
    for key, entry in _messages(story):
        if key in keys:
            violations.append(f"{key} is in the log again with seq {entry.seq}")
        keys.add(key)
    for entry in (entry for entries in story.log.values() for entry in entries):
        if entry.id in ids:
            violations.append(f"the id {entry.id} is in the log twice")
        ids.add(entry.id)
    return len(keys), violations


def nothing_is_invented(story: Story) -> Found:
    refused = {key_of(fail) for fail in story.fails}
    violations: list[str] = []
    n = 0
    for key, entry in _messages(story):
        n += 1
        if key not in story.firsts:
            violations.append(f"{key} is in the log with seq {entry.seq}, and nobody sent it")
        elif key in refused:
            violations.append(f"{key} is in the log with seq {entry.seq}, and was refused")
    return n, violations


def sequences_have_no_gap(story: Story) -> Found:
    violations: list[str] = []
    for conversation, entries in story.log.items():
        for former, entry in pairwise([0, *(entry.seq for entry in entries)]):
            if entry != former + 1:
                violations.append(f"in {conversation} seq {entry} follows {former}")
    heads = {header.conversation: header.head for header in story.headers}
    violations += [
        f"{conversation} says that its head is {head}, and it has {len(story.log.get(conversation, []))} entries"
        for conversation, head in heads.items()
        if head != len(story.log.get(conversation, []))
    ]
    return sum(len(entries) for entries in story.log.values()), violations


def one_answer(story: Story) -> Found:
    answers: dict[Key, tuple[str, int]] = {}
    owners: dict[tuple[str, int], Key] = {}
    violations: list[str] = []
    for ok in story.oks:
        key, answer = key_of(ok), (ok.id, ok.seq)
        if answers.setdefault(key, answer) != answer:
            violations.append(f"{key} was acked as {answers[key]}, then as {answer}")
        if owners.setdefault((ok.conversation, ok.seq), key) != key:
            violations.append(
                f"{owners[ok.conversation, ok.seq]} and {key} were both acked with seq {ok.seq}"
            )
    return len(story.oks), violations


def order_of_time(story: Story) -> Found:
    """What was acked before another was first sent comes before it."""
    n = 0
    violations: list[str] = []
    for conversation, moments in _moments(story).items():
        highest = 0
        for _, kind, seq, key in sorted(moments):
            if kind == _ACKED:
                highest = max(highest, seq)
                continue
            n += 1
            if seq <= highest:
                violations.append(
                    f"{key} in {conversation} has seq {seq}; {highest} was acked before it was sent"
                )
    return n, violations


_ACKED, _SENT = 1, 0  # at the same moment a message is sent before another is acked: no claim is made


def _moments(story: Story) -> dict[str, list[tuple[float, int, int, Key]]]:
    moments: dict[str, list[tuple[float, int, int, Key]]] = {}
    for key, entry in _messages(story):
        if key in story.firsts:
            moments.setdefault(key.conversation, []).append((story.firsts[key], _SENT, entry.seq, key))
    for ok in story.oks:
        moments.setdefault(ok.conversation, []).append((ok.at, _ACKED, ok.seq, key_of(ok)))
    return moments


def ack_after_commit(story: Story) -> Found:
    violations = [
        f"{missing} was acked, and another connection did not find it at {witness.at}"
        for witness in story.witnesses
        for missing in witness.missing
    ]
    return sum(witness.asked for witness in story.witnesses), violations


def ack_waits_for_a_slow_commit(story: Story) -> Found:
    """Looks at messages first sent while every commit takes `delay`, long enough before its end."""
    n = 0
    violations: list[str] = []
    slow = [fault for fault in story.faults if fault.delay]
    for ok in story.oks:
        sent = story.firsts.get(key_of(ok))
        for fault in slow:
            if sent is not None and fault.began <= sent <= fault.ended - fault.delay:
                n += 1
                if ok.at - sent < fault.delay:
                    violations.append(
                        f"{key_of(ok)} was acked after {ok.at - sent:.3f} s while a commit took {fault.delay} s"
                    )
    return n, violations


def _messages(story: Story) -> Iterator[tuple[Key, Logged]]:
    for conversation, entries in story.log.items():
        for entry in entries:
            if entry.client_id is not None and entry.sender_kind != "bot":
                yield Key(conversation, entry.sender, entry.client_id), entry


INVARIANTS: Final[dict[str, tuple[str, Callable[[Story], Found]]]] = {
    "an acked message is in the log as it was acked": ("acked messages", acked_is_kept),
    "no message is in the log twice": ("messages", nothing_is_doubled),
    "the log has what was sent and not refused": ("messages", nothing_is_invented),
    "sequences have no gap": ("entries", sequences_have_no_gap),
    "one message has one answer, and a seq one message": ("acks", one_answer),
    "the log's order agrees with time": ("messages", order_of_time),
    "an ack comes after the commit": ("acks looked up by another connection", ack_after_commit),
    "an ack waits for a slow commit": ("acks", ack_waits_for_a_slow_commit),
    "clients apply the log in its order": ("applied entries", checks_of_clients.applied_in_order),
    "clients have caught up 2 s after a fault": (
        "clients at ends of faults",
        checks_of_clients.caught_up_after_faults,
    ),
    "clients end with the log": ("clients in conversations", checks_of_clients.end_with_the_log),
    "a conversation has one owner": ("conversations in snapshots", checks_of_owners.one_owner),
    "only the owner writes": ("messages of agents", checks_of_owners.only_the_owner_writes),
    "an owner is released before the next": ("assignments", checks_of_owners.released_first),
    "seats are within capacity": ("seats in snapshots", checks_of_owners.seats_hold),
    "nobody waits beside a free seat": ("waiting visitors in snapshots", checks_of_owners.nobody_is_stranded),
}
