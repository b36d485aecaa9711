"""HTTP for settings and wrap-up categories. Thin: every rule is in the use cases."""

from litestar import Router, get, patch, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.settings import values, wrap_up
from frontdesk.settings.types import SettingsView


class Categories(Struct, frozen=True):
    items: list[str]


@get("/settings", summary="What holds in the organization, and the defaults")
async def get_settings(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> SettingsView:
    return await values.view(platform, subject)


@patch("/settings", summary="Change some settings; null puts one back to its default")
async def change_settings(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[dict[str, object]]
) -> SettingsView:
    return await values.change(platform, subject, data)


@get("/wrap-up-categories", summary="The categories to wrap up with")
async def get_wrap_up_categories(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> Categories:
    return Categories(await wrap_up.list_wrap_up_categories(platform, subject))


@put("/wrap-up-categories", summary="Replace the categories")
async def put_wrap_up_categories(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[Categories]
) -> Categories:
    return Categories(await wrap_up.replace_wrap_up_categories(platform, subject, data.items))


ROUTES = [
    Router(
        "/v1",
        route_handlers=[get_settings, change_settings, get_wrap_up_categories, put_wrap_up_categories],
    )
]
