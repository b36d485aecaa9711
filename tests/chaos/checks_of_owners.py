"""Who has which conversation, and who waits. Pure."""

from typing import Final

from tests.chaos.history import Sample, SeatState
from tests.chaos.story import Story

Found = tuple[int, list[str]]
PATIENCE: Final = 3.0  # how long somebody may wait beside a free seat: two samples and a busy machine
TAKE_OVER: Final = 7.0  # a killed dispatcher's lease is taken over within 5 s


def one_owner(story: Story) -> Found:
    """In every snapshot: active exactly with an owner, waiting exactly in the queue, and the seats count the owned."""
    n = 0
    violations: list[str] = []
    for sample in story.samples:
        owned: dict[str, int] = {}
        for held in sample.conversations:
            n += 1
            if (held.state == "waiting") != (held.team is not None):
                violations.append(
                    f"{held.conversation} is {held.state} and queues in {held.team} at {sample.at}"
                )
            if held.state == "active":
                if held.agent is None:
                    violations.append(f"{held.conversation} is active and nobody's at {sample.at}")
                else:
                    owned[held.agent] = owned.get(held.agent, 0) + 1
        violations += [
            f"{seat.agent} has {owned.get(seat.agent, 0)} conversations and a load of {seat.load} at {sample.at}"
            for seat in sample.seats
            if seat.load != owned.get(seat.agent, 0)
        ]
    last = {conversation: _last_owner(story, conversation) for conversation in story.log}
    for header in story.headers:
        n += 1
        if header.state == "active" and header.agent != last.get(header.conversation):
            violations.append(
                f"{header.conversation} is {header.agent}'s, and its log says {last.get(header.conversation)}"
            )
    return n, violations


def _last_owner(story: Story, conversation: str) -> str | None:
    owners = [entry.owner for entry in story.log[conversation] if entry.kind == "assigned"]
    return owners[-1] if owners else None


def only_the_owner_writes(story: Story) -> Found:
    n = 0
    violations: list[str] = []
    for conversation, entries in story.log.items():
        owner: str | None = None
        for entry in entries:
            if entry.kind == "assigned":
                owner = entry.owner
            elif entry.kind in _RELEASES:
                owner = None
            elif entry.kind == "message" and entry.sender_kind == "agent":
                n += 1
                if entry.sender != owner:
                    violations.append(
                        f"{entry.sender} wrote seq {entry.seq} of {conversation}, which was {owner}'s"
                    )
    return n, violations


_RELEASES: Final = {"queued", "unqueued", "transferred", "closed"}


def released_first(story: Story) -> Found:
    """Between two owners stands why the first one went."""
    n = 0
    violations: list[str] = []
    for conversation, entries in story.log.items():
        owner: str | None = None
        for entry in entries:
            if entry.kind in _RELEASES:
                owner = None
            elif entry.kind == "assigned":
                n += 1
                if owner is not None:
                    violations.append(
                        f"{conversation} was given to {entry.owner} with seq {entry.seq} while it was {owner}'s"
                    )
                owner = entry.owner
    return n, violations


def seats_hold(story: Story) -> Found:
    seats = [(sample.at, seat) for sample in story.samples for seat in sample.seats]
    return len(seats), [
        f"{seat.agent} has {seat.load} and {seat.reserved} reserved of {seat.ceiling} at {at}"
        for at, seat in seats
        if seat.load + seat.reserved > seat.ceiling or seat.load < 0 or seat.reserved < 0
    ]


def nobody_is_stranded(story: Story) -> Found:
    """Nobody waits beside a free seat of their team for longer than `PATIENCE`, and nobody does so at the end.

    While a fault lasts and until a dispatcher's work is taken over, and where snapshots are missing, the time stops.
    """
    n = 0
    violations: list[str] = []
    since: dict[str, float] = {}
    told: set[tuple[str, float]] = set()
    former = float("-inf")
    for sample in story.samples:
        if sample.at - former > PATIENCE or _is_disturbed(story, sample.at):
            since.clear()
        former = sample.at
        stranded = {
            held.conversation: held.team
            for held in sample.conversations
            if held.team is not None and any(_is_free(seat, held.team) for seat in sample.seats)
        }
        n += sum(held.team is not None for held in sample.conversations)
        since = {conversation: since.get(conversation, sample.at) for conversation in stranded}
        for conversation, began in since.items():
            if sample.at - began > PATIENCE and (conversation, began) not in told:
                told.add((conversation, began))
                violations.append(f"{conversation} waits beside a free seat from {began} to {sample.at}")
    violations += _stranded_at_the_end(story.samples[-1] if story.samples else None)
    return n, violations


def _stranded_at_the_end(sample: Sample | None) -> list[str]:
    if sample is None:
        return []
    return [
        f"{held.conversation} waits beside a free seat in the end"
        for held in sample.conversations
        if held.team is not None and any(_is_free(seat, held.team) for seat in sample.seats)
    ]


def _is_disturbed(story: Story, at: float) -> bool:
    return any(fault.began <= at <= fault.ended + TAKE_OVER for fault in story.faults)


def _is_free(seat: SeatState, team: str) -> bool:
    return (
        team in seat.teams
        and seat.status == "online"
        and seat.load + seat.reserved < min(seat.capacity, seat.ceiling)
    )
