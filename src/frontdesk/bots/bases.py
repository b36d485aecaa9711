"""Knowledge bases and the settings of bots: making, changing and listing them."""

from typing import Final

import msgspec
from msgspec import UNSET, structs

from frontdesk.audit import Action, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.bots.events import BOT_CHANGED, KNOWLEDGE_CHANGED, BotChanged, KnowledgeChanged
from frontdesk.bots.store import bases as rows
from frontdesk.bots.types import MAX_DESCRIPTION, MAX_NAME, BotChanges, BotSettings, KnowledgeBase
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import AgentKind, load

MOST_SUGGESTIONS: Final = 10


async def create_knowledge_base(
    platform: Platform, subject: Subject, name: str, description: str = ""
) -> KnowledgeBase:
    """Add an empty knowledge base. Raises `conflict` when the name is taken."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    base = _checked(KnowledgeBase(platform.ids.new(), name, description, 0))
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> KnowledgeBase:
        await _check_name(tx, organization_id, base)
        await rows.insert(tx, organization_id, base, now)
        await record_in(platform, tx, subject, Action.KNOWLEDGE_CREATED, knowledge_target(base))
        announce_knowledge(platform, tx, organization_id, base.id)
        return base

    return await platform.database.write(organization_id, work)


async def rename_knowledge_base(
    platform: Platform, subject: Subject, base_id: int, *, name: str | None, description: str | None
) -> KnowledgeBase:
    """Change what is given."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> KnowledgeBase:
        before = await get_base_in(tx, organization_id, base_id)
        after = _checked(
            structs.replace(
                before,
                name=before.name if name is None else name,
                description=before.description if description is None else description,
            )
        )
        await _check_name(tx, organization_id, after)
        await rows.update(tx, organization_id, after)
        await record_in(platform, tx, subject, Action.KNOWLEDGE_CHANGED, knowledge_target(after))
        announce_knowledge(platform, tx, organization_id, base_id)
        return after

    return await platform.database.write(organization_id, work)


async def list_knowledge_bases(platform: Platform, subject: Subject) -> list[KnowledgeBase]:
    require(subject, Permission.KNOWLEDGE_MANAGE)
    return await platform.database.read(
        subject.organization_id, lambda reader: rows.find_all(reader, subject.organization_id)
    )


async def find_knowledge_base(platform: Platform, subject: Subject, name: str) -> KnowledgeBase | None:
    """The knowledge base of this name, if there is one."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    return await platform.database.read(
        subject.organization_id, lambda reader: rows.find_named(reader, subject.organization_id, name)
    )


async def get_base_in(reader: Reader, organization_id: int, base_id: int) -> KnowledgeBase:
    base = await rows.find(reader, organization_id, base_id)
    if base is None:
        raise not_found("knowledge base")
    return base


async def configure_bot(
    platform: Platform, subject: Subject, bot_id: int, changes: BotChanges
) -> BotSettings:
    """Change what is set. The first call makes an agent of kind bot a built-in one, which `Runner` runs at once."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> BotSettings:
        agent = await load(tx, organization_id, bot_id)
        if agent.kind is not AgentKind.BOT:
            raise not_found("bot")
        before = await rows.find_bot(tx, organization_id, bot_id)
        after = _merged(before or BotSettings(id=bot_id, organization_id=organization_id), changes)
        if after.knowledge_base_id is not None:
            await get_base_in(tx, organization_id, after.knowledge_base_id)
        await rows.put_bot(tx, after)
        target = Target("agent", bot_id, agent.username)
        await record_in(platform, tx, subject, Action.BOT_CHANGED, target, **changed_fields(changes))
        event = BotChanged(organization_id, bot_id)
        tx.after_commit(lambda: BOT_CHANGED.publish(platform.bus, event))
        return after

    return await platform.database.write(organization_id, work)


async def get_bot(platform: Platform, subject: Subject, bot_id: int) -> BotSettings:
    """A built-in bot's settings. Raises `not_found` for everything else."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    found = await platform.database.read(
        subject.organization_id, lambda reader: rows.find_bot(reader, subject.organization_id, bot_id)
    )
    if found is None:
        raise not_found("bot")
    return found


async def list_bots(platform: Platform, subject: Subject) -> list[BotSettings]:
    """The built-in bots of the organization."""
    require(subject, Permission.KNOWLEDGE_MANAGE)
    return await platform.database.read(
        subject.organization_id, lambda reader: rows.find_bots(reader, subject.organization_id)
    )


def knowledge_target(base: KnowledgeBase) -> Target:
    """A knowledge base, for the audit log."""
    return Target("knowledge_base", base.id, base.name)


def announce_knowledge(platform: Platform, tx: Transaction, organization_id: int, base_id: int) -> None:
    """Tell everybody, once committed."""
    event = KnowledgeChanged(organization_id, base_id)
    tx.after_commit(lambda: KNOWLEDGE_CHANGED.publish(platform.bus, event))


def _checked(base: KnowledgeBase) -> KnowledgeBase:
    return structs.replace(
        base,
        name=clean_line(base.name, field="name", limit=MAX_NAME, required=True),
        description=clean(base.description, field="description", limit=MAX_DESCRIPTION),
    )


async def _check_name(reader: Reader, organization_id: int, base: KnowledgeBase) -> None:
    known = await rows.find_named(reader, organization_id, base.name)
    if known is not None and known.id != base.id:
        raise conflict(
            "bots.name-taken",
            f"There is a knowledge base “{base.name}” already.",
            hint="Choose another name.",
            details={"field": "name"},
        )


def _merged(before: BotSettings, changes: BotChanges) -> BotSettings:
    set_ones = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}
    after = structs.replace(before, **set_ones)
    if not 0 <= after.suggest_threshold <= after.answer_threshold <= 1:
        raise invalid(
            "bots.thresholds",
            "The threshold for suggestions must not be above the one for answers, and both lie between 0 and 1.",
            details={"field": "suggest_threshold"},
        )
    if not 0 <= after.max_suggestions <= MOST_SUGGESTIONS:
        raise invalid(
            "bots.suggestions",
            f"A bot makes 0 to {MOST_SUGGESTIONS} suggestions.",
            details={"field": "max_suggestions"},
        )
    return msgspec.convert(after, BotSettings, from_attributes=True)
