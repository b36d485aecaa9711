"""Blocks as values and commands."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from frontdesk.core.clock import Millis

MAX_REASON: Final = 200
LONGEST_S: Final = 10 * 366 * 86_400


class Block(Struct, frozen=True):
    """Somebody is kept out until `ends_at`, or until it is lifted where that is None.

    With a network, everybody whose address is in it; `contact_id` is then the contact from whose address it was taken.
    """

    id: int
    organization_id: int
    contact_id: int | None
    network: str | None
    reason: str
    created_at: Millis
    created_by: int
    ends_at: Millis | None


class BlocksChanged(Struct, frozen=True):
    """Somebody may not come in any more, or may again: who is here is looked at."""

    organization_id: int


class NewBlock(Struct, frozen=True, kw_only=True):
    """Exactly one of the three: a contact, the address from which a contact came last, or a network (`203.0.113.0/24`)."""

    contact_id: int | None = None
    address_of: int | None = None
    network: str | None = None
    reason: Annotated[str, Meta(max_length=MAX_REASON)] = ""
    duration_s: Annotated[int, Meta(ge=60, le=LONGEST_S)] | None = None
