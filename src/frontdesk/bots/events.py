"""The news that bots tell."""

from typing import Final

from msgspec import Struct

from frontdesk.platform import Topic


class KnowledgeChanged(Struct, frozen=True):
    """Something in a knowledge base changed: whoever holds a copy reads it again."""

    organization_id: int
    knowledge_base_id: int


class BotChanged(Struct, frozen=True):
    """A built-in bot's settings changed, or it became one."""

    organization_id: int
    bot_id: int


KNOWLEDGE_CHANGED: Final = Topic("event.bots.knowledge-changed", KnowledgeChanged)
BOT_CHANGED: Final = Topic("event.bots.bot-changed", BotChanged)
