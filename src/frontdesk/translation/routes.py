"""HTTP for translation. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id
from frontdesk.translation import asking, manage
from frontdesk.translation.translator import Translator
from frontdesk.translation.types import Language


class TranslationState(Struct, frozen=True):
    """Whether there is a service to ask."""

    available: bool


class ServiceBody(Struct, frozen=True):
    url: str


class ServiceAnswer(Struct, frozen=True):
    """`url` is null where there is no service."""

    url: str | None


class NewServiceAnswer(Struct, frozen=True):
    """The one time that the secret is shown."""

    url: str
    secret: str


class MessageInto(Struct, frozen=True):
    to: Language


class AnswerInto(Struct, frozen=True):
    text: str
    to: Language


class Translation(Struct, frozen=True):
    text: str


@get("/translation", summary="Whether there is a translation service")
async def get_state(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> TranslationState:
    return TranslationState(await asking.can_translate(platform, subject))


@get("/translation/service", summary="The organization's translation service")
async def get_service(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> ServiceAnswer:
    service = await manage.read_service(platform, subject)
    return ServiceAnswer(None if service is None else service.url)


@put("/translation/service", summary="Have this address translate, with a new secret")
async def put_service(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[ServiceBody]
) -> NewServiceAnswer:
    service = await manage.set_service(platform, subject, data.url)
    return NewServiceAnswer(service.url, service.secret)


@delete("/translation/service", summary="Translate no more")
async def delete_service(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> None:
    await manage.remove_service(platform, subject)


@post(
    "/conversations/{conversation_id:str}/entries/{seq:str}/translation",
    status_code=200,
    summary="A message's words in another language",
)
async def post_message(
    *,
    platform: NamedDependency[Platform],
    translator: NamedDependency[Translator],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    seq: FromPath[str],
    data: JSONBody[MessageInto],
) -> Translation:
    one, entry = path_id(conversation_id, what="conversation"), path_id(seq, what="message")
    return Translation(
        await asking.translate_message(platform, translator, subject, one, seq=entry, to=data.to)
    )


@post(
    "/conversations/{conversation_id:str}/translation",
    status_code=200,
    summary="An answer that is being written, in another language",
)
async def post_answer(
    platform: NamedDependency[Platform],
    translator: NamedDependency[Translator],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[AnswerInto],
) -> Translation:
    one = path_id(conversation_id, what="conversation")
    return Translation(
        await asking.translate_answer(platform, translator, subject, one, text=data.text, to=data.to)
    )


ROUTES = [
    Router(
        "/v1",
        route_handlers=[get_state, get_service, put_service, delete_service, post_message, post_answer],
    )
]
