"""The checker is believed because it catches: each way to break a promise is seen, by the invariant that it breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.checker import INVARIANTS, check, report
from tests.chaos.history import (
    End,
    Event,
    Fail,
    FaultBegan,
    FaultEnded,
    Header,
    Held,
    Info,
    Invoke,
    Journal,
    Left,
    Logged,
    Ok,
    Sample,
    Saw,
    SeatState,
    Witnessed,
    read,
)

Spoil = Callable[[list[Event]], None]


def seat(*, load: int = 1, reserved: int = 0, status: str = "online") -> SeatState:
    return SeatState("mei", status, ["team"], 2, load, reserved, 2)


def sample(at: float, *held: Held, load: int = 1) -> Sample:
    return Sample(at, [seat(load=load)], held or [Held("c", "active", "mei", None)])


def good() -> list[Event]:
    """Two people talk; an ack gets lost, and the visitor sends again. A fault; a slow commit."""
    return [
        Invoke(1.0, "v1", "c", "visitor", "a"),
        Info(1.2, "v1", "c", "visitor", "a", "lost"),
        Invoke(1.3, "v1", "c", "visitor", "a"),
        Ok(1.4, "v1", "c", "visitor", "a", "13", 3),
        Ok(1.5, "v2", "c", "visitor", "a", "13", 3),
        Witnessed(1.5, 1, []),
        Saw(1.4, "v1", "c", 1, ["11", "12", "13"], anew=True),
        Saw(1.4, "mei1", "c", 1, ["11", "12", "13"], anew=True),
        sample(1.6),
        FaultBegan(2.0, 1, "kill", "access"),
        FaultEnded(3.0, 1),
        Invoke(3.5, "mei1", "c", "mei", "b"),
        Ok(3.6, "mei1", "c", "mei", "b", "14", 4),
        Saw(3.6, "mei1", "c", 4, ["14"]),
        Saw(3.7, "v1", "c", 4, ["14"]),
        Invoke(4.0, "v1", "c", "visitor", "refused"),
        Fail(4.1, "v1", "c", "visitor", "refused", "conversations.closed"),
        Invoke(4.0, "v1", "c", "visitor", "nobody knows"),
        Info(4.1, "v1", "c", "visitor", "nobody knows", "lost"),
        FaultBegan(6.0, 2, "slow", "database", 0.5),
        Invoke(6.1, "v1", "c", "visitor", "slow"),
        Ok(6.7, "v1", "c", "visitor", "slow", "15", 5),
        FaultEnded(7.0, 2),
        Saw(6.7, "v1", "c", 5, ["15"]),
        Saw(6.8, "mei1", "c", 5, ["15"]),
        sample(14.5),
        sample(16.0),
        Logged("c", 1, "11", "opened", "system", "0"),
        Logged("c", 2, "12", "assigned", "system", "0", None, "mei"),
        Logged("c", 3, "13", "message", "visitor", "visitor", "a"),
        Logged("c", 4, "14", "message", "agent", "mei", "b"),
        Logged("c", 5, "15", "message", "visitor", "visitor", "slow"),
        Header("c", "active", "mei", 5),
        End(20.0),
    ]


def put(events: list[Event], old: Event, *new: Event) -> None:
    at = events.index(old)
    events[at : at + 1] = new


def logged(seq: int) -> Logged:
    return next(event for event in good() if isinstance(event, Logged) and event.seq == seq)


def lose_an_acked_message(events: list[Event]) -> None:
    put(events, logged(5))
    put(events, Header("c", "active", "mei", 5), Header("c", "active", "mei", 4))


def store_it_with_another_number(events: list[Event]) -> None:
    put(events, logged(4), Logged("c", 4, "15", "message", "visitor", "visitor", "slow"))
    put(events, logged(5), Logged("c", 5, "14", "message", "agent", "mei", "b"))


def double_a_message(events: list[Event]) -> None:
    put(events, logged(5), logged(5), Logged("c", 6, "16", "message", "visitor", "visitor", "slow"))


def invent_a_message(events: list[Event]) -> None:
    put(events, logged(5), logged(5), Logged("c", 6, "16", "message", "visitor", "visitor", "who?"))


def keep_a_refused_message(events: list[Event]) -> None:
    put(events, logged(5), logged(5), Logged("c", 6, "16", "message", "visitor", "visitor", "refused"))


def leave_a_gap(events: list[Event]) -> None:
    put(events, logged(5), Logged("c", 6, "15", "message", "visitor", "visitor", "slow"))


def begin_with_two(events: list[Event]) -> None:
    put(events, logged(1))


def forget_in_the_header(events: list[Event]) -> None:
    put(events, Header("c", "active", "mei", 5), Header("c", "active", "mei", 4))


def answer_differently(events: list[Event]) -> None:
    put(
        events,
        Ok(1.5, "v2", "c", "visitor", "a", "13", 3),
        Ok(1.5, "v2", "c", "visitor", "a", "99", 3),
    )


def give_a_number_twice(events: list[Event]) -> None:
    put(events, Ok(3.6, "mei1", "c", "mei", "b", "14", 4), Ok(3.6, "mei1", "c", "mei", "b", "14", 3))


def put_later_before_earlier(events: list[Event]) -> None:
    put(events, Invoke(1.0, "v1", "c", "visitor", "a"), Invoke(3.7, "v1", "c", "visitor", "a"))
    put(events, Invoke(1.3, "v1", "c", "visitor", "a"))


def ack_before_the_commit(events: list[Event]) -> None:
    put(events, Witnessed(1.5, 1, []), Witnessed(1.5, 1, ["13"]))


def ack_too_soon(events: list[Event]) -> None:
    slow = Ok(6.7, "v1", "c", "visitor", "slow", "15", 5)
    put(events, slow, Ok(6.3, "v1", "c", "visitor", "slow", "15", 5))


def apply_what_is_not_next(events: list[Event]) -> None:
    put(events, Saw(3.6, "mei1", "c", 4, ["14"]))


def apply_another_entry(events: list[Event]) -> None:
    put(events, Saw(3.6, "mei1", "c", 4, ["14"]), Saw(3.6, "mei1", "c", 4, ["41"]))


def stay_behind(events: list[Event]) -> None:
    late = [Saw(8.9, "mei1", "c", 4, ["14"]), Saw(9.2, "mei1", "c", 5, ["15"])]
    put(events, Saw(3.6, "mei1", "c", 4, ["14"]))
    put(events, Saw(6.8, "mei1", "c", 5, ["15"]), *late)


def end_behind(events: list[Event]) -> None:
    put(events, Saw(6.8, "mei1", "c", 5, ["15"]))


def own_twice(events: list[Event]) -> None:
    put(events, logged(3), Logged("c", 3, "13", "assigned", "system", "0", None, "omar"))


def write_as_a_stranger(events: list[Event]) -> None:
    put(events, logged(2), Logged("c", 2, "12", "assigned", "system", "0", None, "omar"))


def write_after_the_end(events: list[Event]) -> None:
    put(events, logged(3), Logged("c", 3, "13", "closed", "system", "0"))


def be_active_without_an_owner(events: list[Event]) -> None:
    put(events, sample(1.6), sample(1.6, Held("c", "active", None, None), load=0))


def be_active_and_in_the_queue(events: list[Event]) -> None:
    put(events, sample(1.6), sample(1.6, Held("c", "active", "mei", "team")))


def wait_outside_the_queue(events: list[Event]) -> None:
    put(events, sample(1.6), sample(1.6, Held("c", "waiting", None, None), load=0))


def count_wrongly(events: list[Event]) -> None:
    put(events, sample(1.6), sample(1.6, load=0))


def say_another_owner(events: list[Event]) -> None:
    put(events, Header("c", "active", "mei", 5), Header("c", "active", "omar", 5))


def overfill_a_seat(events: list[Event]) -> None:
    put(events, sample(1.6), Sample(1.6, [seat(load=1, reserved=2)], [Held("c", "active", "mei", None)]))


def strand_somebody(events: list[Event]) -> None:
    both = [Held("c", "active", "mei", None), Held("d", "waiting", None, "team")]
    put(events, sample(14.5), *[sample(14.5 + turn / 2, *both) for turn in range(8)])
    put(events, sample(16.0), sample(19.0))


def strand_somebody_at_the_end(events: list[Event]) -> None:
    both = [Held("c", "active", "mei", None), Held("d", "waiting", None, "team")]
    put(events, sample(16.0), sample(16.0, *both))


SPOILED: list[tuple[Spoil, set[str]]] = [
    (lose_an_acked_message, {"an acked message is in the log as it was acked"}),
    (store_it_with_another_number, {"an acked message is in the log as it was acked"}),
    (double_a_message, {"no message is in the log twice"}),
    (invent_a_message, {"the log has what was sent and not refused"}),
    (keep_a_refused_message, {"the log has what was sent and not refused"}),
    (leave_a_gap, {"sequences have no gap"}),
    (begin_with_two, {"sequences have no gap"}),
    (forget_in_the_header, {"sequences have no gap"}),
    (answer_differently, {"one message has one answer, and a seq one message"}),
    (give_a_number_twice, {"one message has one answer, and a seq one message"}),
    (put_later_before_earlier, {"the log's order agrees with time"}),
    (ack_before_the_commit, {"an ack comes after the commit"}),
    (ack_too_soon, {"an ack waits for a slow commit"}),
    (apply_what_is_not_next, {"clients apply the log in its order"}),
    (apply_another_entry, {"clients apply the log in its order"}),
    (stay_behind, {"clients have caught up 2 s after a fault"}),
    (end_behind, {"clients end with the log"}),
    (own_twice, {"an owner is released before the next"}),
    (write_as_a_stranger, {"only the owner writes"}),
    (write_after_the_end, {"only the owner writes"}),
    (be_active_without_an_owner, {"a conversation has one owner"}),
    (be_active_and_in_the_queue, {"a conversation has one owner"}),
    (wait_outside_the_queue, {"a conversation has one owner"}),
    (count_wrongly, {"a conversation has one owner"}),
    (say_another_owner, {"a conversation has one owner"}),
    (overfill_a_seat, {"seats are within capacity"}),
    (strand_somebody, {"nobody waits beside a free seat"}),
    (strand_somebody_at_the_end, {"nobody waits beside a free seat"}),
]


def broken(events: list[Event]) -> set[str]:
    return {verdict.invariant for verdict in check(events) if verdict.violations}


def test_a_good_history_violates_nothing_and_every_zero_has_its_n() -> None:
    verdicts = check([*good(), Logged("queue", 1, "21", "opened", "system", "0")])
    assert [verdict.violations for verdict in verdicts] == [[] for _ in verdicts]
    assert {verdict.invariant: verdict.n for verdict in verdicts if not verdict.n} == {
        "nobody waits beside a free seat": 0
    }


@pytest.mark.parametrize(("spoil", "expected"), SPOILED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_broken_promise_is_caught_by_its_invariant(spoil: Spoil, expected: set[str]) -> None:
    events = good()
    spoil(events)
    assert expected <= broken(events)


def test_every_invariant_has_been_seen_to_catch_something() -> None:
    assert {invariant for _, expected in SPOILED for invariant in expected} == set(INVARIANTS)


def test_what_nobody_knows_may_have_happened() -> None:
    events = good()
    put(events, logged(5), logged(5), Logged("c", 6, "16", "message", "visitor", "visitor", "nobody knows"))
    put(events, Header("c", "active", "mei", 5), Header("c", "active", "mei", 6))
    assert broken(events) == {"clients end with the log"}, "the clients have not seen it, and the log has it"


def test_who_left_need_not_have_everything() -> None:
    events = good()
    put(events, Saw(6.8, "mei1", "c", 5, ["15"]), Left(6.8, "mei1", "c"))
    assert broken(events) == set()


def test_who_waits_is_not_stranded_while_a_fault_lasts() -> None:
    events = good()
    strand_somebody(events)
    events += [FaultBegan(14.0, 3, "kill", "dispatch"), FaultEnded(16.0, 3)]
    assert broken(events) == set()


def test_a_history_is_read_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "run" / "history.jsonl")
    for event in good():
        journal.write(event)
    journal.close()
    assert list(read(journal.file)) == good()


def test_the_report_says_what_was_violated_and_the_n_of_every_zero() -> None:
    events = good()
    lose_an_acked_message(events)
    text = report(check(events))
    assert "1 violations of: an acked message is in the log as it was acked (n = 3 acked messages)" in text
    assert "client_id='slow'" in text
    assert "0 violations of: no message is in the log twice (n = 2 messages)" in text
