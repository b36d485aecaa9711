"""Blocking, lifting and listing. Who ends the conversations that go on is above: `dispatch.block`."""

from msgspec import Struct

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import store as contact_store
from frontdesk.contacts.blocks import store
from frontdesk.contacts.blocks.networks import Network, bounds, network_of, parse_network
from frontdesk.contacts.blocks.types import MAX_REASON, Block, BlocksChanged, NewBlock
from frontdesk.contacts.events import BLOCKS_CHANGED
from frontdesk.contacts.records import get_contact_in
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction

MAX_PAGE = 100
MOST_CONTACTS = 1_000


class ContactBlocks(Struct, frozen=True):
    """What keeps a contact out now, and from where it came last, for those who may block."""

    blocks: list[Block]
    address: str | None


async def block_in(
    platform: Platform, tx: Transaction, subject: Subject, new: NewBlock
) -> tuple[Block, list[int]]:
    """Keep somebody out from now on, and say so; returns the ids of those whom it concerns, of a network the latest thousand.

    Raises `not_found` for a contact that the organization does not have, `contacts.no-address` where it is not known from
    where one came, and `contacts.network` for what is no network.
    """
    require(subject, Permission.CONTACT_BLOCK)
    organization_id, now = subject.organization_id, platform.clock.now()
    if sum(part is not None for part in (new.contact_id, new.address_of, new.network)) != 1:
        raise invalid(
            "contacts.block", "Name a contact, the address of a contact, or a network: exactly one."
        )
    reason = clean_line(new.reason, field="reason", limit=MAX_REASON)
    contact_id, network = await _whom(tx, organization_id, new)
    ends_at = None if new.duration_s is None else now + new.duration_s * 1000
    written = None if network is None else str(network)
    block = Block(platform.ids.new(), organization_id, contact_id, written, reason, now, subject.id, ends_at)
    await store.delete_ended(tx, organization_id, now)
    await store.insert(tx, block, None if network is None else bounds(network))
    await record_in(
        platform,
        tx,
        subject,
        Action.CONTACT_BLOCKED,
        _target(block),
        scope=_scope(block),
        seconds=new.duration_s or 0,
    )
    _announce(platform, tx, organization_id)
    if network is not None:
        found = await store.contacts_in(tx, organization_id, bounds(network), limit=MOST_CONTACTS)
    else:
        found = [] if contact_id is None else [contact_id]
    return block, [*await contact_store.find_parts(tx, organization_id, found)]


async def lift(platform: Platform, subject: Subject, block_id: int) -> None:
    """Let somebody in again. Raises `not_found` for a block that is over."""
    require(subject, Permission.CONTACT_BLOCK)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> None:
        block = await store.find(tx, organization_id, block_id)
        if block is None or (block.ends_at is not None and block.ends_at <= now):
            raise not_found("block")
        await store.delete(tx, organization_id, block_id)
        await record_in(platform, tx, subject, Action.CONTACT_UNBLOCKED, _target(block), scope=_scope(block))
        _announce(platform, tx, organization_id)

    await platform.database.write(organization_id, work)


async def list_blocks(
    platform: Platform, subject: Subject, *, cursor: str | None = None, limit: int = 50
) -> tuple[Page[Block], dict[int, str]]:
    """Those that hold now, newest first, and what the contacts among them are called."""
    require(subject, Permission.CONTACT_BLOCK)
    organization_id, now = subject.organization_id, platform.clock.now()
    before, size = parse_cursor(cursor), min(max(limit, 1), MAX_PAGE)

    async def read(reader: Reader) -> tuple[Page[Block], dict[int, str]]:
        rows = await store.find_page(reader, organization_id, now, before=before, limit=size + 1)
        page = page_of(rows, limit=size, key=lambda block: block.id)
        names: dict[int, str] = {}
        for contact_id in {block.contact_id for block in page.items if block.contact_id is not None}:
            contact = await contact_store.find(reader, organization_id, contact_id)
            if contact is not None:
                names[contact_id] = contact.name
        return page, names

    return await platform.database.read(organization_id, read)


async def blocks_of(platform: Platform, subject: Subject, contact_id: int) -> ContactBlocks:
    """What keeps this contact out now."""
    require(subject, Permission.CONTACT_BLOCK)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def read(reader: Reader) -> ContactBlocks:
        contact = await get_contact_in(reader, organization_id, contact_id)
        known = await store.last_address(reader, organization_id, contact.id)
        place = "" if known is None else known[1]
        found = await store.holding(reader, organization_id, now, contact_id=contact.id, address=place)
        return ContactBlocks(found, None if known is None else known[0])

    return await platform.database.read(organization_id, read)


async def _whom(reader: Reader, organization_id: int, new: NewBlock) -> tuple[int | None, Network | None]:
    if new.network is not None:
        return None, parse_network(new.network)
    wanted = new.contact_id if new.contact_id is not None else new.address_of
    contact = await get_contact_in(reader, organization_id, wanted or 0)
    if new.contact_id is not None:
        return contact.id, None
    known = await store.last_address(reader, organization_id, contact.id)
    if known is None:
        raise conflict(
            "contacts.no-address",
            "It is not known from where this contact came.",
            hint="Block the contact instead.",
        )
    return contact.id, network_of(known[0])


def _scope(block: Block) -> str:
    """Whom it keeps out. The address of a customer is not kept in the log of deeds."""
    if block.network is None:
        return "contact"
    return block.network if block.contact_id is None else "address"


def _target(block: Block) -> Target:
    return Target("block", block.id) if block.contact_id is None else Target("contact", block.contact_id)


def _announce(platform: Platform, tx: Transaction, organization_id: int) -> None:
    event = BlocksChanged(organization_id)
    tx.after_commit(lambda: BLOCKS_CHANGED.publish(platform.bus, event))
