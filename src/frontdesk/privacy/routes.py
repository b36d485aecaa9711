"""HTTP for privacy. Thin: every rule is in the use cases."""

from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id
from frontdesk.privacy import asking, exporting, keeping
from frontdesk.privacy.types import Erasure, Outlook


class ErasureView(Struct, frozen=True):
    """`conversations` is how many there were, `done` how many of them are erased; `files` counts those that are gone."""

    contact_id: str
    asked_at: Millis
    conversations: int
    done: int
    files: int
    finished_at: Millis | None


class ErasureAnswer(Struct, frozen=True):
    erasure: ErasureView


class RetentionBody(Struct, frozen=True):
    """`days` null: for ever."""

    days: int | None


class RetentionAnswer(Struct, frozen=True):
    retention: Outlook


@get("/contacts/{contact_id:str}/export", summary="Everything that is kept about a contact, as a ZIP archive")
async def export(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> Stream:
    identity = path_id(contact_id, what="contact")
    chunks = await exporting.export_contact(platform, subject, identity)
    headers = {
        "content-disposition": f'attachment; filename="contact-{identity}.zip"',
        "cache-control": "no-store",
    }
    return Stream(chunks, headers=headers, media_type="application/zip")


@post(
    "/contacts/{contact_id:str}/erasure",
    status_code=202,
    summary="Erase a contact for good; a repeat tells how far it is",
)
async def erase(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> ErasureAnswer:
    return _answer(await asking.erase_contact(platform, subject, path_id(contact_id, what="contact")))


@get("/contacts/{contact_id:str}/erasure", summary="How far the erasure of a contact is")
async def erasure(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> ErasureAnswer:
    return _answer(await asking.get_erasure(platform, subject, path_id(contact_id, what="contact")))


@get("/channels/{channel_id:str}/retention", summary="For how long a channel's conversations are kept")
async def get_retention(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], channel_id: FromPath[str]
) -> RetentionAnswer:
    return RetentionAnswer(
        await keeping.get_retention(platform, subject, path_id(channel_id, what="channel"))
    )


@put("/channels/{channel_id:str}/retention", summary="Change for how long a channel's conversations are kept")
async def set_retention(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    channel_id: FromPath[str],
    data: JSONBody[RetentionBody],
) -> RetentionAnswer:
    identity = path_id(channel_id, what="channel")
    return RetentionAnswer(await keeping.set_retention(platform, subject, identity, data.days))


def _answer(found: Erasure) -> ErasureAnswer:
    return ErasureAnswer(
        ErasureView(
            contact_id=str(found.contact_id),
            asked_at=found.asked_at,
            conversations=found.conversations,
            done=found.done,
            files=found.files,
            finished_at=found.finished_at,
        )
    )


ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=[export, erase, erasure, get_retention, set_retention], tags=["privacy"])
]
