"""What an erased entry still says."""

from msgspec import Raw
from msgspec.structs import fields

from frontdesk.conversations.entries import BODY_OF, Entry, EntryKind, Sender
from frontdesk.conversations.tombstones import tombstone
from frontdesk.core.subject import SubjectKind

# Who of the staff had it, where it waited, and why, in words of ours. None of it is typed by anybody.
OURS = {
    "agent",
    "invited_by",
    "from_agent",
    "to_agent",
    "to_team_id",
    "to_department_id",
    "team_id",
    "reason",
    "by",
    "seq",
    "helpful",
    "instead",
    "until",
}
LOOKED_INTO = {EntryKind.OPENED, EntryKind.RATED, EntryKind.WRAPPED_UP}


def entry(kind: EntryKind) -> Entry:
    return Entry("1", 1, kind, 0, Sender(SubjectKind.SYSTEM, "0"), Raw(b'{"kept":1}'))


def test_a_kind_that_is_kept_whole_has_nothing_that_somebody_typed() -> None:
    kept = [kind for kind in BODY_OF if kind not in LOOKED_INTO and tombstone(entry(kind)) == entry(kind)]
    assert EntryKind.TRANSFERRED in kept
    for kind in kept:
        assert {field.name for field in fields(BODY_OF[kind])} <= OURS, (
            f"{kind} has a new field: say whether it may stay when a person is erased"
        )


def test_what_people_said_is_emptied_and_its_number_stays() -> None:
    for kind in (EntryKind.MESSAGE, EntryKind.NOTE, EntryKind.WHISPER):
        left = tombstone(entry(kind))
        assert (left.body, left.seq, left.recalled) == (Raw(b'{"erased":true}'), 1, True)
        assert tombstone(left) == left
