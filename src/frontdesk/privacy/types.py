"""Erasures and retention as values and events."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Topic

MAX_DAYS: Final = 3_650
DAY: Final[Millis] = 86_400_000


class Erasure(Struct, frozen=True):
    """The erasure of a contact, and how far it is.

        asked ──▶ conversations ──▶ files ──▶ index ──▶ finished
                  (batch by batch)  (one by one)

    `parts` are the contact's id and those of the records that were made a part of it. `conversations` is how many
    there were; `conversation_id` and `seq` say where the work stands in one of them, 0 between two.
    """

    id: int
    organization_id: int
    contact_id: int
    parts: Sequence[int]
    asked_by: int
    asked_at: Millis
    conversations: int
    done: int
    files: int
    conversation_id: int
    seq: int
    finished_at: Millis | None


class ErasureAsked(Struct, frozen=True):
    organization_id: int
    erasure_id: int


ERASURE_ASKED: Final = Topic[ErasureAsked]("event.privacy.erasure-asked", ErasureAsked)


class Retention(Struct, frozen=True):
    """For how many days a channel's conversations are kept after their end. `reached`: erased up to this (closed_at, id)."""

    organization_id: int
    channel_id: int
    days: int
    reached: tuple[Millis, int]


class Outlook(Struct, frozen=True):
    """`days` is None where conversations are kept for ever.

    `due` counts what the next run erases, up to 1,001; `oldest` is when the first of it was closed.
    """

    days: int | None
    due: int
    oldest: Millis | None
