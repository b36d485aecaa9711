"""HTTP for what a page says of its visitor. Thin: every rule is in the use case."""

from collections.abc import Mapping

from litestar import Router, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from frontdesk.contacts import attributes
from frontdesk.contacts.types import Value
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform


class PageAttributes(Struct, frozen=True):
    """Names and values; null takes one away, those that are left out stay."""

    attributes: Mapping[str, Value | None]


@patch("/visitor/attributes", summary="What the page says of its visitor, unsigned")
async def describe(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[PageAttributes]
) -> PageAttributes:
    return PageAttributes(await attributes.describe(platform, subject, data.attributes))


ATTRIBUTE_ROUTES = Router("/v1", route_handlers=[describe])
