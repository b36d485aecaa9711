"""What agents keep about conversations: drafts that follow them to every device, pins, important
marks, saved filters, and how they like to work.

Tables: desk_draft, desk_mark, desk_filter, desk_preferences.
Out: frames `draft` and `marks` to `deliver.<organization>.<agent>`, all of that agent's connections and nobody else's; `changed` with the topics `filters` and `desk`.

Invariants:
- Only the agent who wrote a draft or set a mark ever gets it, whatever anybody's role reaches; visitors never do.
- A shared filter says what to look for; whoever uses it finds what they may read, and no more.
- Of several devices' drafts the one written last stands, also when it arrives first: the emptied draft of a message
  that was sent is kept for a day, so that a device which was away does not bring the words back.
"""

from frontdesk.desk.drafts import keep_draft
from frontdesk.desk.filter_types import Criteria, Filter, FilterChanges, NewFilter, Shown
from frontdesk.desk.filters import change_filter, create_filter, delete_filter, list_filters
from frontdesk.desk.forgetting import forget_desk_in
from frontdesk.desk.frames import DraftFrame, MarksFrame
from frontdesk.desk.marks import mark_conversation
from frontdesk.desk.preferences import change_preferences
from frontdesk.desk.read import read_desk
from frontdesk.desk.types import (
    Desk,
    DraftView,
    KeptDraft,
    Marks,
    MarksView,
    PreferenceChanges,
    Preferences,
    WrittenDraft,
)

__all__ = [
    "Criteria",
    "Desk",
    "DraftFrame",
    "DraftView",
    "Filter",
    "FilterChanges",
    "KeptDraft",
    "Marks",
    "MarksFrame",
    "MarksView",
    "NewFilter",
    "PreferenceChanges",
    "Preferences",
    "Shown",
    "WrittenDraft",
    "change_filter",
    "change_preferences",
    "create_filter",
    "delete_filter",
    "forget_desk_in",
    "keep_draft",
    "list_filters",
    "mark_conversation",
    "read_desk",
]
