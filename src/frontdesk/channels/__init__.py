"""Channels: the entry points of an organization, and how a visitor comes in by one.

Owns: channel. Tells: CHANNELS_CHANGED.

Invariants:
- A contact has at most one open conversation on a channel, however many tabs open one at once.
- Who a visitor is comes from its key, never from its words; an unknown channel looks like a disabled one.
- A conversation starts with the channel's bot; without one, with the channel's team.
"""

from frontdesk.channels.arrivals import Arrivals
from frontdesk.channels.events import CHANNELS_CHANGED
from frontdesk.channels.manage import create_channel, list_channels, snippet_of, update_channel
from frontdesk.channels.opening import list_own_conversations, open_conversation
from frontdesk.channels.sessions import open_session
from frontdesk.channels.types import (
    Channel,
    ChannelChanges,
    ChannelLook,
    ChannelsChanged,
    ConversationBody,
    ConversationOpened,
    LocalizedLines,
    NewChannel,
    SessionBody,
    SessionOpened,
)

__all__ = [
    "CHANNELS_CHANGED",
    "Arrivals",
    "Channel",
    "ChannelChanges",
    "ChannelLook",
    "ChannelsChanged",
    "ConversationBody",
    "ConversationOpened",
    "LocalizedLines",
    "NewChannel",
    "SessionBody",
    "SessionOpened",
    "create_channel",
    "list_channels",
    "list_own_conversations",
    "open_conversation",
    "open_session",
    "snippet_of",
    "update_channel",
]
