"""Panels: pages of an organization's own programs, shown to agents beside a conversation.

Owns: panel.

A panel's page learns whom it is about from a token that is signed with the panel's secret, for its origin alone and for minutes.

Invariants:
- A context is signed only for who may read the conversation, and says ids: no name, no address, no word of anybody's.
- A frame may load the one origin of its panel, and is shown in pages of ours alone.
- A secret is shown when it is made, and never again.
"""

from frontdesk.panels.context import sign_context
from frontdesk.panels.frames import find_framed
from frontdesk.panels.manage import create_panel, list_panels, remove_panel, renew_secret, update_panel
from frontdesk.panels.types import Context, NewPanel, Panel, PanelChanges

__all__ = [
    "Context",
    "NewPanel",
    "Panel",
    "PanelChanges",
    "create_panel",
    "find_framed",
    "list_panels",
    "remove_panel",
    "renew_secret",
    "sign_context",
    "update_panel",
]
