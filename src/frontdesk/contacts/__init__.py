"""Contacts: the records of those who visited, made on the first visit and kept by staff.

Owns: contact.
Tells: CONTACT_CHANGED (edited; visits alone are not told); to the outbox `contact.created` and `contact.changed`.

Invariants:
- An id belongs to one organization's contact at most; ids come from visitor keys or from us, never from input.
- What staff wrote is never replaced by what a visitor says, and visitors cannot read it.
- Every address that is kept of a page begins with http:// or https://.
"""

from frontdesk.contacts.events import CONTACT_CHANGED
from frontdesk.contacts.names import clean_email, clean_phone, known_language, visitor_name
from frontdesk.contacts.records import (
    find_contact_in,
    get_contact,
    get_contact_in,
    list_contacts,
    update_contact,
)
from frontdesk.contacts.types import Contact, ContactChanged, ContactChanges, ContactView, VisitedPage
from frontdesk.contacts.views import contact_view
from frontdesk.contacts.visits import introduce_in, look_in, visit_in

__all__ = [
    "CONTACT_CHANGED",
    "Contact",
    "ContactChanged",
    "ContactChanges",
    "ContactView",
    "VisitedPage",
    "clean_email",
    "clean_phone",
    "contact_view",
    "find_contact_in",
    "get_contact",
    "get_contact_in",
    "introduce_in",
    "known_language",
    "list_contacts",
    "look_in",
    "update_contact",
    "visit_in",
    "visitor_name",
]
