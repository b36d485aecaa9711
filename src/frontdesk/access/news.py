"""News that staff's screens need and that no log carries: what changed, so that a client fetches it again."""

from collections.abc import Callable, Sequence

from frontdesk.auth import ORGANIZATION_CHANGED
from frontdesk.bots import BOT_CHANGED, KNOWLEDGE_CHANGED
from frontdesk.channels import CHANNELS_CHANGED
from frontdesk.contacts import CONTACT_CHANGED, FIELDS_CHANGED, TAGS_CHANGED
from frontdesk.conversations import CONVERSATION_TAGGED
from frontdesk.platform import Bus
from frontdesk.settings import SETTINGS_CHANGED
from frontdesk.staff import STAFF_CHANGED

Tell = Callable[[int, str, int | None], None]


def follow_news(bus: Bus, tell: Tell) -> Sequence[Callable[[], None]]:
    """Call `tell(organization_id, topic, id)` when the organization, settings, staff, knowledge, channels, fields, tags,
    a contact or the tags of a conversation change, the id where one alone of many did; returns how to stop.

    Every process tells its own connections, so the news is not published again.
    """
    return (
        ORGANIZATION_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, "organization", None)),
        SETTINGS_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, event.topic, None)),
        STAFF_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, event.topic, None)),
        KNOWLEDGE_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, "knowledge", None)),
        BOT_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, "knowledge", None)),
        CHANNELS_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, "channels", None)),
        TAGS_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, "tags", None)),
        CONVERSATION_TAGGED.subscribe(
            bus, lambda event: tell(event.organization_id, "conversation-tags", event.conversation_id)
        ),
        FIELDS_CHANGED.subscribe(bus, lambda event: tell(event.organization_id, "contact-fields", None)),
        CONTACT_CHANGED.subscribe(
            bus, lambda event: tell(event.organization_id, "contact", event.contact_id)
        ),
    )
