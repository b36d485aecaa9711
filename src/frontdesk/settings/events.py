"""The news that settings tells."""

from typing import Final

from frontdesk.platform import Topic
from frontdesk.settings.types import SettingsChanged

SETTINGS_CHANGED: Final = Topic[SettingsChanged]("event.settings.changed", SettingsChanged)
