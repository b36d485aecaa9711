"""The SQL of knowledge bases and of bots' settings."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.bots.handover import Handover
from frontdesk.bots.types import BotSettings, KnowledgeBase
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.settings import LocalizedText

_BASE: Final = """select b.id, b.name, b.description,
    (select count(*) from question q where q.organization_id = b.organization_id and q.knowledge_base_id = b.id)
from knowledge_base b"""
_BOT: Final = """select agent_id, organization_id, knowledge_base_id, answer_threshold, suggest_threshold,
    max_suggestions, greeting, unknown, handover from bot"""
_handover: Final = msgspec.json.Decoder(Handover)
_text: Final = msgspec.json.Decoder(LocalizedText)


async def insert(tx: Transaction, organization_id: int, base: KnowledgeBase, now: Millis) -> None:
    await tx.execute(
        "insert into knowledge_base (id, organization_id, name, description, created_at) values ($1, $2, $3, $4, $5)",
        base.id,
        organization_id,
        base.name,
        base.description,
        now,
    )


async def update(tx: Transaction, organization_id: int, base: KnowledgeBase) -> None:
    await tx.execute(
        "update knowledge_base set name = $1, description = $2 where organization_id = $3 and id = $4",
        base.name,
        base.description,
        organization_id,
        base.id,
    )


async def find(reader: Reader, organization_id: int, base_id: int) -> KnowledgeBase | None:
    row = await reader.fetch_one(
        f"{_BASE} where b.organization_id = $1 and b.id = $2", organization_id, base_id
    )
    return None if row is None else KnowledgeBase(*row)


async def find_named(reader: Reader, organization_id: int, name: str) -> KnowledgeBase | None:
    row = await reader.fetch_one(
        f"{_BASE} where b.organization_id = $1 and b.name = $2", organization_id, name
    )
    return None if row is None else KnowledgeBase(*row)


async def find_all(reader: Reader, organization_id: int) -> list[KnowledgeBase]:
    rows = await reader.fetch(f"{_BASE} where b.organization_id = $1 order by b.id", organization_id)
    return [KnowledgeBase(*row) for row in rows]


async def find_bot(reader: Reader, organization_id: int, bot_id: int) -> BotSettings | None:
    row = await reader.fetch_one(
        f"{_BOT} where organization_id = $1 and agent_id = $2", organization_id, bot_id
    )
    return None if row is None else _bot(row)


async def find_bots(reader: Reader, organization_id: int) -> list[BotSettings]:
    rows = await reader.fetch(f"{_BOT} where organization_id = $1 order by agent_id", organization_id)
    return [_bot(row) for row in rows]


async def find_every_bot(reader: Reader) -> Sequence[tuple[int, int]]:
    """(organization, bot) of the whole installation, for the process that runs them."""
    rows = await reader.fetch("select organization_id, agent_id from bot order by agent_id")
    return [(organization_id, bot_id) for organization_id, bot_id in rows]


async def put_bot(tx: Transaction, bot: BotSettings) -> None:
    await tx.execute(
        """insert into bot (agent_id, organization_id, knowledge_base_id, answer_threshold, suggest_threshold,
            max_suggestions, greeting, unknown, handover) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (agent_id) do update set knowledge_base_id = excluded.knowledge_base_id,
            answer_threshold = excluded.answer_threshold, suggest_threshold = excluded.suggest_threshold,
            max_suggestions = excluded.max_suggestions, greeting = excluded.greeting, unknown = excluded.unknown,
            handover = excluded.handover""",
        bot.id,
        bot.organization_id,
        bot.knowledge_base_id,
        bot.answer_threshold,
        bot.suggest_threshold,
        bot.max_suggestions,
        msgspec.json.encode(bot.greeting).decode(),
        msgspec.json.encode(bot.unknown).decode(),
        msgspec.json.encode(bot.handover).decode(),
    )


def _bot(row: Row) -> BotSettings:
    agent_id, organization_id, base_id, answer, suggest, most, greeting, unknown, handover = row
    return BotSettings(
        id=agent_id,
        organization_id=organization_id,
        knowledge_base_id=base_id,
        answer_threshold=answer,
        suggest_threshold=suggest,
        max_suggestions=most,
        greeting=_text.decode(greeting),
        unknown=_text.decode(unknown),
        handover=_handover.decode(handover),
    )
