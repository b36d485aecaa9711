"""What a conversation's log is made of: entries, their senders and their bodies.

Every class here is also the wire format: what is stored as JSON is what clients get (`docs/protocol.md`).
"""

from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.staff import AgentCard

MAX_TEXT: Final = 4_000
MAX_VOICE: Final = 600_000  # milliseconds
MAX_TITLE: Final = 200
MAX_CARD_TEXT: Final = 1_000
MAX_BUTTONS: Final = 6
MAX_LABEL: Final = 80
MAX_LINK: Final = 2_000
MAX_REPLY: Final = 500


class EntryKind(StrEnum):
    OPENED = "opened"
    MESSAGE = "message"
    QUEUED = "queued"
    UNQUEUED = "unqueued"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    NOTE = "note"
    WHISPER = "whisper"
    JOINED = "joined"
    LEFT = "left"
    RECALLED = "recalled"
    RATING_INVITED = "rating_invited"
    RATED = "rated"
    ANSWER_RATED = "answer_rated"
    WRAPPED_UP = "wrapped_up"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    CLOSED = "closed"
    REOPENED = "reopened"
    HIDDEN = "hidden"
    ERASED = "erased"


STAFF_ONLY: Final = frozenset(
    {EntryKind.NOTE, EntryKind.WHISPER, EntryKind.WRAPPED_UP, EntryKind.SNOOZED, EntryKind.WOKEN}
)


class Sender(Struct, frozen=True, omit_defaults=True):
    """Who caused an entry. `name` is the public nickname, set for agents and bots."""

    kind: SubjectKind
    id: str
    name: str = ""


class VisitedPage(Struct, frozen=True):
    url: Annotated[str, Meta(max_length=2000)] = ""
    title: Annotated[str, Meta(max_length=300)] = ""
    referrer: Annotated[str, Meta(max_length=2000)] = ""


# ---- bodies of message entries, tagged by `type` -------------------------------------------------------------------


class Question(Struct, frozen=True):
    question: str


TextFormat = Literal["plain", "markdown"]


class Text(Struct, frozen=True, tag="text", tag_field="type", omit_defaults=True):
    """Words. The lists are a bot's: chips to ask next, related questions, buttons (`human`, `leave_message`).

    `format` is `markdown` only where staff or a bot wrote the few marks that clients draw; visitors' words are plain.
    `quotes` is the seq of the message that this one answers, 0 for none: readers look it up in the log that they hold,
    so that a quoted message that is taken back, or that they may not see, is not told by the quote either.
    """

    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
    format: TextFormat = "plain"
    quotes: int = 0
    suggestions: tuple[Question, ...] = ()
    related: tuple[Question, ...] = ()
    actions: tuple[str, ...] = ()
    unanswered: bool = False


class Image(Struct, frozen=True, tag="image", tag_field="type"):
    """A picture. `url` and `thumbnail_url` are signed when an entry is shown and are empty in the log."""

    media_id: str
    name: str
    size: int
    mime: str
    width: int
    height: int
    url: str = ""
    thumbnail_url: str = ""


class File(Struct, frozen=True, tag="file", tag_field="type"):
    media_id: str
    name: str
    size: int
    mime: str
    url: str = ""


class Voice(Struct, frozen=True, tag="voice", tag_field="type"):
    """Something said aloud. `duration` is what the recorder told, in milliseconds: for drawing, not for trusting."""

    media_id: str
    name: str
    size: int
    mime: str
    duration: int
    url: str = ""


class CardButton(Struct, frozen=True, omit_defaults=True):
    """One of the two is there: `link`, an address to open, or `reply`, which the visitor says by pressing it."""

    label: Annotated[str, Meta(min_length=1, max_length=MAX_LABEL)]
    link: Annotated[str, Meta(max_length=MAX_LINK)] = ""
    reply: Annotated[str, Meta(max_length=MAX_REPLY)] = ""


class Card(Struct, frozen=True, tag="card", tag_field="type", omit_defaults=True):
    """Something to look at and to choose from, by staff or a bot. Its words are plain; its picture is a file of ours."""

    title: Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]
    text: Annotated[str, Meta(max_length=MAX_CARD_TEXT)] = ""
    picture: Image | None = None
    buttons: Annotated[tuple[CardButton, ...], Meta(max_length=MAX_BUTTONS)] = ()


MessageBody = Text | Image | File | Voice | Card


# ---- bodies of the other entries -----------------------------------------------------------------------------------


class FormAnswer(Struct, frozen=True):
    """What a visitor answered before the chat, in the words in which it was asked."""

    label: str
    value: str


class Opened(Struct, frozen=True, omit_defaults=True):
    """`answers`: to the questions that the channel asks before the chat. What is about the visitor is in their record.
    `team_id`: whose queue it joins when a human is asked for.
    """

    channel_id: str
    language: str
    page: VisitedPage | None
    answers: tuple[FormAnswer, ...] = ()
    team_id: str | None = None


class Queued(Struct, frozen=True):
    """`reason`, from a bot: visitor (the button), phrase, word, tone, unknown, answer, rating or image; else no_bot,
    transfer, put_back, agent_gone, agent_silent or overflow. Visitors are told unknown in place of tone.
    """

    team_id: str
    reason: str


class Unqueued(Struct, frozen=True, omit_defaults=True):
    """`reason`: visitor (left the queue), late (waited for as long as may be) or closed (the team has gone home).

    `instead`: bot (it goes on) or leave_message (the visitor is offered the form); empty for who left.
    """

    reason: str
    instead: str = ""


class Assigned(Struct, frozen=True):
    """`reason`: bot, dispatch, returning, transfer, manual, reopened, taken_over or given (by a leader)."""

    agent: AgentCard
    team_id: str | None
    reason: str


class Transferred(Struct, frozen=True, rename={"from_agent": "from"}):
    """Somebody moved the conversation; an `assigned` or `queued` entry follows.

    `to_department_id`: for whose people alone it waits in the team's queue; absent for everybody of the team.
    """

    from_agent: AgentCard | None
    to_agent: AgentCard | None
    to_team_id: str | None
    to_department_id: str | UnsetType = UNSET


class Colleague(Struct, frozen=True):
    """Somebody who works here, as they were called when the entry was written."""

    id: str
    name: str


class NotedTicket(Struct, frozen=True):
    """What was done with a ticket: it was made from this conversation, given to whom the note mentions, or opened again
    by the answer of the customer for whom it waited.
    """

    id: str
    number: int
    deed: Literal["made", "given", "answered"]


class Note(Struct, frozen=True, omit_defaults=True):
    """`mentions` are told of it, and may read the conversation from then on.

    With `ticket` nobody wrote it: it says what its sender did with that ticket, and the text is number and title.
    """

    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
    mentions: tuple[Colleague, ...] = ()
    ticket: NotedTicket | None = None


class Whisper(Struct, frozen=True):
    """Said to the agent who has the conversation by somebody who watches over it. Other staff may read it too."""

    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
    to: Colleague


class Joined(Struct, frozen=True):
    """A colleague is in the conversation beside the agent who has it: a guest, who may write and takes no seat.

    `invited_by`: the agent who asked for it; absent for a leader who came by their own right.
    """

    agent: AgentCard
    invited_by: AgentCard | UnsetType = UNSET


class Left(Struct, frozen=True):
    """The guest is no longer in it."""

    agent: AgentCard


class Recalled(Struct, frozen=True):
    seq: int


class Rated(Struct, frozen=True):
    """`levels` is how many there were to choose from at that time, absent for 5; a visitor has no say in it."""

    score: Annotated[int, Meta(ge=1, le=5)]
    remark: Annotated[str, Meta(max_length=500)] = ""
    resolved: bool | None = None
    levels: int | UnsetType = UNSET


class AnswerRated(Struct, frozen=True):
    """The visitor says whether the bot's message `seq` helped. The last word about a message counts."""

    seq: int
    helpful: bool


class WrappedUp(Struct, frozen=True):
    """`solved` is the agent's own judgement; null when it was not said."""

    category: Annotated[str, Meta(max_length=200)] = ""
    remark: Annotated[str, Meta(max_length=1000)] = ""
    solved: bool | None = None


class Snoozed(Struct, frozen=True):
    """Its agent put it aside until then. Whatever the visitor writes wakes it earlier, as does a new owner or the end."""

    until: Millis


class Woken(Struct, frozen=True):
    """`reason`: time, or agent (its own, by hand). Who wrote, took it or ended it is told by that entry itself."""

    reason: str


class Closed(Struct, frozen=True):
    """`by`: visitor, agent or system. `reason`: agent, visitor, silence, nobody, offline, merged or erasing."""

    by: str
    reason: str


class Empty(Struct, frozen=True):
    """The body of kinds that say everything by themselves, and of messages that were taken back."""


Body = (
    Opened
    | Queued
    | Unqueued
    | Assigned
    | Transferred
    | Note
    | Whisper
    | Joined
    | Left
    | Recalled
    | Rated
    | AnswerRated
    | WrappedUp
    | Snoozed
    | Woken
    | Closed
    | Empty
)

BODY_OF: Final[dict[EntryKind, type[Struct]]] = {
    EntryKind.OPENED: Opened,
    EntryKind.QUEUED: Queued,
    EntryKind.UNQUEUED: Unqueued,
    EntryKind.ASSIGNED: Assigned,
    EntryKind.TRANSFERRED: Transferred,
    EntryKind.NOTE: Note,
    EntryKind.WHISPER: Whisper,
    EntryKind.JOINED: Joined,
    EntryKind.LEFT: Left,
    EntryKind.RECALLED: Recalled,
    EntryKind.RATING_INVITED: Empty,
    EntryKind.RATED: Rated,
    EntryKind.ANSWER_RATED: AnswerRated,
    EntryKind.WRAPPED_UP: WrappedUp,
    EntryKind.SNOOZED: Snoozed,
    EntryKind.WOKEN: Woken,
    EntryKind.CLOSED: Closed,
    EntryKind.REOPENED: Empty,
    EntryKind.HIDDEN: Empty,
    EntryKind.ERASED: Empty,
}


class Entry(Struct, frozen=True):
    """One line of the log. `seq` is gap-free from 1 within its conversation; `at` is the server's time.

    The body stays encoded: most entries travel from the database to a socket without being looked into.
    `recalled` means emptied for good: taken back by its sender, or erased, which the body says then.
    """

    id: str
    seq: int
    kind: EntryKind
    at: Millis
    sender: Sender
    body: Raw
    client_id: str | UnsetType = UNSET
    recalled: bool | UnsetType = UNSET


class Draft(Struct, frozen=True):
    """An entry to be: the log gives it its id, seq and time."""

    kind: EntryKind
    sender: Sender
    body: MessageBody | Body = Empty()
