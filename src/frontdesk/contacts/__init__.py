"""Contacts: the records of those who visited, made on the first visit and kept by staff.

Owns: contact, contact_change (who changed what), contact_field (the organization's own), contact_page (where they were),
  tag, contact_tag, block, contact_address.
Tells: CONTACT_CHANGED (edited; visits alone are not told), FIELDS_CHANGED, TAGS_CHANGED, BLOCKS_CHANGED; to the outbox
`contact.created`, `contact.changed`, `contact.erased`.

Invariants:
- An id belongs to one organization's contact at most; ids come from visitor keys or from us, never from input.
- What staff wrote is never replaced by what a visitor says, and visitors cannot read it. What the company's own back
  end says of its users does replace it.
- One contact at most is the one whom the company knows under an id; who was merged is found under the former id too.
- Of two whom the company knows under ids of their own, nobody makes one.
- Every change is in the history, in its own transaction; nobody writes over what somebody else changed unseen.
- Who is blocked, or comes from a blocked network, does not come in, until it is lifted or its time is over.
- What the page around the chat says is shown as that, and decides nothing.
- Every address that is kept of a page begins with http:// or https://.
"""

from frontdesk.contacts.attributes import describe
from frontdesk.contacts.blocks.admitting import (
    blocked,
    came_from_in,
    is_blocked_in,
)
from frontdesk.contacts.blocks.blocking import block_in, blocks_of, lift, list_blocks
from frontdesk.contacts.blocks.types import Block, BlocksChanged, NewBlock
from frontdesk.contacts.erasing import blocks_of_in, last_address_in, parts_of_in, remove_in
from frontdesk.contacts.events import BLOCKS_CHANGED, CONTACT_CHANGED, FIELDS_CHANGED, TAGS_CHANGED
from frontdesk.contacts.fields import change_field, create_field, fields_in, list_fields
from frontdesk.contacts.history import changes_in, changes_of
from frontdesk.contacts.identities import find_identified_in, identify_in
from frontdesk.contacts.merging import lead_in, merge_in
from frontdesk.contacts.names import clean_email, clean_phone, known_language, visitor_name
from frontdesk.contacts.records import (
    contacts_page_in,
    find_contact_in,
    get_contact,
    get_contact_in,
    names_of_contacts_in,
    update_contact,
)
from frontdesk.contacts.tags import (
    change_tag,
    create_tag,
    give_tag,
    list_tags,
    tags_in,
    take_tag,
    too_many_tags,
    usable_tag_in,
)
from frontdesk.contacts.track import track_in, track_of
from frontdesk.contacts.types import (
    MAX_EXTERNAL_ID,
    MAX_TAGS_EACH,
    MAX_VERSION,
    Author,
    Change,
    Color,
    Contact,
    ContactChanged,
    ContactChanges,
    ContactErased,
    ContactView,
    Field,
    FieldChanges,
    FieldKind,
    Identity,
    Merge,
    NewField,
    NewTag,
    Pick,
    Source,
    Stop,
    Tag,
    TagChanges,
    Value,
    VisitedPage,
    Wanted,
)
from frontdesk.contacts.values import clean_value
from frontdesk.contacts.views import change_view, contact_view, stop_view
from frontdesk.contacts.visits import introduce_in, look_in, visit_in

__all__ = [
    "BLOCKS_CHANGED",
    "CONTACT_CHANGED",
    "FIELDS_CHANGED",
    "MAX_EXTERNAL_ID",
    "MAX_TAGS_EACH",
    "MAX_VERSION",
    "TAGS_CHANGED",
    "Author",
    "Block",
    "BlocksChanged",
    "Change",
    "Color",
    "Contact",
    "ContactChanged",
    "ContactChanges",
    "ContactErased",
    "ContactView",
    "Field",
    "FieldChanges",
    "FieldKind",
    "Identity",
    "Merge",
    "NewBlock",
    "NewField",
    "NewTag",
    "Pick",
    "Source",
    "Stop",
    "Tag",
    "TagChanges",
    "Value",
    "VisitedPage",
    "Wanted",
    "block_in",
    "blocked",
    "blocks_of",
    "blocks_of_in",
    "came_from_in",
    "change_field",
    "change_tag",
    "change_view",
    "changes_in",
    "changes_of",
    "clean_email",
    "clean_phone",
    "clean_value",
    "contact_view",
    "contacts_page_in",
    "create_field",
    "create_tag",
    "describe",
    "fields_in",
    "find_contact_in",
    "find_identified_in",
    "get_contact",
    "get_contact_in",
    "give_tag",
    "identify_in",
    "introduce_in",
    "is_blocked_in",
    "known_language",
    "last_address_in",
    "lead_in",
    "lift",
    "list_blocks",
    "list_fields",
    "list_tags",
    "look_in",
    "merge_in",
    "names_of_contacts_in",
    "parts_of_in",
    "remove_in",
    "stop_view",
    "tags_in",
    "take_tag",
    "too_many_tags",
    "track_in",
    "track_of",
    "update_contact",
    "usable_tag_in",
    "visit_in",
    "visitor_name",
]
