"""What is due when: each thing once, on time, whenever it is looked at in between."""

from msgspec.structs import replace

from frontdesk.conversations import Conversation, ConversationState, Pointers
from frontdesk.dispatch.store.watches import Watch
from frontdesk.dispatch.timers import Step, next_step
from frontdesk.settings import Settings
from frontdesk.staff import AgentCard, AgentKind, Hours, Interval

START = 1_800_000_000_000
SETTINGS = Settings(
    auto_reply_after_s=180,
    silence_warn_s=600,
    silence_close_s=900,
    bot_silence_close_s=1800,
)


def conversation(state: ConversationState, **fields: object) -> Conversation:
    card = AgentCard("5", "Mei", None, AgentKind.HUMAN) if state is ConversationState.ACTIVE else None
    made = Conversation(
        id=1, organization_id=1, channel_id=1, contact_id=1, contact_name="Li", state=state, team_id=1,
        agent_id=5 if card else None, agent=card, language="en", opened_at=START, waiting_since=None,
        closed_at=None, close_reason=None, head=1, last_message=None, last_entry_at=START, last_visitor_at=None,
        last_agent_at=None, received=Pointers(), read=Pointers(), rating_invited=False, rating=None, wrap_up=None,
    )  # fmt: skip
    return replace(made, **fields)


def watch(**fields: object) -> Watch:
    return replace(Watch(1, 1, START, START), **fields)


def run(one: Conversation, known: Watch, settings: Settings, seconds: int) -> list[tuple[int, Step]]:
    """Look whenever the watch says so, for some time; returns what happened and when, in seconds from the start."""
    happened: list[tuple[int, Step]] = []
    now = START
    while now <= START + seconds * 1000:
        step, known = next_step(one, known, settings, now)
        if step is not Step.NOTHING:
            happened.append(((now - START) // 1000, step))
            if step not in {Step.AUTO_REPLY, Step.WARN}:
                break
        assert known.due_at > now
        now = known.due_at
    return happened


def test_an_unanswered_visitor_gets_one_automatic_answer() -> None:
    one = conversation(ConversationState.ACTIVE, last_visitor_at=START)
    assert run(one, watch(), SETTINGS, 5000) == [(180, Step.AUTO_REPLY)]


def test_a_new_stretch_gets_its_own_automatic_answer() -> None:
    one = conversation(ConversationState.ACTIVE, last_visitor_at=START + 60_000, last_agent_at=START + 50_000)
    known = watch(unanswered_since=START, replied_at=START + 10_000)
    step, known = next_step(one, known, SETTINGS, START + 61_000)
    assert step is Step.NOTHING
    assert known.unanswered_since == START + 60_000
    assert known.due_at == START + 240_000


def test_a_visitor_who_keeps_writing_does_not_put_the_automatic_answer_off() -> None:
    known = watch()
    for second in range(0, 180, 20):
        one = conversation(ConversationState.ACTIVE, last_visitor_at=START + second * 1000)
        step, known = next_step(one, known, SETTINGS, START + second * 1000)
        assert step is Step.NOTHING
    one = conversation(ConversationState.ACTIVE, last_visitor_at=START + 179_000)
    assert next_step(one, known, SETTINGS, START + 180_000)[0] is Step.AUTO_REPLY


def test_a_silent_visitor_is_warned_once_then_the_conversation_ends() -> None:
    one = conversation(ConversationState.ACTIVE, last_visitor_at=START - 5000, last_agent_at=START)
    assert run(one, watch(), SETTINGS, 5000) == [(600, Step.WARN), (900, Step.CLOSE)]


def test_silence_counts_from_the_agents_last_word() -> None:
    one = conversation(ConversationState.ACTIVE, last_visitor_at=START, last_agent_at=START + 100_000)
    assert run(one, watch(), SETTINGS, 5000) == [(700, Step.WARN), (1000, Step.CLOSE)]


def test_a_conversation_whose_agent_owes_an_answer_is_never_closed_for_silence() -> None:
    one = conversation(ConversationState.ACTIVE, last_visitor_at=START)
    assert Step.CLOSE not in [step for _second, step in run(one, watch(), SETTINGS, 100_000)]


def test_nothing_happens_when_everything_is_off() -> None:
    off = Settings(auto_reply_after_s=0, silence_warn_s=0, silence_close_s=0, bot_silence_close_s=0)
    for state in (ConversationState.BOT, ConversationState.WAITING, ConversationState.ACTIVE):
        one = conversation(state, last_visitor_at=START, waiting_since=START)
        assert run(one, watch(), off, 100_000) == []


def test_a_bots_conversation_ends_after_its_own_silence() -> None:
    assert run(conversation(ConversationState.BOT), watch(), SETTINGS, 5000) == [(1800, Step.CLOSE)]


def test_a_closed_one_is_watched_until_it_cannot_be_reopened() -> None:
    one = conversation(ConversationState.CLOSED, closed_at=START)
    assert run(one, watch(), SETTINGS, 5000) == [(600, Step.FORGET)]


def test_the_alarm_counts_only_time_in_which_the_team_is_open() -> None:
    """The visitor writes at 17:59 on a Friday; the team opens again on Monday at 9."""
    friday = 1_799_431_140_000  # 2027-01-08 in UTC
    hours = Hours("UTC", (*[(Interval("09:00", "18:00"),)] * 5, (), ()))
    settings = replace(SETTINGS, auto_reply_after_s=0, silence_warn_s=0, agent_silence_alarm_s=120)
    one = conversation(ConversationState.ACTIVE, last_visitor_at=friday)
    known, now = watch(since=friday), friday
    while True:
        step, known = next_step(one, known, settings, now, hours)
        if step is not Step.NOTHING:
            break
        now = known.due_at
    assert step is Step.ALARM
    assert now - friday == (2 * 24 + 15) * 3_600_000 + 120_000
