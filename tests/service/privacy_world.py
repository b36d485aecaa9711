"""A person of whom something is kept in every place, each time under another word that is nowhere else."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from frontdesk.channels import (
    ChannelChanges,
    ConversationBody,
    FormKind,
    FormLine,
    SessionBody,
    open_conversation,
    open_session,
    update_channel,
)
from frontdesk.contacts import (
    ContactChanges,
    FieldKind,
    Identity,
    NewBlock,
    NewField,
    Value,
    block_in,
    create_field,
    describe,
    identify_in,
    list_fields,
    update_contact,
)
from frontdesk.conversations import Card, CardButton, File, Image, Indexer, Rated, VisitedPage, WrappedUp
from frontdesk.core.subject import Subject
from frontdesk.desk import WrittenDraft, keep_draft
from frontdesk.dispatch import (
    Care,
    add_note,
    ask_callback,
    close,
    rate,
    request_human,
    set_care,
    take,
    whisper,
    wrap_up,
)
from frontdesk.media import upload
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.privacy import Eraser
from frontdesk.push import NewSubscription, load_push_key, subscribe
from frontdesk.quality import Criterion, Given, review, set_scorecard
from frontdesk.settings import LocalizedText
from frontdesk.staff import Status, set_status
from frontdesk.tickets import (
    LeaveMessageState,
    NewLeaveMessage,
    NewTicket,
    TicketChanges,
    change_ticket,
    handle,
    leave,
    make_ticket,
    remark_on_ticket,
)
from tests.kit.browser import Browser
from tests.service.bot_shop import Shop
from tests.service.media_files import picture

TABLES = {
    "sqlite": "select name from sqlite_schema where type = 'table' and name <> 'entry_index'",
    "postgres": "select table_name from information_schema.tables where table_schema = 'public'",
}


class Canaries:
    """Words that are nowhere else. The index cuts off what a word shares with its neighbour: its end is looked for."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - words for a test
        self.planted: dict[str, str] = {}

    def plant(self, place: str, letters: str = string.ascii_lowercase) -> str:
        word = "".join(self._chance.choices(letters, k=18))
        self.planted[place] = word
        return word

    def found_in(self, data: bytes) -> set[str]:
        return {place for place, word in self.planted.items() if word[5:].encode() in data}


@dataclass
class Person:
    subject: Subject
    key: str
    contact_id: int
    conversations: list[int] = field(default_factory=list[int])
    media: list[int] = field(default_factory=list[int])
    message_id: int = 0


async def a_life(shop: Shop, canaries: Canaries, *, words: int = 3) -> Person:
    """Somebody known to the company, with a closed conversation that says a lot, an open one, and a message left."""
    platform, plant = shop.platform, canaries.plant
    await shop.put_on_duty()
    page = VisitedPage(
        f"https://shop.example/{plant('page')}", plant("title"), f"https://from.example/{plant('referrer')}"
    )
    body = SessionBody(shop.channel.code, "en", None, page=page)
    session = await open_session(platform, shop.keys, body, address="192.0.2.7")
    subject, _again = await shop.come("en", session.visitor_key)
    person = Person(subject, session.visitor_key, subject.id)
    organization_id = subject.organization_id
    identity = Identity(
        plant("external"), plant("given name"), f"{plant('mail')}@example.com", plant("number", string.digits)
    )
    await platform.database.write(
        organization_id,
        lambda tx: identify_in(platform, tx, organization_id, person.contact_id, identity),
    )
    await update_contact(
        platform, shop.admin, person.contact_id, ContactChanges(company=plant("former company"))
    )
    changes = ContactChanges(
        name=plant("name"),
        remark=plant("remark"),
        company=plant("company"),
        fields=await own_fields(shop, plant),
    )
    await update_contact(platform, shop.admin, person.contact_id, changes)
    await set_care(platform, shop.admin, person.contact_id, Care(shop.agent.id, 3))
    await describe(platform, subject, {"plan": plant("page attribute")})
    await load_push_key(platform)
    keys, endpoint = Browser().keys(), f"https://{plant('device')}.example/"
    device = NewSubscription(endpoint=endpoint, p256dh=keys["p256dh"], auth=keys["auth"])
    await subscribe(platform, subject, device)
    asked = FormLine(kind=FormKind.TEXT, key="why", label=LocalizedText(en="Why are you here?"))
    await update_channel(platform, shop.admin, shop.channel.id, ChannelChanges(form=(asked,)))
    for turn in range(2):
        answers = ConversationBody("en", page, {"own.why": plant(f"answer {turn}")})
        opened = await open_conversation(platform, subject, answers)
        conversation = int(opened.conversation.id)
        person.conversations.append(conversation)
        await set_status(platform, shop.agent, Status.BUSY)
        await request_human(platform, subject, conversation)
        await ask_callback(platform, subject, conversation, phone=plant(f"call me at {turn}", string.digits))
        await shop.put_on_duty()
        await take(platform, shop.agent, conversation)
        for number in range(words):
            await shop.say(subject, conversation, f"{plant(f'said {turn} {number}')} please")
        note = f"{plant(f'note {turn}')} calls often"
        await add_note(platform, shop.agent, conversation, note)
        whispered = f"{plant(f'whisper {turn}')} is a regular"
        await whisper(platform, shop.admin, conversation, whispered)
        await set_scorecard(platform, shop.admin, 0, [Criterion("Tone", 1)])
        given = Given(scorecard=1, points=[4], remark=plant(f"reviewed {turn}"))
        await review(platform, shop.admin, conversation, shop.agent.id, given)
        draft = WrittenDraft(text=plant(f"draft {turn}"))
        await keep_draft(platform, shop.agent, conversation, draft)
        for sender in (subject, shop.agent):
            named = plant(f"file name {turn} {sender.kind}")
            data = f"letter to {plant(f'file {turn} {sender.kind}')}\n".encode()
            file = await upload(platform, sender, f"{named}.txt", data)
            person.media.append(file.id)
            sent = File(str(file.id), file.name, file.size, file.mime)
            await shop.log.send(sender, conversation, plant(f"client id {turn} {sender.kind}"), sent)
        person.media.append(await show_a_card(shop, conversation, f"said on a card {turn}", plant))
        if turn == 0:
            await rate(platform, subject, conversation, Rated(4, plant("rating"), resolved=True))
            await close(platform, shop.agent, conversation)
            await wrap_up(platform, shop.agent, conversation, WrappedUp("Orders", plant("wrap-up")))
    loose = await upload(platform, subject, f"{plant('loose')}.txt", plant("loose file").encode())
    person.media.append(loose.id)
    person.message_id = await leave(
        platform,
        subject,
        NewLeaveMessage(
            client_id=plant("left id"), name=plant("left name"), text=plant("left"), phone=plant("left number", string.digits),
            email=f"{plant('left mail')}@example.com",
        ),
    )  # fmt: skip
    blocked = NewBlock(contact_id=person.contact_id, reason=plant("block"), duration_s=60)
    await platform.database.write(organization_id, lambda tx: block_in(platform, tx, shop.admin, blocked))
    await handle(platform, shop.admin, person.message_id, LeaveMessageState.HANDLED, plant("handled"))
    await a_ticket(shop, person, plant)
    await index(platform)
    return person


async def a_ticket(shop: Shop, person: Person, plant: Callable[[str], str]) -> None:
    """Made from the open conversation, called something else since, and remarked on."""
    platform = shop.platform
    new = NewTicket(
        client_id=f"of {person.contact_id}",
        title=plant("ticket"),
        description=plant("ticket's story"),
        conversation_id=person.conversations[1],
    )
    made = await make_ticket(platform, shop.agent, new)
    renamed = TicketChanges(title=plant("ticket's later name"))
    await change_ticket(platform, shop.agent, int(made.id), 1, renamed)
    await remark_on_ticket(platform, shop.agent, int(made.id), "r-1", plant("ticket's remark"))


async def show_a_card(shop: Shop, conversation: int, place: str, plant: Callable[[str], str]) -> int:
    """A card with a word in every part of it; returns its picture's id."""
    file = await upload(shop.platform, shop.agent, f"{plant(f'{place}: file')}.png", picture("PNG"))
    image = Image(str(file.id), file.name, file.size, file.mime, file.width, file.height)
    card = Card(
        plant(f"{place}: title"),
        plant(f"{place}: text"),
        image,
        (
            CardButton(
                plant(f"{place}: link's label"), link=f"https://shop.example/{plant(f'{place}: link')}"
            ),
            CardButton(plant(f"{place}: reply's label"), reply=plant(f"reply of a card {place}")),
        ),
    )
    await shop.log.send(shop.agent, conversation, f"card {place}", card)
    return file.id


async def own_fields(shop: Shop, plant: Callable[[str], str]) -> dict[str, Value | None]:
    """Values for fields of the organization's own, which are made by the first who needs them."""
    known = {field.key for field in await list_fields(shop.platform, shop.admin)}
    for key, kind in (("plan", FieldKind.TEXT), ("site", FieldKind.LINK)):
        if key not in known:
            await create_field(shop.platform, shop.admin, NewField(key=key, label=f"The {key}", kind=kind))
    return {"plan": plant("field"), "site": f"https://{plant('link')}.example/"}


async def index(platform: Platform) -> None:
    indexer = Indexer(platform)
    while await indexer.catch_up():
        pass


async def erase_all(platform: Platform) -> None:
    await Eraser(platform).settle()


async def raw_rows(platform: Platform) -> bytes:
    """Every row of every table, as the engine has it."""

    async def read(reader: Reader) -> bytes:
        found: list[Any] = []
        for (table,) in await reader.fetch(TABLES[platform.database.engine]):
            found.append((table, await reader.fetch(f'select * from "{table}"')))  # noqa: S608 - names of our own tables
        return repr(found).encode()

    return await platform.database.read(EVERY_ORGANIZATION, read)


def raw_files(folder: Path, *, database: bool = True) -> bytes:
    """Every byte under a folder, and every name; without the database: what people have sent."""
    parts = [b""]
    for path in sorted(folder.rglob("*")):
        parts.append(str(path.relative_to(folder)).encode())
        if path.is_file() and (database or ".db" not in path.name):
            parts.append(path.read_bytes())
    return b"\n".join(parts)


def fold_the_log(folder: Path) -> None:
    """Bring everything of SQLite's write-ahead log into its file. Nobody else may have it open."""
    for path in folder.glob("*.db"):
        connection = apsw.Connection(str(path))
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        connection.close()
