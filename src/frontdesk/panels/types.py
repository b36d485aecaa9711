"""Panels as they are kept, and what is said of them."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.clock import Millis
from frontdesk.panels.addresses import origin_of

MAX_PANELS: Final = 5
MAX_NAME: Final = 40


class Panel(Struct, frozen=True, kw_only=True):
    """`code` is part of its frame's address: it cannot be guessed, and staff alone are told it."""

    id: int
    organization_id: int
    code: str
    name: str
    url: str
    secret: str
    created_at: Millis

    @property
    def origin(self) -> str:
        return origin_of(self.url)


class NewPanel(Struct, frozen=True):
    name: str
    url: str


class PanelChanges(Struct, frozen=True):
    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class Context(Struct, frozen=True):
    """Whom a panel's page is about, signed for it."""

    token: str
    expires_at: Millis
