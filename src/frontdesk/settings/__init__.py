"""What an organization may decide for itself, and the categories that its agents wrap up with.

Owns: organization_setting, wrap_up_category.
Tells: SETTINGS_CHANGED.

Invariants:
- `get` answers from memory and never from before the last change that was committed in any process.
- Only what differs from the default is stored, so that a better default reaches everybody who did not choose.
"""

from frontdesk.settings.events import SETTINGS_CHANGED
from frontdesk.settings.types import LocalizedPhrases, LocalizedText, Settings, SettingsChanged, SettingsView
from frontdesk.settings.values import DEFAULTS, change, get, view
from frontdesk.settings.wrap_up import (
    has_wrap_up_categories,
    list_wrap_up_categories,
    replace_wrap_up_categories,
)

__all__ = [
    "DEFAULTS",
    "SETTINGS_CHANGED",
    "LocalizedPhrases",
    "LocalizedText",
    "Settings",
    "SettingsChanged",
    "SettingsView",
    "change",
    "get",
    "has_wrap_up_categories",
    "list_wrap_up_categories",
    "replace_wrap_up_categories",
    "view",
]
