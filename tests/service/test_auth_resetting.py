"""A new password by e-mail, through a real SMTP server: nobody learns who has an account, and a word works once."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import httpx
import msgspec
import pytest

from frontdesk.app.http import build_app
from frontdesk.app.runtime import Runtime
from frontdesk.app.targets import Target
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import Platform
from frontdesk.platform.config import Config, Listen, Mail
from frontdesk.platform.mail import check_mail, send_mail
from tests.kit.mail import MailServer, running_mail_server
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World

RESET = "/v1/auth/password-reset"
HOME = Listen(public_url="https://desk.example/")
FRESH = "a lantern in the winter rain"


@dataclass
class Office:
    world: World
    http: httpx.AsyncClient
    server: MailServer
    ada: str
    ids: dict[str, str] = field(default_factory=dict[str, str])

    async def add(self, username: str, email: str) -> None:
        body = {"username": username, "name": username, "password": PASSWORD, "email": email}
        answer = await self.http.post(
            "/v1/agents", json=body, headers={"authorization": f"Bearer {self.ada}"}
        )
        assert answer.status_code == 201, answer.text
        self.ids[username] = answer.json()["agent"]["id"]

    async def ask(self, name: str, organization: str = "lantern", language: str = "en") -> httpx.Response:
        body = {"organization": organization, "name": name, "language": language}
        return await self.http.post(RESET, json=body)

    async def word(self, name: str = "mei") -> str:
        assert (await self.ask(name)).status_code == 202
        found = re.search(r"https://desk\.example/console/#reset=(\S+)", self.server.mails[-1].get_content())
        assert found is not None
        return found[1]

    async def choose(self, word: str, password: str = FRESH) -> httpx.Response:
        return await self.http.post(f"{RESET}/done", json={"word": word, "password": password})

    async def signs_in(self, password: str, username: str = "mei") -> bool:
        body = {"organization": "lantern", "username": username, "password": password}
        return (await self.http.post("/v1/auth/sign-in", json=body)).is_success


@pytest.fixture
async def office(platform: Platform, organization: int) -> AsyncIterator[Office]:
    with running_mail_server() as server:
        mail = Mail(url=server.url, sender="Frontdesk <desk@lantern.example>")
        config = msgspec.structs.replace(platform.config, mail=mail, listen=HOME)
        world = await auth_world.build(replace(platform, config=config), organization)
        runtime = Runtime(world.platform, frozenset({Target.API}), world.authenticator)
        transport = httpx.ASGITransport(cast("Any", build_app(runtime)), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as http:
            yield Office(world, http, server, (await world.sign_in()).token.text)


async def test_a_word_from_the_mail_gives_a_new_password_once_and_ends_every_session(office: Office) -> None:
    await office.add("mei", "mei@lantern.example")
    before = (await office.world.sign_in("mei")).token.text
    word = await office.word()
    (mail,) = office.server.mails
    assert (mail["To"], mail["From"]) == ("mei@lantern.example", "Frontdesk <desk@lantern.example>")
    assert (await office.choose(word)).status_code == 204
    assert await office.signs_in(FRESH)
    assert not await office.signs_in(PASSWORD)
    with pytest.raises(FrontdeskError):
        office.world.authenticator.verify(before)
    again = await office.choose(word, "another long password")
    assert again.json()["error"]["code"] == "auth.reset-over"
    told = await office.http.get("/v1/audit", headers={"authorization": f"Bearer {office.ada}"})
    actions = [one["action"] for one in told.json()["items"]]
    assert actions.count("account.password_reset") == 1
    assert word not in told.text


async def test_everybody_gets_the_same_answer_and_only_who_can_be_reached_gets_mail(office: Office) -> None:
    await office.add("mei", "mei@lantern.example")
    await office.add("lin", "")
    await office.add("gone", "gone@lantern.example")
    path = f"/v1/agents/{office.ids['gone']}"
    await office.http.patch(path, json={"enabled": False}, headers={"authorization": f"Bearer {office.ada}"})
    answers = [
        await office.ask("mei"),
        await office.ask("MEI@Lantern.example"),
        await office.ask("lin"),
        await office.ask("gone"),
        await office.ask("nobody"),
        await office.ask("mei", organization="paper-crane"),
        await office.ask("mei", organization=""),
        await office.ask("a b\x00"),
    ]
    assert {one.status_code for one in answers} == {202}
    assert len({(one.content, *sorted(one.headers)) for one in answers}) == 1
    assert [one["To"] for one in office.server.mails] == ["mei@lantern.example"], (
        "one a minute, to one person"
    )


async def test_a_word_ends_after_half_an_hour_with_a_newer_one_and_with_another_password(
    office: Office, clock: ManualClock
) -> None:
    await office.add("mei", "mei@lantern.example")
    first = await office.word()
    clock.advance(seconds=61)
    second = await office.word()
    assert (await office.choose(first)).status_code == 400, "a newer one was asked for"
    clock.advance(seconds=1800)
    assert (await office.choose(second)).status_code == 400, "over"
    third = await office.word()
    signed_in = office.world.authenticator.verify((await office.world.sign_in()).token.text)
    bearer = {"authorization": f"Bearer {(await office.world.sign_in()).token.text}"}
    path = f"/v1/agents/{office.ids['mei']}/password"
    answer = await office.http.post(path, json={"password": "what the boss gave"}, headers=bearer)
    assert answer.status_code == 204, answer.text
    assert signed_in.id == office.world.ada
    assert (await office.choose(third)).status_code == 400, "there is another password meanwhile"
    assert await office.signs_in("what the boss gave")


async def test_a_bad_password_or_word_changes_nothing(office: Office) -> None:
    await office.add("mei", "mei@lantern.example")
    word = await office.word()
    assert (await office.choose(word, "short")).status_code == 400
    for wrong in ("", "x", "x" * 1000, word[:-1], word + "x", "灯笼"):
        assert (await office.choose(wrong)).status_code == 400
    assert await office.signs_in(PASSWORD)
    assert (await office.choose(word)).status_code == 204, "it is still good"


async def test_many_wishes_for_one_name_and_many_words_are_slowed_down(office: Office) -> None:
    await office.add("mei", "mei@lantern.example")
    assert {(await office.ask("mei")).status_code for _turn in range(12)} == {202, 429}
    assert 429 in {(await office.choose("x" * 43)).status_code for _turn in range(45)}
    assert len(office.server.mails) == 1


async def test_the_link_leads_home_whatever_host_is_asked_for(office: Office) -> None:
    await office.add("mei", "mei@lantern.example")
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    await office.http.post(RESET, json={"organization": "lantern", "name": "mei"}, headers=headers)
    (mail,) = office.server.mails
    assert "evil" not in mail.get_content()
    assert "https://desk.example/console/#reset=" in mail.get_content()


async def test_the_mail_is_in_the_language_of_the_page(office: Office) -> None:
    await office.add("mei", "mei@lantern.example")
    await office.ask("mei", language="zh-CN")
    (mail,) = office.server.mails
    assert mail["Subject"] == "重置 Frontdesk 密码"
    assert "30 分钟" in mail.get_content()


async def test_a_server_that_takes_no_mail_is_told_to_the_operator_without_the_word(
    office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    await office.add("mei", "mei@lantern.example")
    office.server.refuses = True
    assert (await office.ask("mei")).status_code == 202
    printed = "".join(capfd.readouterr())
    assert "auth.reset.not-sent" in printed
    assert "#reset=" not in printed


async def test_without_a_mail_server_there_is_no_such_thing(platform: Platform, organization: int) -> None:
    world = await auth_world.build(platform, organization)
    runtime = Runtime(world.platform, frozenset({Target.API}), world.authenticator)
    transport = httpx.ASGITransport(cast("Any", build_app(runtime)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as http:
        assert (await http.get(RESET)).json() == {"available": False}
        body = {"organization": "lantern", "name": "ada"}
        assert (await http.post(RESET, json=body)).status_code == 404
        assert (await http.post(f"{RESET}/done", json={"word": "x", "password": FRESH})).status_code == 404


@pytest.mark.parametrize(
    "config",
    [
        Config(listen=HOME, mail=Mail(url="mail.example.com", sender="a@b.c")),
        Config(listen=HOME, mail=Mail(url="http://mail.example.com", sender="a@b.c")),
        Config(listen=HOME, mail=Mail(url="smtp://mail.example.com:port", sender="a@b.c")),
        Config(listen=HOME, mail=Mail(url="smtp://mail.example.com")),
        Config(mail=Mail(url="smtp://mail.example.com", sender="a@b.c")),
    ],
)
def test_a_wrong_configuration_is_told_at_the_start(config: Config) -> None:
    with pytest.raises(FrontdeskError, match="mail\\."):
        check_mail(config)


async def test_a_server_that_should_speak_tls_and_does_not_gets_nothing(office: Office) -> None:
    url = office.world.platform.config.mail.url.replace("smtp+plain", "smtp")
    config = Mail(url=url, sender="desk@lantern.example")
    with pytest.raises(FrontdeskError, match="has not taken"):
        await send_mail(config, to="mei@lantern.example", subject="x", text="secret")
    assert office.server.mails == []
