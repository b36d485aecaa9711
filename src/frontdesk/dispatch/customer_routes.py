"""HTTP for the list of contacts. Thin: every rule is in the use cases."""

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from frontdesk.contacts import ContactView, contact_view
from frontdesk.core.subject import Subject
from frontdesk.dispatch import customers
from frontdesk.dispatch.customers import Customer, Search
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id

Vip = Annotated[int, QueryParameter(ge=0, le=5)]


class CustomerView(Struct, frozen=True):
    contact: ContactView
    owner: str
    vip: int


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


def _view(customer: Customer) -> CustomerView:
    return CustomerView(contact_view(customer.contact), customer.owner, customer.care.vip)


CUSTOMER_ROUTES = Router("/v1", route_handlers=[list_customers, export_customers])
