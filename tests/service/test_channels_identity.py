"""Visitors whom the company has signed in: named by its back end, found again, made one of two, refused when forged."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from frontdesk.auth import Authenticator
from frontdesk.channels import (
    ChannelChanges,
    ChannelKey,
    ConversationBody,
    SessionBody,
    SessionOpened,
    add_key,
    end_session,
    frame_origins,
    list_keys,
    list_own_conversations,
    open_conversation,
    open_session,
    remove_key,
    update_channel,
)
from frontdesk.channels.arrivals import BURST
from frontdesk.contacts import Contact, get_contact
from frontdesk.conversations import EntryKind, Text
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.dispatch import reconcile, request_human
from frontdesk.platform import Platform
from tests.service.bot_shop import Shop, open_shop
from tests.service.contact_lists import list_contacts
from tests.service.staff_people import administrator

UNNAMED = "198.51.100.9"


class Company:
    """A company's back end that signs who its visitors are."""

    def __init__(self, shop: Shop, key: ChannelKey) -> None:
        self.shop = shop
        self.key = key

    def claims(self, user: str, **changes: object) -> dict[str, Any]:
        now = self.shop.platform.clock.now() // 1000
        claims = {"sub": user, "aud": self.shop.channel.code, "exp": now + 300, **changes}
        return {name: value for name, value in claims.items() if value is not None}

    def sign(self, user: str, *, secret: str = "", **changes: object) -> str:
        payload, key = json.dumps(self.claims(user, **changes)), OctKey.import_key(secret or self.key.secret)
        return jws.serialize_compact({"alg": "HS256", "typ": "JWT"}, payload, key)

    async def come(
        self, user: str | None, key: str | None = None, *, address: str = UNNAMED, **changes: str
    ) -> tuple[Subject, SessionOpened]:
        token = None if user is None else self.sign(user, secret="", **changes)
        return await self.come_with(token, key, address=address)

    async def come_with(
        self, token: str | None, key: str | None = None, *, address: str = UNNAMED
    ) -> tuple[Subject, SessionOpened]:
        body = SessionBody(self.shop.channel.code, "en", key, identity=token)
        session = await open_session(self.shop.platform, self.shop.keys, body, address=address)
        authenticator = await Authenticator.load(self.shop.platform, self.shop.keys)
        return authenticator.verify(session.token), session

    async def contact(self, subject: Subject) -> Contact:
        return await get_contact(self.shop.platform, self.shop.admin, subject.id)


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    yield opened
    await opened.tasks.stop()


@pytest.fixture
async def company(shop: Shop) -> Company:
    return Company(shop, await add_key(shop.platform, shop.admin, shop.channel.id))


async def test_an_unnamed_visitor_who_signs_in_keeps_key_contact_and_conversation(
    shop: Shop, company: Company
) -> None:
    visitor, before = await company.come(None)
    opened = await open_conversation(shop.platform, visitor, ConversationBody("en"))
    named, after = await company.come(
        "u-1", before.visitor_key, name="Ada Lin", email="ada@example.com", phone="+1 555 0100"
    )
    assert (named.id, named.session_id, after.visitor_key) == (
        visitor.id,
        visitor.session_id,
        before.visitor_key,
    )
    assert after.conversation is not None
    assert after.conversation.id == opened.conversation.id
    contact = await company.contact(named)
    assert (contact.external_id, contact.name, contact.email, contact.phone) == (
        "u-1",
        "Ada Lin",
        "ada@example.com",
        "+1 555 0100",
    )
    again, _session = await company.come("u-1", before.visitor_key, email="not an address")
    assert (await company.contact(again)).email == "ada@example.com"
    assert (await company.contact(again)).name == "Ada Lin"


async def test_the_same_person_on_another_device_is_the_same_contact(company: Company) -> None:
    first, one = await company.come("u-1")
    second, two = await company.come("u-1")
    assert first.id == second.id
    assert one.visitor_key != two.visitor_key
    assert first.session_id != second.session_id


async def test_an_unnamed_visitor_becomes_a_part_of_the_contact_that_is_known(
    shop: Shop, company: Company
) -> None:
    known, elsewhere = await company.come("u-1", name="Ada")
    await open_conversation(shop.platform, known, ConversationBody("en"))
    visitor, before = await company.come(None)
    opened = await open_conversation(shop.platform, visitor, ConversationBody("en"))
    conversation = int(opened.conversation.id)
    said = await shop.log.send(visitor, conversation, "once", Text("where is my parcel?"))
    await shop.put_on_duty()
    await request_human(shop.platform, visitor, conversation, "visitor")

    named, after = await company.come("u-1", before.visitor_key)
    assert named.id == known.id
    assert after.visitor_key not in {before.visitor_key, elsewhere.visitor_key}
    # The one with a person goes on; the other has ended, and both are in the contact's history.
    assert after.conversation is not None
    assert after.conversation.id == str(conversation)
    page = await list_own_conversations(shop.platform, named, before=None, limit=10)
    assert {(each.id, each.state) for each in page.items} == {
        (str(conversation), (await shop.header(conversation)).state),
        *((each.id, "closed") for each in page.items if each.id != str(conversation)),
    }
    assert len(page.items) == 2
    header = await shop.header(conversation)
    assert (header.contact.id, header.contact.name) == (str(known.id), "Ada")
    # What was sent and not heard to be acknowledged is sent again by the new self: the first answer, once.
    repeat = await shop.log.send(named, conversation, "once", Text("where is my parcel?"))
    assert (repeat.id, repeat.seq) == (said.id, said.seq)
    texts = [each for each in await shop.entries(conversation) if each.kind is EntryKind.MESSAGE]
    assert len([each for each in texts if each.sender.id == str(known.id)]) == 1
    # The former self is over: its key opens nothing, its token is refused, its record is the other's.
    authenticator = await Authenticator.load(shop.platform, shop.keys)
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        authenticator.verify(before.token)
    stranger, _session = await company.come(None, before.visitor_key)
    assert stranger.id not in {known.id, visitor.id}
    assert (await get_contact(shop.platform, shop.admin, visitor.id)).id == known.id
    listed = await list_contacts(shop.platform, shop.admin)
    assert visitor.id not in {contact.id for contact in listed.items}
    assert await reconcile(shop.platform) == []


async def test_another_person_at_the_same_browser_sees_nothing_of_the_first(
    shop: Shop, company: Company
) -> None:
    first, one = await company.come("u-1")
    await open_conversation(shop.platform, first, ConversationBody("en"))
    second, two = await company.come("u-2", one.visitor_key)
    assert second.id != first.id
    assert two.visitor_key != one.visitor_key
    assert two.conversation is None
    assert (await list_own_conversations(shop.platform, second, before=None, limit=10)).items == []
    nobody, _session = await company.come(None, one.visitor_key)
    assert nobody.id not in {first.id, second.id}
    assert (await company.contact(first)).external_id == "u-1"


async def test_leaving_ends_the_browsers_key_and_nobody_elses(shop: Shop, company: Company) -> None:
    first, one = await company.come("u-1")
    other, _elsewhere = await company.come("u-1")
    await end_session(shop.platform, first)
    nobody, _session = await company.come(None, one.visitor_key)
    assert nobody.id != first.id
    authenticator = await Authenticator.load(shop.platform, shop.keys)
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        authenticator.verify(one.token)
    assert authenticator.verify(_elsewhere.token) == other


async def test_every_forged_identity_is_refused_alike(
    shop: Shop, company: Company, clock: ManualClock, platform: Platform, other_organization: int
) -> None:
    now = clock.now() // 1000
    good = company.sign("u-1")
    head, payload, signature = good.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    ed = OKPKey.generate_key("Ed25519", private=True)
    secret = shop.keys.jwks()["keys"][0][
        "x"
    ]  # our own public key as the secret: what confused verifiers accept
    forged = {
        "nothing": "",
        "noise": "a.b.c",
        "no signature": f"{head}.{payload}.",
        "no algorithm": f"{none}.{payload}.",
        "changed": f"{head}.{base64.urlsafe_b64encode(json.dumps(company.claims('u-2')).encode()).decode().rstrip('=')}.{signature}",
        "another algorithm": jws.serialize_compact(
            {"alg": "HS384"}, json.dumps(company.claims("u-1")), OctKey.import_key(company.key.secret), algorithms=["HS384"]
        ),
        "another kind of key": jws.serialize_compact(
            {"alg": "Ed25519"}, json.dumps(company.claims("u-1")), ed, algorithms=["Ed25519"]
        ),
        "our public key": company.sign("u-1", secret=secret),
        "somebody's secret": company.sign("u-1", secret="x" * 43),
        "expired": company.sign("u-1", exp=now - 61),
        "for ever": company.sign("u-1", exp=now + 30 * 86400),
        "no end": company.sign("u-1", exp=None),
        "not yet": company.sign("u-1", nbf=now + 120),
        "another channel": company.sign("u-1", aud="another"),
        "no audience": company.sign("u-1", aud=None),
        "nobody": company.sign(" "),
        "too long": company.sign("u" * 129),
        "too large": company.sign("u-1", name="x" * 5000),
        "a number": company.sign("u-1", sub=7),
    }  # fmt: skip
    contacts = len((await list_contacts(platform, shop.admin)).items)
    said = set[tuple[str, str]]()
    for name, token in forged.items():
        with pytest.raises(FrontdeskError) as caught:
            await company.come_with(token)
        assert caught.value.kind is ErrorKind.UNAUTHENTICATED, name
        said.add((caught.value.code, caught.value.message))
    assert len(said) == 1
    assert len((await list_contacts(platform, shop.admin)).items) == contacts
    visitor, _session = await company.come_with(good)
    assert (await company.contact(visitor)).external_id == "u-1"


async def test_where_an_identity_is_needed_nobody_comes_in_without(
    shop: Shop, company: Company, clock: ManualClock
) -> None:
    _visitor, unnamed = await company.come(None)
    _named, before = await company.come("u-1")
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(identity_required=True))
    for key in (None, unnamed.visitor_key, before.visitor_key):
        with pytest.raises(FrontdeskError, match=r"channels\.identity-required"):
            await company.come(None, key)
    token = company.sign("u-1")
    clock.advance(seconds=300 + 61)
    with pytest.raises(FrontdeskError, match=r"channels\.identity:"):
        await company.come_with(token, before.visitor_key)
    _again, after = await company.come("u-1", before.visitor_key)
    assert after.visitor_key == before.visitor_key


async def test_keys_are_changed_without_a_gap_and_the_last_one_stays_while_it_is_needed(
    shop: Shop, company: Company, platform: Platform, other_organization: int
) -> None:
    admin, channel = shop.admin, shop.channel.id
    fresh = await add_key(platform, admin, channel)
    with pytest.raises(FrontdeskError, match=r"channels\.two-keys"):
        await add_key(platform, admin, channel)
    by_old, by_new = company.sign("u-1"), company.sign("u-1", secret=fresh.secret)
    assert (await company.come_with(by_old))[0].id == (await company.come_with(by_new))[0].id
    await remove_key(platform, admin, channel, company.key.id)
    with pytest.raises(FrontdeskError, match=r"channels\.identity:"):
        await company.come_with(by_old)
    await company.come_with(by_new)
    await update_channel(platform, admin, channel, ChannelChanges(identity_required=True))
    with pytest.raises(FrontdeskError, match=r"channels\.only-key"):
        await remove_key(platform, admin, channel, fresh.id)
    await update_channel(platform, admin, channel, ChannelChanges(identity_required=False))
    await remove_key(platform, admin, channel, fresh.id)
    with pytest.raises(FrontdeskError, match=r"channels\.no-key"):
        await update_channel(platform, admin, channel, ChannelChanges(identity_required=True))
    foreign = await administrator(platform, other_organization, "eve")
    for refused, code in ((foreign, "not-found"), (shop.agent, r"auth\.permission")):
        with pytest.raises(FrontdeskError, match=code):
            await list_keys(platform, refused, channel)
        with pytest.raises(FrontdeskError, match=code):
            await add_key(platform, refused, channel)
        with pytest.raises(FrontdeskError, match=code):
            await remove_key(platform, refused, channel, fresh.id)


async def test_signed_in_visitors_are_not_held_back_by_a_shared_address(company: Company) -> None:
    for turn in range(BURST + 5):
        await company.come(f"u-{turn}", address="192.0.2.77")


async def test_only_the_pages_that_are_listed_open_sessions_and_show_the_chat(shop: Shop) -> None:
    platform, code = shop.platform, shop.channel.code
    assert await frame_origins(platform, code) == ()
    changes = ChannelChanges(
        allowed_origins=("https://Shop.example/", "http://localhost:8000", "https://shop.example:443")
    )
    channel = await update_channel(platform, shop.admin, shop.channel.id, changes)
    assert channel.allowed_origins == ("https://shop.example", "http://localhost:8000")
    assert await frame_origins(platform, code) == channel.allowed_origins
    body = SessionBody(code)
    own = "https://desk.example"
    for origin in (None, own, "https://shop.example", "http://localhost:8000"):
        await open_session(platform, shop.keys, body, address=UNNAMED, origin=origin, own_origin=own)
    hostile = (
        "null",
        "https://shop.example.evil.example",
        "https://evil-shop.example",
        "http://shop.example",
        "https://shop.example:8443",
        "https://sub.shop.example",
        "",
    )
    for origin in hostile:
        with pytest.raises(FrontdeskError, match=r"channels\.origin-refused"):
            await open_session(platform, shop.keys, body, address=UNNAMED, origin=origin, own_origin=own)
    for wrong in ("shop.example", "https://*.example", "https://shop.example/path", "javascript:alert(1)",
                  "https://a b", "https://shop.example; script-src *", "https://user@shop.example", "https://[", ""):  # fmt: skip
        with pytest.raises(FrontdeskError, match=r"channels\.origin"):
            await update_channel(
                platform, shop.admin, shop.channel.id, ChannelChanges(allowed_origins=(wrong,))
            )


async def test_a_conversation_that_a_person_has_goes_on_with_them_after_the_merge(
    shop: Shop, company: Company
) -> None:
    known, _elsewhere = await company.come("u-1")
    visitor, before = await company.come(None)
    opened = await open_conversation(shop.platform, visitor, ConversationBody("en"))
    conversation = int(opened.conversation.id)
    await shop.put_on_duty()
    await request_human(shop.platform, visitor, conversation, "visitor")
    named, after = await company.come("u-1", before.visitor_key)
    assert after.conversation is not None
    assert (after.conversation.id, after.conversation.state) == (str(conversation), "active")
    assert named.id == known.id
    entry = await shop.log.send(named, conversation, "next", Text("still me"))
    assert entry.sender.id == str(known.id)
    with pytest.raises(FrontdeskError):
        await shop.log.send(visitor, conversation, "ghost", Text("the former me"))
