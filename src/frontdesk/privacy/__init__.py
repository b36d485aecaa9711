"""Privacy: what is kept about a person is given to them, erased for them, and erased by itself after a time.

Tables: erasure (one for each contact that was erased, and how far it is), doomed_file, retention. Hears: ERASURE_ASKED.
Tells: nothing itself; the services that erase do (`contact.erased`, `conversation.erased`, the `erased` entry).

Above everything that keeps something about a contact, because it calls each of them; each removes its own.

Invariants:
- What identifies a person goes in the transaction that asks for the erasure: record, identities, keys, leave-messages,
  tickets, what was told to webhooks. Sessions end with it. What was said follows in small batches.
- A batch and how far it has come are one transaction: killed anywhere, it goes on there; repeated, it changes nothing.
- A file that no entry names any more is in `doomed_file` until its bytes are gone.
- Logs keep their numbers (`conversations/tombstones.py`).
"""

from frontdesk.privacy.asking import erase_contact, get_erasure
from frontdesk.privacy.eraser import Eraser
from frontdesk.privacy.exporting import export_contact
from frontdesk.privacy.keeping import get_retention, set_retention
from frontdesk.privacy.types import ERASURE_ASKED, Erasure, Outlook

__all__ = [
    "ERASURE_ASKED",
    "Eraser",
    "Erasure",
    "Outlook",
    "erase_contact",
    "export_contact",
    "get_erasure",
    "get_retention",
    "set_retention",
]
