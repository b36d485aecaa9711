"""What must hold after a run: what was said is in the log once and in order, and every tab shows the log."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec


class Said(msgspec.Struct, frozen=True):
    tab: str
    conversation: str
    text: str


class Screen(msgspec.Struct, frozen=True):
    """What a tab shows of a conversation: its entries as (seq, id, text), and what is not confirmed as (text, state)."""

    tab: str
    conversation: str
    phase: str
    entries: list[tuple[int, str, str | None]]
    pending: list[tuple[str, str]]


class Report(msgspec.Struct, frozen=True):
    said: list[Said]
    screens: list[Screen]
    reloads: int


Log = Sequence[tuple[int, str, str | None]]


def violations(report: Report, logs: Mapping[str, Log]) -> Iterator[str]:
    """Each in a sentence; nothing when all is well."""
    for conversation, log in logs.items():
        said = [each for each in report.said if each.conversation == conversation]
        yield from _in_the_log(conversation, said, log)
    for screen in report.screens:
        yield from _on_screen(screen, logs[screen.conversation])


def _in_the_log(conversation: str, said: Sequence[Said], log: Log) -> Iterator[str]:
    if [seq for seq, _, _ in log] != list(range(1, len(log) + 1)):
        yield f"{conversation}: the log has a gap"
    texts = [text for _, _, text in log if text is not None]
    count = Counter(texts)
    for each in said:
        if count[each.text] == 0:
            yield f"{conversation}: lost: {each.text}"
        elif count[each.text] > 1:
            yield f"{conversation}: {count[each.text]} times: {each.text}"
    for tab in sorted({each.tab for each in said}):
        written = [each.text for each in said if each.tab == tab and count[each.text] == 1]
        own = set(written)
        if [text for text in texts if text in own] != written:
            yield f"{conversation}: not in the order in which {tab} wrote"


def _on_screen(screen: Screen, log: Log) -> Iterator[str]:
    where = f"{screen.conversation} on {screen.tab}"
    if screen.phase != "online":
        yield f"{where}: {screen.phase}"
    if screen.pending:
        yield f"{where}: still waiting: {screen.pending[:3]}"
    if list(screen.entries) != list(log[len(log) - len(screen.entries) :]) or not screen.entries:
        yield f"{where}: does not show the log"
