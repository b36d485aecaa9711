"""Everything that is kept about a person as one archive, made while it is sent."""

import io
import json
import zipfile
from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.media import load_address_key
from frontdesk.platform import Platform
from frontdesk.privacy import export_contact
from frontdesk.privacy.archive import Member, archive
from tests.service.bot_shop import Shop, open_shop
from tests.service.privacy_world import Canaries, Person, a_life
from tests.service.staff_people import add_agent, subject_of, visitor

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    await load_address_key(platform)
    opened = await open_shop(platform, organization, greeting="")
    yield opened
    await opened.log.drain()
    await opened.tasks.stop()


async def exported(shop: Shop, person: Person) -> zipfile.ZipFile:
    chunks = await export_contact(shop.platform, shop.admin, person.contact_id)
    found = zipfile.ZipFile(io.BytesIO(b"".join([chunk async for chunk in chunks])))
    assert found.testzip() is None
    return found


async def test_everything_that_was_planted_is_in_the_archive_for_programs_and_for_people(shop: Shop) -> None:
    canaries = Canaries()
    person = await a_life(shop, canaries)
    stranger = Canaries(seed=8)
    await a_life(shop, stranger)
    found = await exported(shop, person)
    names = found.namelist()
    files = b"\n".join([name.encode() + found.read(name) for name in names])
    # Ids that clients make name nothing to a person; what a colleague has not sent yet is nobody's word.
    never = {"left id", "title", "referrer", "draft 0", "draft 1"}
    assert canaries.found_in(files) >= set(canaries.planted) - never
    assert stranger.found_in(files) == set()
    pages = b"".join(found.read(name) for name in names if name.endswith(".html"))
    said = {
        place
        for place in canaries.planted
        if place.startswith(("said", "note", "whisper", "reviewed", "left", "mail", "ticket"))
    } - never
    assert canaries.found_in(pages) >= said | {
        "name", "remark", "external", "rating", "wrap-up", "company", "field", "link", "former company", "given name",
        "page attribute",
    }  # fmt: skip
    assert "The plan" in pages.decode()
    contact = json.loads(found.read("contact.json"))
    assert (contact["contact"]["id"], contact["owner_id"], contact["vip"]) == (
        str(person.contact_id),
        str(shop.agent.id),
        3,
    )
    for key in person.conversations:
        log = json.loads(found.read(f"conversations/{key}.json"))
        assert [entry["seq"] for entry in log["entries"]] == list(range(1, log["conversation"]["head"] + 1))
    assert len(json.loads(found.read("leave-messages.json"))) == 1
    (ticket,) = json.loads(found.read("tickets.json"))
    assert [line["kind"] for line in ticket["history"]] == ["made", "title", "remarked"]
    assert {int(name.split("/")[1].split("-")[0]) for name in names if name.startswith("files/")} == set(
        person.media
    )


async def test_what_people_wrote_runs_nowhere_and_links_in_pages_lead_to_files_of_the_archive(
    shop: Shop,
) -> None:
    person = await a_life(shop, Canaries())
    await shop.say(person.subject, person.conversations[1], HOSTILE)
    found = await exported(shop, person)
    page = found.read(f"conversations/{person.conversations[1]}.html").decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    linked = {part.split('"')[0] for part in page.split('href="../files/')[1:]}
    assert linked
    assert {f"files/{name}" for name in linked} <= set(found.namelist())


async def test_the_archive_is_sent_in_pieces_while_its_members_are_read() -> None:
    read: list[int] = []

    async def chunks() -> AsyncIterator[bytes]:
        for number in range(40):
            read.append(number)
            yield b"%d" % number * 40_000

    async def members() -> AsyncIterator[Member]:
        yield Member("large", chunks(), packed=False)

    pieces: list[bytes] = []
    longest_behind = 0
    async for piece in archive(members(), at=1_800_000_000_000):
        pieces.append(piece)
        longest_behind = max(longest_behind, len(piece))
        if len(pieces) == 1:
            assert len(read) == 2
    assert longest_behind < 200_000
    whole = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert len(whole.read("large")) == sum(len(b"%d" % number) * 40_000 for number in range(40))


async def test_who_exported_is_in_the_audit_log_without_a_name(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    await exported(shop, person)
    organization = shop.admin.organization_id
    wanted = Filter(action=Action.CONTACT_EXPORTED)
    entries = await shop.platform.database.read(
        organization, lambda reader: find_in(reader, organization, wanted, before=1 << 62, limit=9)
    )
    assert [(e.actor_id, e.target_id, e.target_name) for e in entries] == [
        (shop.admin.id, person.contact_id, "")
    ]


async def test_only_who_may_exports_and_only_in_their_organization(
    shop: Shop, other_organization: int
) -> None:
    person = await a_life(shop, Canaries())
    organization = shop.admin.organization_id
    lena = subject_of(await add_agent(shop.platform, organization, "lena", Role.LEADER))
    oda = subject_of(await add_agent(shop.platform, other_organization, "oda", Role.ADMINISTRATOR))
    for who, kind in (
        (lena, ErrorKind.FORBIDDEN),
        (visitor(organization, person.contact_id), ErrorKind.FORBIDDEN),
        (oda, ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await export_contact(shop.platform, who, person.contact_id)
        assert caught.value.kind is kind
