"""Bots that answer first, and what they know. A bot is an agent: losing one never disturbs human service.

Owns: knowledge_base, question, question_variant, question_related, bot.
Tells: KNOWLEDGE_CHANGED, BOT_CHANGED. Hears: both, AGENT_CHANGED, and a bot's own frames.

`matching` finds the known question that is meant (pure, in memory); `knowledge_of` keeps it up to date; `Runner` lets
every built-in bot work through the same public surface as a human's client.

Invariants:
- A visitor's message is answered at most once, however often it is seen: the answer's client_id is made of its id.
- A bot says that it does not know rather than answer below its threshold; it never answers itself.
- An import is written whole or not at all (unless asked for the good rows), and the same file again changes nothing.
"""

from frontdesk.bots.answering import answer
from frontdesk.bots.bases import (
    configure_bot,
    create_knowledge_base,
    find_knowledge_base,
    get_base_in,
    get_bot,
    list_bots,
    list_knowledge_bases,
    rename_knowledge_base,
)
from frontdesk.bots.events import BOT_CHANGED, KNOWLEDGE_CHANGED, BotChanged, KnowledgeChanged
from frontdesk.bots.handover import Handover, Trigger
from frontdesk.bots.importing import import_csv
from frontdesk.bots.knowledge import Knowledge, knowledge_of
from frontdesk.bots.matching import normalise
from frontdesk.bots.questions import (
    create_question,
    delete_question,
    list_categories,
    list_questions,
    update_question,
)
from frontdesk.bots.runner import Runner
from frontdesk.bots.searching import search_knowledge
from frontdesk.bots.types import (
    LANGUAGES,
    Answer,
    BotChanges,
    BotSettings,
    ImportProblem,
    ImportReport,
    KnowledgeBase,
    KnowledgeHit,
    Match,
    NewQuestion,
    Outcome,
    Question,
    QuestionChanges,
)

__all__ = [
    "BOT_CHANGED",
    "KNOWLEDGE_CHANGED",
    "LANGUAGES",
    "Answer",
    "BotChanged",
    "BotChanges",
    "BotSettings",
    "Handover",
    "ImportProblem",
    "ImportReport",
    "Knowledge",
    "KnowledgeBase",
    "KnowledgeChanged",
    "KnowledgeHit",
    "Match",
    "NewQuestion",
    "Outcome",
    "Question",
    "QuestionChanges",
    "Runner",
    "Trigger",
    "answer",
    "configure_bot",
    "create_knowledge_base",
    "create_question",
    "delete_question",
    "find_knowledge_base",
    "get_base_in",
    "get_bot",
    "import_csv",
    "knowledge_of",
    "list_bots",
    "list_categories",
    "list_knowledge_bases",
    "list_questions",
    "normalise",
    "rename_knowledge_base",
    "search_knowledge",
    "update_question",
]
