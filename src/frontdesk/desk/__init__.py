"""What agents keep about conversations: drafts that follow them to every device, pins, important
marks, saved filters, macros, and how they like to work.

Tables: desk_draft, desk_mark, desk_filter, desk_macro, desk_preferences.
Out: frames `draft` and `marks` to `deliver.<organization>.<agent>`, all of that agent's connections and nobody else's; `changed` with the topics `filters`, `macros` and `desk`.

Invariants:
- Only the agent who wrote a draft or set a mark ever gets it, whatever anybody's role reaches; visitors never do.
- A shared filter says what to look for; whoever uses it finds what they may read, and no more.
- A macro does nothing that whoever runs it could not do by hand, and is told step by step.
- Of several devices' drafts the one written last stands, also when it arrives first: the emptied draft of a message
  that was sent is kept for a day, so that a device which was away does not bring the words back.
"""

from frontdesk.desk.drafts import keep_draft
from frontdesk.desk.filter_types import Criteria, Filter, FilterChanges, NewFilter, Shown
from frontdesk.desk.filters import change_filter, create_filter, delete_filter, list_filters
from frontdesk.desk.forgetting import forget_desk_in
from frontdesk.desk.frames import DraftFrame, MarksFrame
from frontdesk.desk.macro_types import Bulk, Macro, MacroChanges, NewMacro, Ran, Run, Taken
from frontdesk.desk.macros import change_macro, create_macro, delete_macro, list_macros
from frontdesk.desk.marks import mark_conversation
from frontdesk.desk.preferences import change_preferences
from frontdesk.desk.read import read_desk
from frontdesk.desk.running import run_macro, take_steps
from frontdesk.desk.steps import (
    AddTag,
    Close,
    Flag,
    InviteRating,
    LeaveNote,
    RemoveTag,
    SendReply,
    SetVip,
    Step,
    Transfer,
    WrapUp,
)
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
    "AddTag",
    "Bulk",
    "Close",
    "Criteria",
    "Desk",
    "DraftFrame",
    "DraftView",
    "Filter",
    "FilterChanges",
    "Flag",
    "InviteRating",
    "KeptDraft",
    "LeaveNote",
    "Macro",
    "MacroChanges",
    "Marks",
    "MarksFrame",
    "MarksView",
    "NewFilter",
    "NewMacro",
    "PreferenceChanges",
    "Preferences",
    "Ran",
    "RemoveTag",
    "Run",
    "SendReply",
    "SetVip",
    "Shown",
    "Step",
    "Taken",
    "Transfer",
    "WrapUp",
    "WrittenDraft",
    "change_filter",
    "change_macro",
    "change_preferences",
    "create_filter",
    "create_macro",
    "delete_filter",
    "delete_macro",
    "forget_desk_in",
    "keep_draft",
    "list_filters",
    "list_macros",
    "mark_conversation",
    "read_desk",
    "run_macro",
    "take_steps",
]
