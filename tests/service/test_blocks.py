"""Who is blocked does not come in by any door, until it is lifted or its time is over."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter
from frontdesk.auth.audit_log import search_audit_log
from frontdesk.channels import (
    ChannelChanges,
    ConversationBody,
    SessionBody,
    open_conversation,
    open_session,
    require_admitted,
    update_channel,
)
from frontdesk.contacts import (
    Author,
    Merge,
    NewBlock,
    Source,
    blocks_of,
    lift,
    list_blocks,
    merge_in,
    remove_in,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import block, reopen, request_human
from frontdesk.platform import Platform
from frontdesk.settings import change
from tests.service.bot_shop import Shop, open_shop
from tests.service.staff_people import add_agent, administrator, subject_of

HERE = "192.0.2.1"  # from where `shop.come` comes


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    await opened.put_on_duty()
    yield opened
    await opened.tasks.stop()


async def is_out(shop: Shop, visitor: Subject) -> bool:
    try:
        await require_admitted(shop.platform, visitor)
    except FrontdeskError as refusal:
        return refusal.code == "contacts.blocked"
    return False


async def session(shop: Shop, address: str, key: str | None = None) -> str:
    """A new visit from an address; its key, or how it was refused."""
    try:
        opened = await open_session(
            shop.platform, shop.keys, SessionBody(shop.channel.code, "en", key), address=address
        )
    except FrontdeskError as refusal:
        return refusal.code
    return opened.visitor_key


async def reach_bots(shop: Shop) -> None:
    await change(shop.platform, shop.admin, {"blocked_reach_bot": True})


async def test_a_blocked_contact_is_out_at_once_and_its_conversation_ends(shop: Shop) -> None:
    visitor, opened = await shop.come()
    conversation = int(
        (await open_conversation(shop.platform, visitor, ConversationBody("en"))).conversation.id
    )
    await request_human(shop.platform, visitor, conversation)
    assert (await shop.header(conversation)).state == "active"
    made = await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id, reason="Threats"))
    assert (made.reason, made.ends_at, made.network) == ("Threats", None, None)
    header = await shop.header(conversation)
    assert (header.state, header.close_reason) == ("closed", "agent")
    assert await is_out(shop, visitor)
    assert await session(shop, "198.51.100.9", opened.visitor_key) == "contacts.blocked"
    assert not await reopen(shop.platform, shop.admin.organization_id, conversation)
    assert await session(shop, HERE) != "contacts.blocked"  # somebody else


async def test_a_network_keeps_everybody_out_who_comes_from_it(shop: Shop) -> None:
    visitor, conversation = await shop.open()
    other, _opened = await shop.come()
    await block(shop.platform, shop.admin, NewBlock(network="192.0.2.0/24"))
    assert (await shop.header(conversation)).state == "closed"
    assert await is_out(shop, visitor)
    assert await is_out(shop, other)
    assert await session(shop, "192.0.2.77") == "contacts.blocked"
    assert await session(shop, "::ffff:192.0.2.77") == "contacts.blocked"
    assert await session(shop, "192.0.3.1") != "contacts.blocked"


async def test_the_address_of_a_contact_can_be_blocked_without_seeing_it(shop: Shop) -> None:
    visitor, _opened = await shop.come()
    made = await block(shop.platform, shop.admin, NewBlock(address_of=visitor.id, duration_s=3600))
    assert (made.network, made.contact_id) == (f"{HERE}/32", visitor.id)
    assert await session(shop, HERE) == "contacts.blocked"
    shown = await blocks_of(shop.platform, shop.admin, visitor.id)
    assert ([one.id for one in shown.blocks], shown.address) == ([made.id], HERE)


async def test_it_ends_by_itself_at_its_time(shop: Shop, clock: ManualClock) -> None:
    visitor, opened = await shop.come()
    await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id, duration_s=600))
    clock.advance(seconds=599)
    assert await is_out(shop, visitor)
    clock.advance(seconds=1)
    assert not await is_out(shop, visitor)
    assert await session(shop, HERE, opened.visitor_key) == opened.visitor_key
    assert (await list_blocks(shop.platform, shop.admin))[0].items == []


async def test_it_can_be_lifted_once_and_both_are_in_the_audit_log(shop: Shop) -> None:
    visitor, _opened = await shop.come()
    made = await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id, reason="Mistake"))
    page, names = await list_blocks(shop.platform, shop.admin)
    assert ([one.id for one in page.items], set(names)) == ([made.id], {visitor.id})
    await lift(shop.platform, shop.admin, made.id)
    assert not await is_out(shop, visitor)
    with pytest.raises(FrontdeskError) as caught:
        await lift(shop.platform, shop.admin, made.id)
    assert caught.value.kind is ErrorKind.NOT_FOUND
    found = await search_audit_log(shop.platform, shop.admin, Filter())
    deeds = {entry.action: entry for entry in found.page.items}
    for action in (Action.CONTACT_BLOCKED, Action.CONTACT_UNBLOCKED):
        assert (deeds[action].target_id, deeds[action].facts["scope"]) == (visitor.id, "contact")


async def test_where_bots_may_be_reached_the_blocked_reach_nobody_else(shop: Shop) -> None:
    await reach_bots(shop)
    visitor, conversation = await shop.open()
    await request_human(shop.platform, visitor, conversation)
    await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id))
    assert (await shop.header(conversation)).state == "closed"
    assert not await is_out(shop, visitor)
    opened = await open_conversation(shop.platform, visitor, ConversationBody("en"))
    again = int(opened.conversation.id)
    asked = await request_human(shop.platform, visitor, again)
    assert asked.absence is not None
    assert asked.conversation.state == "bot"
    assert not await reopen(shop.platform, shop.admin.organization_id, conversation)
    shop.run_bots()
    await shop.say(visitor, again, "How much is shipping?")
    assert (await shop.until_said(again, 2))[1].text == "Free from $15."
    await shop.say(visitor, again, "a real person please")
    assert (await shop.until_said(again, 3))[2].actions == ("leave_message",)


async def test_a_conversation_with_a_bot_goes_on_where_bots_may_be_reached(shop: Shop) -> None:
    await reach_bots(shop)
    visitor, conversation = await shop.open()
    await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id))
    assert (await shop.header(conversation)).state == "bot"


async def test_a_channel_without_a_bot_has_nobody_for_the_blocked(shop: Shop) -> None:
    await reach_bots(shop)
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(bot_id=None))
    visitor, _opened = await shop.come()
    await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id))
    with pytest.raises(FrontdeskError) as caught:
        await open_conversation(shop.platform, visitor, ConversationBody("en"))
    assert caught.value.code == "contacts.blocked"


async def test_the_blocked_stay_blocked_when_they_become_part_of_somebody_known(shop: Shop) -> None:
    visitor, _opened = await shop.come()
    known, _other = await shop.come()
    await block(shop.platform, shop.admin, NewBlock(contact_id=visitor.id))
    organization = shop.admin.organization_id
    await shop.platform.database.write(
        organization,
        lambda tx: merge_in(
            shop.platform, tx, organization, known.id, Merge(visitor.id), author=Author(Source.COMPANY)
        ),
    )
    assert await is_out(shop, known)


async def test_with_the_contact_go_its_blocks_and_its_address(shop: Shop) -> None:
    visitor, _opened = await shop.come()
    await block(shop.platform, shop.admin, NewBlock(address_of=visitor.id))
    organization = shop.admin.organization_id
    await shop.platform.database.write(
        organization, lambda tx: remove_in(shop.platform, tx, organization, [visitor.id])
    )
    for table in ("block", "contact_address"):
        left = await shop.platform.database.read(
            organization,
            lambda reader, table=table: reader.fetch(f"select * from {table}"),  # noqa: S608 - our tables
        )
        assert list(left) == []


@pytest.mark.parametrize(
    "wrong",
    [
        NewBlock(),
        NewBlock(contact_id=1, network="203.0.113.7"),
        NewBlock(network="10.0.0.0/8"),
        NewBlock(network="203.0.113.7", reason="x" * 201),
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_kept(shop: Shop, wrong: NewBlock) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await block(shop.platform, shop.admin, wrong)
    assert caught.value.kind is ErrorKind.INVALID
    assert (await list_blocks(shop.platform, shop.admin))[0].items == []


async def test_only_who_may_block_does_and_strangers_do_not_exist(
    shop: Shop, platform: Platform, other_organization: int
) -> None:
    visitor, _opened = await shop.come()
    agent = subject_of(await add_agent(platform, shop.admin.organization_id, "otto", Role.AGENT))
    foreign = await administrator(platform, other_organization)
    for subject, kind in ((agent, ErrorKind.FORBIDDEN), (foreign, ErrorKind.NOT_FOUND)):
        for new in (NewBlock(contact_id=visitor.id), NewBlock(address_of=visitor.id)):
            with pytest.raises(FrontdeskError) as caught:
                await block(platform, subject, new)
            assert caught.value.kind is kind
    await block(platform, foreign, NewBlock(network="192.0.2.0/24"))
    assert not await is_out(shop, visitor)
