"""HTTP for blocks. Thin: every rule is in the use cases."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.contacts import Block, NewBlock, blocks_of, lift, list_blocks
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.dispatch.blocking import block
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id


class BlockView(Struct, frozen=True):
    """`network` with a `contact_id`: the address from which that contact came. No `ends_at`: until it is lifted."""

    id: str
    contact_id: str | None
    contact_name: str | None
    network: str | None
    reason: str
    created_at: Millis
    created_by: str
    ends_at: Millis | None


class BlockAnswer(Struct, frozen=True):
    block: BlockView


class BlocksAnswer(Struct, frozen=True):
    items: list[BlockView]
    cursor: str | None


class ContactBlocksAnswer(Struct, frozen=True):
    """`address`: from where the contact came last; null where it is not known."""

    items: list[BlockView]
    address: str | None


class BlockRequest(Struct, frozen=True):
    """Exactly one of `contact_id`, `address_of` (a contact, whose last address is blocked) and `network`."""

    contact_id: str | None = None
    address_of: str | None = None
    network: Annotated[str, Meta(max_length=64)] | None = None
    reason: Annotated[str, Meta(max_length=200)] = ""
    duration_s: Annotated[int, Meta(ge=60, le=316_224_000)] | None = None


@get("/v1/blocks", summary="Who is kept out, newest first")
async def get_blocks(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> BlocksAnswer:
    page, names = await list_blocks(platform, subject, cursor=cursor, limit=limit)
    return BlocksAnswer([_view(one, names) for one in page.items], page.cursor)


@post("/v1/blocks", summary="Keep a contact or a network out")
async def add_block(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[BlockRequest]
) -> BlockAnswer:
    new = NewBlock(
        contact_id=optional_path_id(data.contact_id, what="contact"),
        address_of=optional_path_id(data.address_of, what="contact"),
        network=data.network,
        reason=data.reason,
        duration_s=data.duration_s,
    )
    return BlockAnswer(_view(await block(platform, subject, new), {}))


@delete("/v1/blocks/{block_id:str}", summary="Let somebody in again")
async def lift_block(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], block_id: FromPath[str]
) -> None:
    await lift(platform, subject, path_id(block_id, what="block"))


@get("/v1/contacts/{contact_id:str}/blocks", summary="What keeps a contact out now")
async def get_blocks_of(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> ContactBlocksAnswer:
    found = await blocks_of(platform, subject, path_id(contact_id, what="contact"))
    return ContactBlocksAnswer([_view(one, {}) for one in found.blocks], found.address)


def _view(one: Block, names: Mapping[int, str]) -> BlockView:
    contact_id = one.contact_id
    return BlockView(
        id=str(one.id),
        contact_id=None if contact_id is None else str(contact_id),
        contact_name=None if contact_id is None else names.get(contact_id),
        network=one.network,
        reason=one.reason,
        created_at=one.created_at,
        created_by=str(one.created_by),
        ends_at=one.ends_at,
    )


BLOCKING_ROUTES: Final[Sequence[ControllerRouterHandler]] = (get_blocks, add_block, lift_block, get_blocks_of)
