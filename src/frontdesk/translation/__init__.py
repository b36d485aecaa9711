"""Translation by a service of the organization's own choice: what visitors say for agents, what agents write for visitors.

Tables: translation_service.
Out: `event.settings.changed` with the topic `translation`.

Invariants:
- A text leaves the house only because an agent asked, or has asked for all of a conversation; and only to the address that an
  administrator gave, signed, by the guard that webhooks have.
- What comes back is kept in memory alone, and given to nobody who may not read what was translated.
- A service that fails is told as that. Nothing waits for it that could be said without it.
"""

from frontdesk.translation.asking import translate_answer, translate_message
from frontdesk.translation.manage import read_service, remove_service, set_service
from frontdesk.translation.translator import Translator

__all__ = [
    "Translator",
    "read_service",
    "remove_service",
    "set_service",
    "translate_answer",
    "translate_message",
]
