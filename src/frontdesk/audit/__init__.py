"""The audit log: who did what to what, from where, in an order that cannot be changed without being seen.

Tables: audit_entry.

Invariants:
- An entry is written in the transaction of the deed: both are kept, or neither.
- Nothing is changed or removed: both engines refuse it (triggers; on PostgreSQL the application's role may only insert).
- `seq` is gap-free from 1 in an organization, and each entry's hash covers the one before: whatever is altered, removed or
  put in between behind the database's back, `verify` names the first entry that does not fit.
- No secret, no password and no words of a conversation are in it: ids, names of fields, names of accounts.
- Below auth on purpose: signing in is a deed. Who may read it is asked there (`auth/audit_log.py`).
"""

from frontdesk.audit.recording import changed_fields, record_in, record_once_in
from frontdesk.audit.store import find_in, holds_in
from frontdesk.audit.types import NOBODY, Action, AuditEntry, Fact, Facts, Filter, Target, Verdict
from frontdesk.audit.verifying import verify_in

__all__ = [
    "NOBODY",
    "Action",
    "AuditEntry",
    "Fact",
    "Facts",
    "Filter",
    "Target",
    "Verdict",
    "changed_fields",
    "find_in",
    "holds_in",
    "record_in",
    "record_once_in",
    "verify_in",
]
