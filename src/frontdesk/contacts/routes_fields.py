"""HTTP for the organization's own fields, and for the history and the track of a contact. Thin: every rule is in the use cases."""

from collections.abc import Sequence

from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct

from frontdesk.contacts import fields, history, track
from frontdesk.contacts.types import ChangeView, Field, FieldChanges, FieldKind, NewField, StopView
from frontdesk.contacts.views import change_view, stop_view
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class FieldView(Struct, frozen=True):
    id: str
    key: str
    label: str
    kind: FieldKind
    choices: Sequence[str]
    position: int
    archived: bool


class FieldAnswer(Struct, frozen=True):
    field: FieldView


class FieldsAnswer(Struct, frozen=True):
    items: list[FieldView]


class TrackAnswer(Struct, frozen=True):
    items: list[StopView]


class ChangesAnswer(Struct, frozen=True):
    items: list[ChangeView]
    cursor: str | None


@get("/contact-fields", summary="The organization's own fields of contacts, in their order")
async def list_fields(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> FieldsAnswer:
    return FieldsAnswer([_view(field) for field in await fields.list_fields(platform, subject)])


@post("/contact-fields", summary="Add a field")
async def create_field(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewField]
) -> FieldAnswer:
    return FieldAnswer(_view(await fields.create_field(platform, subject, data)))


@patch("/contact-fields/{field_id:str}", summary="Change, move, archive or bring back a field")
async def change_field(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    field_id: FromPath[str],
    data: JSONBody[FieldChanges],
) -> FieldAnswer:
    changed = await fields.change_field(platform, subject, path_id(field_id, what="field"), data)
    return FieldAnswer(_view(changed))


@get("/contacts/{contact_id:str}/changes", summary="Who changed what of a contact, newest first")
async def changes_of(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> ChangesAnswer:
    one = path_id(contact_id, what="contact")
    page = await history.changes_of(platform, subject, one, cursor=cursor, limit=limit)
    return ChangesAnswer([change_view(each) for each in page.items], page.cursor)


@get("/contacts/{contact_id:str}/track", summary="The pages on which a contact opened the chat, newest first")
async def track_of(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> TrackAnswer:
    found = await track.track_of(platform, subject, path_id(contact_id, what="contact"))
    return TrackAnswer([stop_view(stop) for stop in found])


def _view(field: Field) -> FieldView:
    return FieldView(
        id=str(field.id),
        key=field.key,
        label=field.label,
        kind=field.kind,
        choices=field.choices,
        position=field.position,
        archived=field.archived,
    )


FIELD_ROUTES = Router("/v1", route_handlers=[list_fields, create_field, change_field, changes_of, track_of])
