"""The news that channels tell."""

from typing import Final

from frontdesk.channels.types import ChannelsChanged
from frontdesk.platform import Topic

CHANNELS_CHANGED: Final = Topic("event.channels.changed", ChannelsChanged)
