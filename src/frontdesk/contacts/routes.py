"""HTTP for contacts, staff only. Thin: every rule is in the use cases."""

from litestar import Router, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.contacts import duplicates, records
from frontdesk.contacts.routes_attributes import ATTRIBUTE_ROUTES
from frontdesk.contacts.routes_fields import FIELD_ROUTES
from frontdesk.contacts.routes_tags import TAG_ROUTES
from frontdesk.contacts.types import ContactChanges, ContactView
from frontdesk.contacts.views import contact_view
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class ContactAnswer(Struct, frozen=True):
    contact: ContactView


class DuplicatesAnswer(Struct, frozen=True):
    items: list[ContactView]


@get("/contacts/{contact_id:str}", summary="A contact")
async def get_contact(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> ContactAnswer:
    return ContactAnswer(
        contact_view(await records.get_contact(platform, subject, path_id(contact_id, what="contact")))
    )


@patch("/contacts/{contact_id:str}", summary="Change a contact")
async def update_contact(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    data: JSONBody[ContactChanges],
) -> ContactAnswer:
    contact = await records.update_contact(platform, subject, path_id(contact_id, what="contact"), data)
    return ContactAnswer(contact_view(contact))


@get("/contacts/{contact_id:str}/duplicates", summary="Others with a contact's address or number, to merge")
async def duplicates_of(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> DuplicatesAnswer:
    found = await duplicates.duplicates_of(platform, subject, path_id(contact_id, what="contact"))
    return DuplicatesAnswer([contact_view(each) for each in found])


ROUTES = [
    Router("/v1", route_handlers=[get_contact, update_contact, duplicates_of]),
    ATTRIBUTE_ROUTES,
    FIELD_ROUTES,
    TAG_ROUTES,
]
