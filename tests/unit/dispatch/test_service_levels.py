"""What is counted for a conversation, told from its log alone: begun, ended, given up, kept or missed."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from frontdesk.conversations import Assigned, Body, Closed, Entry, EntryKind, Queued, Sender, Text, Unqueued
from frontdesk.core.subject import SubjectKind
from frontdesk.dispatch.service_levels.counting import advance, judge, reckon
from frontdesk.dispatch.service_levels.types import (
    Clock,
    Ended,
    Measure,
    Promised,
    Result,
    ServiceLevel,
    Standing,
)
from frontdesk.staff import AgentCard, AgentKind, Hours, Interval

LEVEL = ServiceLevel(first_reply_s=60, next_reply_s=30, resolution_s=600, warn_percent=80)
PROMISES = {7: Promised(LEVEL, 0)}
MEI = AgentCard("5", "Mei", None, AgentKind.HUMAN)
BOT = AgentCard("9", "Robin", None, AgentKind.BOT)
Line = tuple[int, EntryKind, SubjectKind, Body | Text]


def queued(second: int, team: int = 7, reason: str = "visitor") -> Line:
    return second, EntryKind.QUEUED, SubjectKind.SYSTEM, Queued(str(team), reason)


def assigned(second: int, agent: AgentCard = MEI, team: int = 7) -> Line:
    return second, EntryKind.ASSIGNED, SubjectKind.SYSTEM, Assigned(agent, str(team), "dispatch")


def says(second: int, who: SubjectKind) -> Line:
    return second, EntryKind.MESSAGE, who, Text("hello")


def visitor(second: int) -> Line:
    return says(second, SubjectKind.VISITOR)


def agent(second: int) -> Line:
    return says(second, SubjectKind.AGENT)


def closed(second: int) -> Line:
    return second, EntryKind.CLOSED, SubjectKind.AGENT, Closed("agent", "agent")


def unqueued(second: int) -> Line:
    return second, EntryKind.UNQUEUED, SubjectKind.VISITOR, Unqueued("visitor")


def reopened(second: int) -> Line:
    return second, EntryKind.REOPENED, SubjectKind.VISITOR, Unqueued("visitor")


def play(lines: Sequence[Line], *, clock: Clock | None = None) -> tuple[Clock, list[Result]]:
    """The clock after these lines, and what became of what was promised."""
    clock = Clock(1, 1) if clock is None else clock
    results: list[Result] = []
    for second, kind, who, body in lines:
        raw = Raw(msgspec.json.encode(body))
        entry = Entry("1", clock.seq + 1, kind, second * 1000, Sender(who, "5"), raw)
        clock, ended = advance(clock, entry)
        results += [result for one in ended if (result := judge(1, one, PROMISES, {})) is not None]
    return clock, results


def told(results: Sequence[Result]) -> list[tuple[str, int, int, bool]]:
    return [(one.measure, one.since // 1000, one.ended_at // 1000, one.met) for one in results]


def running(clock: Clock) -> set[tuple[str, int]]:
    return {(one.measure, one.since // 1000) for one in clock.counts}


def test_it_is_counted_from_the_moment_at_which_it_comes_to_people() -> None:
    clock, results = play([assigned(0, BOT), visitor(5), says(6, SubjectKind.BOT), queued(10)])
    assert running(clock) == {("first_reply", 10), ("resolution", 10)}
    assert results == []
    assert clock.team_id == 7


def test_an_agents_first_word_ends_the_first_reply_and_an_automatic_one_does_not() -> None:
    told_by_system = says(15, SubjectKind.SYSTEM)
    clock, results = play([queued(10), assigned(12), told_by_system, agent(71)])
    assert told(results) == [("first_reply", 10, 71, False)]
    assert results[0].agent_id == 5
    assert results[0].took_ms == 61_000
    assert running(clock) == {("resolution", 10)}


def test_the_next_reply_is_counted_from_the_first_word_that_nobody_has_answered() -> None:
    clock, results = play(
        [queued(0), assigned(1), agent(5), visitor(20), visitor(40), agent(50), visitor(60)]
    )
    assert told(results) == [("first_reply", 0, 5, True), ("next_reply", 20, 50, True)]
    assert running(clock) == {("resolution", 0), ("next_reply", 60)}


def test_words_before_the_first_reply_are_part_of_it() -> None:
    clock, _ = play([queued(0), assigned(1), visitor(2), visitor(3)])
    assert running(clock) == {("resolution", 0), ("first_reply", 0)}


def test_who_is_put_back_into_the_queue_after_an_answer_waits_for_the_next_reply() -> None:
    clock, results = play([queued(0), assigned(1), agent(5), queued(100, team=8, reason="transfer")])
    assert running(clock) == {("resolution", 0), ("next_reply", 100)}
    assert clock.team_id == 8
    assert clock.agent_id is None
    assert told(results) == [("first_reply", 0, 5, True)]


def test_a_colleague_who_takes_it_over_goes_on_with_the_same_count() -> None:
    tom = replace(MEI, id="6")
    clock, results = play([queued(0), assigned(1), assigned(30, tom), agent(50)])
    assert [(one.agent_id, one.met) for one in results] == [(6, True)]
    assert clock.agent_id == 6


def test_who_leaves_the_queue_in_time_was_promised_nothing_and_too_late_is_a_miss() -> None:
    in_time, kept = play([queued(0), unqueued(60)])
    assert (running(in_time), kept) == (set(), [])
    _, missed = play([queued(0), unqueued(61)])
    assert told(missed) == [("first_reply", 0, 61, False)]


def test_closing_ends_the_resolution_and_gives_up_what_nobody_needs_any_more() -> None:
    clock, results = play([queued(0), assigned(1), agent(5), visitor(590), closed(600)])
    assert told(results) == [("first_reply", 0, 5, True), ("resolution", 0, 600, True)]
    assert (running(clock), clock.replied) == (set(), False)


def test_what_is_closed_unanswered_is_missed_only_when_it_was_too_late() -> None:
    _, results = play([queued(0), assigned(1), agent(5), visitor(10), closed(700)])
    assert told(results) == [
        ("first_reply", 0, 5, True),
        ("next_reply", 10, 700, False),
        ("resolution", 0, 700, False),
    ]


def test_what_is_reopened_counts_anew() -> None:
    clock, results = play(
        [queued(0), assigned(1), agent(5), closed(10), reopened(1000), assigned(1000), visitor(1001)]
    )
    assert running(clock) == {("resolution", 1000), ("first_reply", 1000)}
    assert told(results) == [("first_reply", 0, 5, True), ("resolution", 0, 10, True)]


def test_a_bot_that_goes_on_ends_what_people_owed() -> None:
    clock, results = play([queued(0), assigned(1), agent(5), visitor(6), assigned(20, BOT)])
    assert running(clock) == set()
    assert told(results) == [("first_reply", 0, 5, True)]


def test_what_ended_before_anything_was_promised_is_not_judged() -> None:
    answered = Ended(Measure.FIRST_REPLY, 0, 100_000, 7, 5, kept=True)
    assert judge(1, answered, {7: Promised(LEVEL, 100_001)}, {}) is None
    assert judge(1, answered, {}, {}) is None
    assert judge(1, answered, PROMISES, {}) is not None


# ---- time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "standing", "look_at"),
    [
        (0, Standing.RUNNING, 48_000),
        (47_999, Standing.RUNNING, 48_000),
        (48_000, Standing.WARNED, 60_001),
        (60_000, Standing.WARNED, 60_001),
        (60_001, Standing.BREACHED, 480_000),
    ],
)
def test_it_is_warned_of_and_broken_at_its_moments(now: int, standing: Standing, look_at: int) -> None:
    clock, _ = play([queued(0)])
    clock = reckon(clock, PROMISES, {}, now)
    first, resolution = clock.due
    assert (first.measure, first.due_at, first.standing) == (Measure.FIRST_REPLY, 60_000, standing)
    assert (resolution.due_at, resolution.standing) == (600_000, Standing.RUNNING)
    assert clock.look_at == look_at


def test_other_promises_and_other_hours_count_at_once() -> None:
    clock, _ = play([queued(0)])
    broken = reckon(clock, PROMISES, {}, 70_000)
    assert broken.due[0].standing is Standing.BREACHED
    longer = {7: Promised(replace(LEVEL, first_reply_s=300, resolution_s=None), 0)}
    eased = reckon(broken, longer, {}, 70_000)
    assert [(one.due_at, one.standing) for one in eased.due] == [(300_000, Standing.RUNNING)]
    night = Hours("UTC", ((Interval("02:00", "24:00"),),) * 7)
    assert reckon(eased, PROMISES, {7: night}, 70_000).due[0].due_at == 2 * 3_600_000 + 60_000
    nothing = reckon(eased, {}, {}, 70_000)
    assert (nothing.due, nothing.look_at, running(nothing)) == ((), None, running(clock))


def test_another_team_promises_its_own() -> None:
    clock, _ = play([queued(0), queued(10, team=8, reason="transfer")])
    both = {**PROMISES, 8: Promised(ServiceLevel(first_reply_s=20), 0)}
    assert [(one.measure, one.due_at) for one in reckon(clock, both, {}, 10_000).due] == [
        (Measure.FIRST_REPLY, 20_000)
    ]


def test_a_night_is_no_time_for_a_result_either() -> None:
    hours = {7: Hours("UTC", ((Interval("09:00", "18:00"),),) * 7)}
    evening, morning = 18 * 3600 - 30, 33 * 3600 + 20
    clock, results = Clock(1, 1), list[Result]()
    for second, kind, who, body in [queued(evening), assigned(evening), agent(morning)]:
        raw = Raw(msgspec.json.encode(body))
        entry = Entry("1", clock.seq + 1, kind, second * 1000, Sender(who, "5"), raw)
        clock, ended = advance(clock, entry)
        results += [one for each in ended if (one := judge(1, each, PROMISES, hours)) is not None]
    assert [(one.met, one.took_ms, one.due_at) for one in results] == [
        (True, 50_000, (33 * 3600 + 30) * 1000)
    ]


steps = st.sampled_from([queued, assigned, visitor, agent, closed, unqueued, reopened])


@given(st.lists(st.tuples(steps, st.integers(0, 90)), max_size=40))
def test_of_each_kind_one_is_counted_at_most_and_nothing_is_judged_twice(
    story: list[tuple[object, int]],
) -> None:
    second, lines = 0, list[Line]()
    for step, later in story:
        second += later
        lines.append(step(second))  # pyright: ignore[reportCallIssue, reportUnknownArgumentType]  one of the makers above
    clock, results = play(lines)
    measures = [one.measure for one in clock.counts]
    assert len(measures) == len(set(measures))
    assert not (Measure.FIRST_REPLY in measures and Measure.NEXT_REPLY in measures)
    assert not measures or Measure.RESOLUTION in measures
    for measure in Measure:
        spans = [(one.since, one.ended_at) for one in results if one.measure is measure]
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(one.met == (one.ended_at <= one.due_at) for one in results)
