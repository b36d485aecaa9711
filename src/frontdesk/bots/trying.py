"""Trying a bot out, as staff, without a conversation."""

from frontdesk.auth import Permission, require
from frontdesk.bots.answering import answer
from frontdesk.bots.bases import get_bot
from frontdesk.bots.handover import Trigger, heard
from frontdesk.bots.types import MAX_ASKED, ZH, Answer, BotSettings, Outcome
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.platform import Platform


async def try_bot(
    platform: Platform, subject: Subject, bot_id: int, text: str, language: str = ZH
) -> tuple[BotSettings, Answer, Trigger | None]:
    """What the bot would say now, and why it would hand over if it would: knowledge that was changed a moment ago counts."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    bot = await get_bot(platform, subject, bot_id)
    asked = clean(text, field="question", limit=MAX_ASKED, required=True)
    found = await answer(platform, bot, asked, language, fresh=True)
    empty = Trigger.ANSWER if found.outcome is Outcome.HUMAN else None
    return bot, found, heard(bot.handover, asked) or empty
