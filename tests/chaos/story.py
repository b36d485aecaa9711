"""A history, indexed for the questions that are asked of it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.chaos.history import (
    End,
    Event,
    Fail,
    FaultBegan,
    FaultEnded,
    Header,
    Invoke,
    Left,
    Logged,
    Ok,
    Sample,
    Saw,
    Witnessed,
)


class Key(NamedTuple):
    """What makes a message one message, however often it is sent."""

    conversation: str
    sender: str
    client_id: str


class Fault(NamedTuple):
    number: int
    kind: str
    target: str
    began: float
    ended: float
    delay: float


@dataclass
class Story:
    """`firsts` has each message's first attempt; `seen` what each client applied, by client and conversation.

    `left`: who did not follow a conversation all the time.
    """

    firsts: dict[Key, float] = field(default_factory=dict[Key, float])
    attempts: int = 0
    oks: list[Ok] = field(default_factory=list[Ok])
    fails: list[Fail] = field(default_factory=list[Fail])
    seen: dict[tuple[str, str], list[Saw]] = field(default_factory=dict[tuple[str, str], list[Saw]])
    left: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    faults: list[Fault] = field(default_factory=list[Fault])
    witnesses: list[Witnessed] = field(default_factory=list[Witnessed])
    samples: list[Sample] = field(default_factory=list[Sample])
    log: dict[str, list[Logged]] = field(default_factory=dict[str, list[Logged]])
    headers: list[Header] = field(default_factory=list[Header])
    end: float = 0.0


def tell(events: Iterable[Event]) -> Story:
    """A fault that was never mended lasts for ever."""
    story = Story()
    open_faults: dict[int, FaultBegan] = {}
    for event in events:
        match event:
            case FaultBegan():
                open_faults[event.number] = event
            case FaultEnded():
                began = open_faults.pop(event.number)
                story.faults.append(
                    Fault(began.number, began.kind, began.target, began.at, event.at, began.delay)
                )
            case Invoke() | Ok() | Fail() | Saw() | Left():
                _take_client(story, event)
            case _:
                _take_database(story, event)
    story.faults += [
        Fault(began.number, began.kind, began.target, began.at, float("inf"), began.delay)
        for began in open_faults.values()
    ]
    story.faults.sort(key=lambda fault: fault.began)
    return story


def _take_client(story: Story, event: Invoke | Ok | Fail | Saw | Left) -> None:
    match event:
        case Invoke():
            story.attempts += 1
            story.firsts.setdefault(key_of(event), event.at)
        case Ok():
            story.oks.append(event)
        case Fail():
            story.fails.append(event)
        case Saw():
            story.seen.setdefault((event.process, event.conversation), []).append(event)
        case Left():
            story.left.add((event.process, event.conversation))


def _take_database(story: Story, event: Event) -> None:
    match event:
        case Witnessed():
            story.witnesses.append(event)
        case Sample():
            story.samples.append(event)
        case Logged():
            story.log.setdefault(event.conversation, []).append(event)
        case Header():
            story.headers.append(event)
        case End():
            story.end = event.at
        case _:
            pass


def key_of(event: Invoke | Ok | Fail) -> Key:
    return Key(event.conversation, event.sender, event.client_id)
