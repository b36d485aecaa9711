"""HTTP for saved filters. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.desk import filters
from frontdesk.desk.filter_types import Filter, FilterChanges, FilterView, NewFilter
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class FilterAnswer(Struct, frozen=True):
    filter: FilterView


class FiltersAnswer(Struct, frozen=True):
    items: list[FilterView]


@get("/desk/filters", summary="Saved filters: one's own, and those of one's teams")
async def list_filters(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> FiltersAnswer:
    found = await filters.list_filters(platform, subject)
    return FiltersAnswer([_view(subject, saved) for saved in found])


@post("/desk/filters", summary="Save a filter, for oneself or for a team that one is in")
async def create_filter(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewFilter]
) -> FilterAnswer:
    return FilterAnswer(_view(subject, await filters.create_filter(platform, subject, data)))


@patch("/desk/filters/{filter_id:str}", summary="Change a filter that one has saved")
async def change_filter(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    filter_id: FromPath[str],
    data: JSONBody[FilterChanges],
) -> FilterAnswer:
    one = path_id(filter_id, what="filter")
    return FilterAnswer(_view(subject, await filters.change_filter(platform, subject, one, data)))


@delete("/desk/filters/{filter_id:str}", summary="Delete a filter that one has saved")
async def delete_filter(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], filter_id: FromPath[str]
) -> None:
    await filters.delete_filter(platform, subject, path_id(filter_id, what="filter"))


def _view(subject: Subject, saved: Filter) -> FilterView:
    return FilterView(
        id=str(saved.id),
        name=saved.name,
        team_id=None if saved.team_id is None else str(saved.team_id),
        own=saved.agent_id == subject.id,
        criteria=saved.criteria,
    )


FILTER_ROUTES = Router("/v1", route_handlers=[list_filters, create_filter, change_filter, delete_filter])
