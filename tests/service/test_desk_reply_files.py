"""Files and cards of saved replies: who may send them, and how long they stay."""

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest

from frontdesk.conversations import Card, CardButton, File, Image, attachment_of
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.desk import (
    NewCard,
    NewQuickReply,
    QuickReply,
    QuickReplyChanges,
    create_quick_reply,
    delete_quick_reply,
    list_quick_replies,
    sendable_file,
    update_quick_reply,
)
from frontdesk.dispatch import close, request_human, take
from frontdesk.media import MediaRef, load_address_key, open_media, upload
from frontdesk.platform import Platform
from frontdesk.platform.config import Access
from frontdesk.privacy import Eraser, set_retention
from frontdesk.staff import Status
from tests.service.access_clients import until
from tests.service.access_server import serving, text
from tests.service.bot_shop import Shop, open_shop
from tests.service.media_files import picture
from tests.service.staff_people import add_agent, administrator, subject_of

DAY_S = 86_400


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    await load_address_key(platform)
    opened = await open_shop(platform, organization, greeting="")
    yield opened
    await opened.log.drain()
    await opened.tasks.stop()


async def a_file(platform: Platform, who: Subject, name: str = "prices.txt") -> MediaRef:
    return await upload(platform, who, name, b"Lantern: 12\n")


async def a_picture(platform: Platform, who: Subject) -> MediaRef:
    return await upload(platform, who, "lantern.png", picture("PNG"))


async def saved(platform: Platform, who: Subject, *media: MediaRef, **more: Any) -> QuickReply:  # noqa: ANN401 - whatever a reply has
    attachments = [str(each.id) for each in media]
    return await create_quick_reply(
        platform, who, NewQuickReply(title="Prices", attachments=attachments, **more)
    )


async def refusal(attempt: Awaitable[object]) -> tuple[ErrorKind, str]:
    with pytest.raises(FrontdeskError) as caught:
        await attempt
    return caught.value.kind, caught.value.message


async def is_there(platform: Platform, organization: int, media: MediaRef) -> bool:
    return await open_media(platform, organization, media.id) is not None


# ---- what a reply holds --------------------------------------------------------------------------------------------


async def test_a_reply_holds_files_and_a_card_in_place_of_a_text(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    prices, lantern, shown = (
        await a_file(platform, admin),
        await a_picture(platform, admin),
        await a_picture(platform, admin),
    )
    buttons = (CardButton(" See ", link=" https://shop.example/ "),)
    card = NewCard(title=" Lantern ", text="Red", media_id=str(shown.id), buttons=buttons)
    made = await saved(platform, admin, prices, lantern, prices, card=card, personal=False)
    assert made.text == ""
    assert made.attachments == (attachment_of(prices), attachment_of(lantern))
    assert isinstance(made.attachments[0], File)
    picture_of_card = attachment_of(shown)
    assert isinstance(picture_of_card, Image)
    assert made.card == Card(
        "Lantern", "Red", picture_of_card, (CardButton("See", link="https://shop.example/"),)
    )
    assert await list_quick_replies(platform, admin) == [made]


async def test_a_change_keeps_what_it_does_not_name_and_what_it_names_again(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    lin = subject_of(await add_agent(platform, organization, "lin"))
    prices, lantern = await a_file(platform, lin), await a_picture(platform, lin)
    card = NewCard(title="Lantern", media_id=str(lantern.id))
    made = await saved(platform, lin, prices, card=card)
    changed = await update_quick_reply(platform, lin, made.id, QuickReplyChanges(text="Here they are"))
    assert (changed.attachments, changed.card) == (made.attachments, made.card)
    swapped = QuickReplyChanges(attachments=[str(lantern.id)], card=None)
    changed = await update_quick_reply(platform, lin, made.id, swapped)
    assert (changed.attachments, changed.card) == ((attachment_of(lantern),), None)
    shared = await saved(platform, admin, await a_file(platform, admin), personal=False)
    other = await administrator(platform, organization, "bob")
    again = QuickReplyChanges(attachments=[each.media_id for each in shared.attachments], title="All")
    assert (await update_quick_reply(platform, other, shared.id, again)).attachments == shared.attachments


async def test_a_reply_without_a_text_a_file_or_a_card_is_refused(
    platform: Platform, organization: int
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    made = await saved(platform, lin, await a_file(platform, lin))
    emptied = update_quick_reply(platform, lin, made.id, QuickReplyChanges(attachments=[]))
    assert (await refusal(emptied))[0] is ErrorKind.INVALID
    assert (await refusal(saved(platform, lin)))[0] is ErrorKind.INVALID
    assert await list_quick_replies(platform, lin) == [made]


async def test_only_what_one_uploaded_and_no_other_reply_holds_is_taken_up(
    platform: Platform, organization: int, other_organization: int
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    mei = subject_of(await add_agent(platform, organization, "mei"))
    stranger = await administrator(platform, other_organization)
    held = await a_file(platform, lin)
    made = await saved(platform, lin, held)
    nobodys = MediaRef(404, held.kind, "x", 1, held.mime, 0, 0)
    answers = {
        await refusal(saved(platform, lin, await a_file(platform, mei))),
        await refusal(saved(platform, lin, await a_file(platform, stranger))),
        await refusal(saved(platform, lin, held)),
        await refusal(saved(platform, mei, held)),
        await refusal(saved(platform, lin, nobodys)),
        await refusal(create_quick_reply(platform, lin, NewQuickReply(title="x", attachments=["x"]))),
    }
    assert {kind for kind, _message in answers} == {ErrorKind.NOT_FOUND}
    assert len(answers) == 1
    assert await list_quick_replies(platform, lin) == [made]


async def test_a_card_shows_pictures_alone(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    prices = await a_file(platform, lin)
    card = NewCard(title="Prices", media_id=str(prices.id))
    assert (await refusal(saved(platform, lin, card=card)))[0] is ErrorKind.INVALID


# ---- who may send it -----------------------------------------------------------------------------------------------


async def test_whoever_may_use_a_reply_sends_its_files_and_nobody_else(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    async with serving(platform, organization, Access(rate=10_000, burst=10_000)) as realtime:
        lin = subject_of(await add_agent(platform, organization, "lin"))
        visitor = realtime.visitor()
        conversation = await realtime.conversation(visitor, lin)
        foreign = await realtime.conversation(realtime.visitor())
        shared, personal = await a_file(platform, admin), await a_file(platform, admin)
        shown = await a_picture(platform, admin)
        await saved(
            platform, admin, shared, card=NewCard(title="Red", media_id=str(shown.id)), personal=False
        )
        await saved(platform, admin, personal)
        desk, client = await realtime.join(lin), await realtime.join(visitor)

        def sending(media: MediaRef, client_id: str, kind: str = "file") -> dict[str, Any]:
            body: dict[str, Any] = {"type": kind, "media_id": str(media.id)}
            if kind == "card":
                body["title"] = "Red"
            return {**text(conversation, "", client_id), "body": body}

        await desk.send(sending(shared, "c-1"))
        assert (await until(desk, "ack"))["entry"]["body"]["name"] == "prices.txt"
        seen = (await until(client, "entry"))["entry"]["body"]
        assert seen["url"].startswith(f"/v1/media/{shared.id}/")
        await desk.send(sending(shown, "c-2", "card"))
        assert (await until(desk, "ack"))["entry"]["body"]["picture"]["media_id"] == str(shown.id)
        await desk.send(sending(personal, "c-3"))
        assert (await until(desk, "error"))["error"]["kind"] == "not_found"
        await desk.send({**sending(shared, "c-4"), "conversation": str(foreign.id)})
        assert (await until(desk, "error"))["error"]["kind"] == "not_found"
        await client.send(sending(shared, "v-1"))
        assert (await until(client, "error"))["error"]["kind"] == "not_found"
        assert len(await realtime.stored(conversation)) == 2


# ---- how long it stays ---------------------------------------------------------------------------------------------


async def talked_about(shop: Shop) -> int:
    """A conversation with shop's agent."""
    visitor, conversation = await shop.open()
    await shop.put_on_duty(Status.BUSY)
    await request_human(shop.platform, visitor, conversation)
    await take(shop.platform, shop.agent, conversation)
    return conversation


async def sent(shop: Shop, conversation: int, media: MediaRef) -> None:
    known = await sendable_file(shop.platform, shop.agent, conversation, media.id)
    await shop.log.send(shop.agent, conversation, f"c-{media.id}", attachment_of(known))


async def test_a_conversation_that_is_forgotten_leaves_a_replys_file_alone(
    shop: Shop, clock: ManualClock
) -> None:
    platform, organization = shop.platform, shop.admin.organization_id
    conversation = await talked_about(shop)
    held, own = await a_file(platform, shop.admin), await a_file(platform, shop.agent)
    await saved(platform, shop.admin, held, personal=False)
    await sent(shop, conversation, held)
    await sent(shop, conversation, own)
    await close(platform, shop.agent, conversation)
    await set_retention(platform, shop.admin, shop.channel.id, 30)
    clock.advance(seconds=31 * DAY_S)
    assert await Eraser(platform).sweep() == 1
    assert await is_there(platform, organization, held)
    assert not await is_there(platform, organization, own)


async def test_the_files_of_a_deleted_reply_go_and_those_that_it_let_go_of(shop: Shop) -> None:
    platform, organization = shop.platform, shop.admin.organization_id
    media = [await a_file(platform, shop.admin) for _ in range(3)]
    shown = await a_picture(platform, shop.admin)
    card = NewCard(title="Red", media_id=str(shown.id))
    made = await saved(platform, shop.admin, *media, card=card)
    kept = QuickReplyChanges(attachments=[str(each.id) for each in media[1:]])
    await update_quick_reply(platform, shop.admin, made.id, kept)
    await Eraser(platform).sweep()
    there = [await is_there(platform, organization, each) for each in (*media, shown)]
    assert there == [False, True, True, True]
    await delete_quick_reply(platform, shop.admin, made.id)
    attempt = sendable_file(platform, shop.admin, await talked_about(shop), media[1].id)
    assert (await refusal(attempt))[0] is ErrorKind.NOT_FOUND
    await Eraser(platform).sweep()
    assert not any([await is_there(platform, organization, each) for each in (*media, shown)])


async def test_what_was_sent_stays_in_its_conversation_until_that_is_forgotten(
    shop: Shop, clock: ManualClock
) -> None:
    platform, organization = shop.platform, shop.admin.organization_id
    held = await a_file(platform, shop.admin)
    made = await saved(platform, shop.admin, held, personal=False)
    first, second = await talked_about(shop), await talked_about(shop)
    await sent(shop, first, held)
    await sent(shop, second, held)
    await delete_quick_reply(platform, shop.admin, made.id)
    await close(platform, shop.agent, first)
    await set_retention(platform, shop.admin, shop.channel.id, 30)
    clock.advance(seconds=31 * DAY_S)
    assert await Eraser(platform).sweep() == 1
    assert await is_there(platform, organization, held)
    await close(platform, shop.agent, second)
    clock.advance(seconds=31 * DAY_S)
    assert await Eraser(platform).sweep() == 1
    assert not await is_there(platform, organization, held)
