"""What agents keep about conversations for themselves: drafts that follow them to every device, pins, important marks.

Tables: desk_draft, desk_mark.
Out: frames `draft` and `marks` to `deliver.<organization>.<agent>`, all of that agent's connections and nobody else's.

Invariants:
- Only the agent who wrote a draft or set a mark ever gets it, whatever anybody's role reaches; visitors never do.
- Of several devices' drafts the one written last stands, also when it arrives first: the emptied draft of a message
  that was sent is kept for a day, so that a device which was away does not bring the words back.
"""

from frontdesk.desk.drafts import keep_draft
from frontdesk.desk.forgetting import forget_desk_in
from frontdesk.desk.frames import DraftFrame, MarksFrame
from frontdesk.desk.marks import mark_conversation
from frontdesk.desk.read import read_desk
from frontdesk.desk.types import Desk, DraftView, KeptDraft, Marks, MarksView, WrittenDraft

__all__ = [
    "Desk",
    "DraftFrame",
    "DraftView",
    "KeptDraft",
    "Marks",
    "MarksFrame",
    "MarksView",
    "WrittenDraft",
    "forget_desk_in",
    "keep_draft",
    "mark_conversation",
    "read_desk",
]
