"""The news that contacts tells."""

from typing import Final

from frontdesk.contacts.blocks.types import BlocksChanged
from frontdesk.contacts.types import ContactChanged, FieldsChanged, TagsChanged
from frontdesk.platform import Topic

CONTACT_CHANGED: Final = Topic[ContactChanged]("event.contacts.changed", ContactChanged)
FIELDS_CHANGED: Final = Topic[FieldsChanged]("event.contacts.fields-changed", FieldsChanged)
BLOCKS_CHANGED: Final = Topic[BlocksChanged]("event.contacts.blocks-changed", BlocksChanged)
TAGS_CHANGED: Final = Topic[TagsChanged]("event.contacts.tags-changed", TagsChanged)
