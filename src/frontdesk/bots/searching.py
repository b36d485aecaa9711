"""Agents look up what is known while they answer somebody themselves."""

from typing import Final

from frontdesk.auth import Permission, require
from frontdesk.bots.answering import matches
from frontdesk.bots.knowledge import knowledge_of
from frontdesk.bots.matching import language_of
from frontdesk.bots.store import bases as rows
from frontdesk.bots.types import LANGUAGES, MAX_ASKED, ZH, KnowledgeHit
from frontdesk.contacts import known_language
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform

MOST_HITS: Final = 20
_LIKELY: Final = 0.1  # a person reads the list and judges: less than a bot would dare to suggest


async def search_knowledge(
    platform: Platform, subject: Subject, text: str, *, language: str = ZH, limit: int = 5
) -> list[KnowledgeHit]:
    """What can be answered with, from every knowledge base, best first; without words, nothing.

    Of what fits equally well, what is in `language` comes first; a text that is clearly in another one wins.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    organization_id, now = subject.organization_id, platform.clock.now()
    asked = clean_line(text, field="text", limit=MAX_ASKED)
    if not asked:
        return []
    spoken = language_of(asked) or known_language(language)
    found: list[KnowledgeHit] = []
    bases = await platform.database.read(
        organization_id, lambda reader: rows.find_all(reader, organization_id)
    )
    for base in bases:
        knowledge = await knowledge_of(platform, organization_id, base.id, fresh=True)
        found += [
            KnowledgeHit(match.question, base.name, match.score)
            for each in LANGUAGES
            for match in matches(knowledge, asked, each, now)
            if match.score >= _LIKELY and match.question.answer
        ]
    found.sort(key=lambda hit: (-hit.score, hit.question.language != spoken, hit.question.id))
    return found[: min(max(limit, 1), MOST_HITS)]
