"""The list of contacts as tests ask for it."""

from frontdesk.contacts import Contact
from frontdesk.core.paging import Page
from frontdesk.core.subject import Subject
from frontdesk.dispatch.customers import Search, list_customers
from frontdesk.platform import Platform


async def list_contacts(
    platform: Platform, subject: Subject, *, text: str = "", cursor: str | None = None, limit: int = 50
) -> Page[Contact]:
    page = await list_customers(platform, subject, Search(text), cursor=cursor, limit=limit)
    return Page([customer.contact for customer in page.items], page.cursor)
