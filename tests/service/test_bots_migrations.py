"""What an organization had set for all of its bots goes to each of them."""

from pathlib import Path

import frontdesk.bots
from frontdesk.bots import BotChanges, Handover, configure_bot, get_bot
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import LocalizedPhrases
from tests.service.staff_people import add_bot, administrator

MOVE = Path(frontdesk.bots.__file__).with_name("migrations") / "0002_handover.sql"


async def moved(platform: Platform, organization: int, settings: dict[str, str]) -> Handover:
    """What a bot has after the former settings, as they were stored, have been moved to it."""
    admin = await administrator(platform, organization)
    bot = await add_bot(platform, organization, "lumi")
    await configure_bot(platform, admin, bot.id, BotChanges())
    statements = [
        part for part in MOVE.read_text().split(";\n") if "alter table" not in part and part.strip()
    ]

    async def work(tx: Transaction) -> None:
        await tx.execute("update bot set handover = '{}' where organization_id = $1", organization)
        for name, value in settings.items():
            await tx.execute(
                """insert into organization_setting (organization_id, name, value, changed_at, changed_by)
                values ($1, $2, $3, 0, 0)""",
                organization,
                name,
                value,
            )
        for statement in statements:
            await tx.execute(statement)

    await platform.database.write(organization, work)
    left = await platform.database.read(
        organization, lambda reader: reader.fetch("select name from organization_setting")
    )
    assert list(left) == []
    return (await get_bot(platform, admin, bot.id)).handover


async def test_both_settings_become_the_bots_own(platform: Platform, organization: int) -> None:
    stored = {"human_phrases": '{"zh-CN":["真人"],"en":["person"]}', "unknown_before_human": "4"}
    phrases = LocalizedPhrases(zh_cn=("真人",), en=("person",))
    assert await moved(platform, organization, stored) == Handover(phrases=phrases, offer_after=4)


async def test_one_of_them_becomes_the_bots_own(platform: Platform, organization: int) -> None:
    assert await moved(platform, organization, {"unknown_before_human": "0"}) == Handover(offer_after=0)


async def test_a_bot_whose_organization_set_nothing_has_the_defaults(
    platform: Platform, organization: int
) -> None:
    assert await moved(platform, organization, {}) == Handover()
