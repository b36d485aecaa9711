"""What agents keep about conversations: drafts that follow them to every device, pins, important
marks, saved filters, quick replies, macros, and how they like to work.

Tables: desk_draft, desk_mark, desk_filter, desk_macro, desk_preferences, quick_reply, quick_reply_file, quick_reply_sending.
Out: frames `draft` and `marks` to `deliver.<organization>.<agent>`, all of that agent's connections and nobody else's; `changed` with the topics `filters`, `macros`, `quick-replies` and `desk`.

Invariants:
- Only the agent who wrote a draft or set a mark ever gets it, whatever anybody's role reaches; visitors never do.
- A shared filter says what to look for; whoever uses it finds what they may read, and no more.
- A saved reply's file stays as long as the reply, and as long as a conversation in which it was sent.
- A macro does nothing that whoever runs it could not do by hand, and is told step by step.
- Of several devices' drafts the one written last stands, also when it arrives first: the emptied draft of a message
  that was sent is kept for a day, so that a device which was away does not bring the words back.
"""

from frontdesk.desk.drafts import keep_draft
from frontdesk.desk.filter_types import Criteria, Filter, FilterChanges, NewFilter, Shown
from frontdesk.desk.filters import change_filter, create_filter, delete_filter, list_filters
from frontdesk.desk.forgetting import forget_desk_in, forget_file_in, needless_files, reply_files_in
from frontdesk.desk.frames import DraftFrame, MarksFrame
from frontdesk.desk.macro_types import Bulk, Macro, MacroChanges, NewMacro, Ran, Run, Taken
from frontdesk.desk.macros import change_macro, create_macro, delete_macro, list_macros
from frontdesk.desk.marks import mark_conversation
from frontdesk.desk.preferences import change_preferences
from frontdesk.desk.read import read_desk
from frontdesk.desk.replies import (
    create_quick_reply,
    delete_quick_reply,
    list_quick_replies,
    update_quick_reply,
)
from frontdesk.desk.reply_files import sendable_file
from frontdesk.desk.reply_types import NewCard, NewQuickReply, QuickReply, QuickReplyChanges
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
    Snooze,
    Step,
    Transfer,
    Wake,
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
    "NewCard",
    "NewFilter",
    "NewMacro",
    "NewQuickReply",
    "PreferenceChanges",
    "Preferences",
    "QuickReply",
    "QuickReplyChanges",
    "Ran",
    "RemoveTag",
    "Run",
    "SendReply",
    "SetVip",
    "Shown",
    "Snooze",
    "Step",
    "Taken",
    "Transfer",
    "Wake",
    "WrapUp",
    "WrittenDraft",
    "change_filter",
    "change_macro",
    "change_preferences",
    "create_filter",
    "create_macro",
    "create_quick_reply",
    "delete_filter",
    "delete_macro",
    "delete_quick_reply",
    "forget_desk_in",
    "forget_file_in",
    "keep_draft",
    "list_filters",
    "list_macros",
    "list_quick_replies",
    "mark_conversation",
    "needless_files",
    "read_desk",
    "reply_files_in",
    "run_macro",
    "sendable_file",
    "take_steps",
    "update_quick_reply",
]
