"""A conversation by e-mail, through a real SMTP server: what the visitor could read of it, to an address that is kept nowhere."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import msgspec
import pytest

from frontdesk.channels.transcripts import EACH, MOST_ENTRIES, mail_transcript
from frontdesk.conversations import Card, CardButton
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Origin, Subject
from frontdesk.dispatch import add_note, request_human, take, whisper
from frontdesk.platform import Platform
from frontdesk.platform.config import Listen, Mail
from tests.kit.mail import MailServer, running_mail_server
from tests.service.bot_shop import Shop, open_shop

TO = "ada@example.com"


@dataclass
class Office:
    shop: Shop
    server: MailServer

    async def send(
        self,
        visitor: Subject,
        conversation: int,
        email: str = TO,
        *,
        language: str = "en",
        time_zone: str = "Asia/Shanghai",
    ) -> None:
        await mail_transcript(
            self.shop.platform, visitor, conversation, email=email, language=language, time_zone=time_zone
        )


@pytest.fixture
async def office(platform: Platform, organization: int) -> AsyncIterator[Office]:
    with running_mail_server() as server:
        mail = Mail(url=server.url, sender="Frontdesk <desk@lantern.example>")
        listen = Listen(public_url="https://desk.example")
        config = msgspec.structs.replace(platform.config, mail=mail, listen=listen)
        shop = await open_shop(replace(platform, config=config), organization)
        yield Office(shop, server)
        await shop.log.drain()
        await shop.tasks.stop()


async def refused(office: Office, visitor: Subject, conversation: int, email: str = TO) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await office.send(visitor, conversation, email)
    return caught.value


async def test_it_holds_what_was_said_and_nothing_that_only_staff_sees(
    office: Office, clock: ManualClock
) -> None:
    shop = office.shop
    await shop.put_on_duty()
    visitor, conversation = await shop.open()
    await shop.say(visitor, conversation, "Is it <b>waterproof</b>?")
    await request_human(shop.platform, visitor, conversation)
    await take(shop.platform, shop.agent, conversation)
    await add_note(shop.platform, shop.agent, conversation, "a difficult customer")
    await whisper(shop.platform, shop.admin, conversation, "give them a discount")
    clock.advance(seconds=86_400)
    await shop.say(shop.agent, conversation, "It is, up to a metre.")
    await office.send(visitor, conversation)
    (mail,) = office.server.mails
    text = mail.get_content()
    assert (mail["To"], mail["From"]) == (TO, "Frontdesk <desk@lantern.example>")
    assert mail["Subject"].startswith("Your conversation with ")
    assert "You: Is it <b>waterproof</b>?" in text
    assert "It is, up to a metre." in text
    assert text.index("waterproof") < text.index("metre")
    assert text.count("\n— ") == 2
    assert "difficult" not in text
    assert "discount" not in text
    assert "Asia/Shanghai" in text


async def test_of_a_card_it_holds_the_words_and_where_its_buttons_lead(office: Office) -> None:
    shop = office.shop
    await shop.put_on_duty()
    visitor, conversation = await shop.open()
    await request_human(shop.platform, visitor, conversation)
    await take(shop.platform, shop.agent, conversation)
    buttons = (
        CardButton("See it", link="https://shop.example/red"),
        CardButton("I want it", reply="One, please"),
    )
    await shop.log.send(
        shop.agent, conversation, "c-1", Card("The red lantern", "Hand made", buttons=buttons)
    )
    await office.send(visitor, conversation)
    text = office.server.mails[0].get_content().replace("\r\n", "\n")
    assert "The red lantern\nHand made\n- See it: https://shop.example/red\n- I want it\n" in text


async def test_it_is_in_the_visitors_language_and_without_a_known_zone_in_utc(office: Office) -> None:
    visitor, conversation = await office.shop.open("zh-CN")
    await office.shop.say(visitor, conversation, "防水吗？")
    await office.send(visitor, conversation, language="zh-CN", time_zone="../../etc/passwd")
    (mail,) = office.server.mails
    assert "的会话记录" in mail["Subject"]
    assert "您: 防水吗？" in mail.get_content()
    assert "UTC" in mail.get_content()


async def test_of_a_long_one_the_end_is_sent_and_that_is_said(office: Office) -> None:
    visitor, conversation = await office.shop.open()
    for number in range(MOST_ENTRIES + 5):
        await office.shop.say(visitor, conversation, f"line {number};")
    await office.send(visitor, conversation)
    text = office.server.mails[0].get_content()
    assert "the beginning is in the chat" in text
    assert "line 2;" not in text
    assert f"line {MOST_ENTRIES + 4};" in text


async def test_somebody_elses_is_not_there_and_an_agent_does_it_elsewhere(office: Office) -> None:
    _visitor, conversation = await office.shop.open()
    stranger, _own = await office.shop.open()
    assert (await refused(office, stranger, conversation)).kind is ErrorKind.NOT_FOUND
    assert (await refused(office, office.shop.agent, conversation)).kind is ErrorKind.FORBIDDEN
    assert office.server.mails == []


@pytest.mark.parametrize("email", ["", "nobody", "a@b\r\nBcc: c@example.com", "a@example.com, b@example.com"])
async def test_what_is_no_address_is_refused(office: Office, email: str) -> None:
    visitor, conversation = await office.shop.open()
    assert (await refused(office, visitor, conversation, email)).kind is ErrorKind.INVALID
    assert office.server.mails == []


async def test_a_conversation_and_an_address_are_sent_something_some_times_and_then_later(
    office: Office, clock: ManualClock
) -> None:
    visitor, conversation = await office.shop.open()
    for number in range(EACH):
        await office.send(visitor, conversation, f"a{number}@example.com")
    assert (await refused(office, visitor, conversation, "b@example.com")).kind is ErrorKind.BUSY
    for _turn in range(EACH):
        other, another = await office.shop.open()
        await office.send(other, another)
    other, another = await office.shop.open()
    assert (await refused(office, other, another, TO.upper())).kind is ErrorKind.BUSY
    clock.advance(seconds=3_600)
    await office.send(other, another)


async def test_one_network_address_does_not_write_to_many(office: Office) -> None:
    visitor, conversation = await office.shop.open()
    kinds: list[ErrorKind] = []
    for number in range(12):
        visitor, conversation = await office.shop.open()
        asking = replace(visitor, origin=Origin("192.0.2.77"))
        try:
            await office.send(asking, conversation, f"a{number}@example.com")
        except FrontdeskError as error:
            kinds.append(error.kind)
    assert kinds == [ErrorKind.BUSY] * 2


async def test_a_server_that_takes_nothing_is_told_and_without_one_there_is_no_such_thing(
    office: Office, platform: Platform
) -> None:
    visitor, conversation = await office.shop.open()
    office.server.refuses = True
    assert (await refused(office, visitor, conversation)).kind is ErrorKind.UNAVAILABLE
    office.shop.platform = platform
    assert (await refused(office, visitor, conversation)).kind is ErrorKind.NOT_FOUND
