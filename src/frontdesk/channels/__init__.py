"""Channels: the entry points of an organization, and how a visitor comes in by one.

Owns: channel, channel_key. Tells: CHANNELS_CHANGED.

Invariants:
- A contact has at most one open conversation on a channel, however many tabs open one at once.
- Who a visitor is comes from its key or from what the company's back end signed, never from its words.
- An unknown channel looks like a disabled one.
- A conversation starts with the channel's bot; without one, with the channel's team.
"""

from frontdesk.channels.admission import require_admitted
from frontdesk.channels.arrivals import Arrivals
from frontdesk.channels.events import CHANNELS_CHANGED
from frontdesk.channels.form import FormKind, FormLine, LocalizedOptions
from frontdesk.channels.keys import add_key, list_keys, remove_key
from frontdesk.channels.link import ChannelLink, link_of
from frontdesk.channels.loading import LoaderLook, loader_look
from frontdesk.channels.manage import create_channel, list_channels, snippet_of, update_channel
from frontdesk.channels.opening import list_own_conversations, open_conversation
from frontdesk.channels.origins import frame_origins
from frontdesk.channels.sessions import end_session, open_session
from frontdesk.channels.store import find as find_channel_in
from frontdesk.channels.types import (
    Channel,
    ChannelChanges,
    ChannelKey,
    ChannelLook,
    ChannelsChanged,
    ConversationBody,
    ConversationOpened,
    LocalizedLines,
    NewChannel,
    SessionBody,
    SessionOpened,
)
from frontdesk.channels.widget import Trigger, Widget

__all__ = [
    "CHANNELS_CHANGED",
    "Arrivals",
    "Channel",
    "ChannelChanges",
    "ChannelKey",
    "ChannelLink",
    "ChannelLook",
    "ChannelsChanged",
    "ConversationBody",
    "ConversationOpened",
    "FormKind",
    "FormLine",
    "LoaderLook",
    "LocalizedLines",
    "LocalizedOptions",
    "NewChannel",
    "SessionBody",
    "SessionOpened",
    "Trigger",
    "Widget",
    "add_key",
    "create_channel",
    "end_session",
    "find_channel_in",
    "frame_origins",
    "link_of",
    "list_channels",
    "list_keys",
    "list_own_conversations",
    "loader_look",
    "open_conversation",
    "open_session",
    "remove_key",
    "require_admitted",
    "snippet_of",
    "update_channel",
]
