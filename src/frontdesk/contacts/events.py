"""The news that contacts tells."""

from typing import Final

from frontdesk.contacts.types import ContactChanged, FieldsChanged, TagsChanged
from frontdesk.platform import Topic

CONTACT_CHANGED: Final = Topic[ContactChanged]("event.contacts.changed", ContactChanged)
FIELDS_CHANGED: Final = Topic[FieldsChanged]("event.contacts.fields-changed", FieldsChanged)
TAGS_CHANGED: Final = Topic[TagsChanged]("event.contacts.tags-changed", TagsChanged)
