"""HTTP for the list of contacts. Thin: every rule is in the use cases."""

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Meta, Struct

from frontdesk.contacts import MAX_VERSION, ContactView, Merge, Pick, contact_view
from frontdesk.core.subject import Subject
from frontdesk.dispatch import customers
from frontdesk.dispatch.customers import Customer, Search
from frontdesk.dispatch.merging import merge_contacts
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id

Vip = Annotated[int, QueryParameter(ge=0, le=5)]
Version = Annotated[int, Meta(ge=0, le=MAX_VERSION)]


class CustomerView(Struct, frozen=True):
    contact: ContactView
    owner: str
    vip: int


class MergeBody(Struct, frozen=True, kw_only=True):
    """`other_id` becomes a part of the contact. `picks` says whose word stands, by `name`, `email`, `phone`, `company`, `remark`
    or `fields.` and a key; `both` only of remarks. The versions are those that were seen.
    """

    other_id: str
    picks: dict[str, Pick] = {}
    version: Version | None = None
    other_version: Version | None = None


class MergedAnswer(Struct, frozen=True):
    contact: ContactView


class CustomersAnswer(Struct, frozen=True):
    items: list[CustomerView]
    cursor: str | None


@get("/contacts", summary="Contacts, newest first: by text, tag and VIP level")
async def list_customers(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    q: FromQuery[str] = "",
    tag_id: FromQuery[str | None] = None,
    vip: Vip = 0,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> CustomersAnswer:
    search = Search(q, optional_path_id(tag_id, what="tag"), vip)
    page = await customers.list_customers(platform, subject, search, cursor=cursor, limit=limit)
    return CustomersAnswer([_view(customer) for customer in page.items], page.cursor)


@get("/contacts/export", summary="The same as CSV, whole")
async def export_customers(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    q: FromQuery[str] = "",
    tag_id: FromQuery[str | None] = None,
    vip: Vip = 0,
) -> Stream:
    search = Search(q, optional_path_id(tag_id, what="tag"), vip)
    chunks = await customers.export_customers(platform, subject, search)
    headers = {"content-disposition": 'attachment; filename="contacts.csv"', "cache-control": "no-store"}
    return Stream(chunks, headers=headers, media_type="text/csv; charset=utf-8")


@post("/contacts/{contact_id:str}/merge", status_code=200, summary="Make one contact of two, for good")
async def merge(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    data: JSONBody[MergeBody],
) -> MergedAnswer:
    other = path_id(data.other_id, what="contact")
    wanted = Merge(other, data.picks, data.version, data.other_version)
    merged = await merge_contacts(platform, subject, path_id(contact_id, what="contact"), wanted)
    return MergedAnswer(contact_view(merged))


def _view(customer: Customer) -> CustomerView:
    return CustomerView(contact_view(customer.contact), customer.owner, customer.care.vip)


CUSTOMER_ROUTES = Router("/v1", route_handlers=[list_customers, export_customers, merge])
