"""Contacts as values, commands and events."""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.core.clock import Millis

MAX_NAME: Final = 80
MAX_EMAIL: Final = 150
MAX_PHONE: Final = 30
MAX_REMARK: Final = 1_000
MAX_EXTERNAL_ID: Final = 128
MAX_URL: Final = 2_000
MAX_PAGE_TITLE: Final = 300
LANGUAGES: Final = ("zh-CN", "en")


class VisitedPage(Struct, frozen=True):
    """Where a visitor is. Only http and https addresses are kept: staff click on them."""

    url: Annotated[str, Meta(max_length=MAX_URL)] = ""
    title: Annotated[str, Meta(max_length=MAX_PAGE_TITLE)] = ""
    referrer: Annotated[str, Meta(max_length=MAX_URL)] = ""


class Contact(Struct, frozen=True):
    """The record of somebody who visited. `name_given` is False while the name is one that we made up.

    `external_id` is who the company's own back end says this is; None while nobody has said it.
    """

    id: int
    organization_id: int
    channel_id: int
    name: str
    name_given: bool
    email: str
    phone: str
    remark: str
    language: str
    first_seen_at: Millis
    last_seen_at: Millis
    visits: int
    page: VisitedPage | None
    external_id: str | None = None


class Identity(Struct, frozen=True):
    """What the company's back end says about its user. Empty: it does not say."""

    external_id: str
    name: str = ""
    email: str = ""
    phone: str = ""


class ContactView(Struct, frozen=True):
    """A contact on the wire, for staff."""

    id: str
    name: str
    email: str
    phone: str
    remark: str
    language: str
    first_seen_at: Millis
    last_seen_at: Millis
    page: VisitedPage | None
    visits: int
    external_id: str | None


class ContactChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes. An empty name is refused; the other fields may be emptied."""

    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    remark: str | UnsetType = UNSET


class ContactChanged(Struct, frozen=True):
    """Somebody changed a contact; visits alone are not told."""

    organization_id: int
    contact_id: int
    name: str


class ContactErased(Struct, frozen=True):
    """What webhooks are told, so that their owners erase too."""

    id: str
