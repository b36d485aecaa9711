"""HTTP for help. Thin: every rule is in the use cases."""

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.help import manage, reading
from frontdesk.help.types import Article, Articles
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id


class HelpBody(Struct, frozen=True):
    """`knowledge_base_id` null: visitors are shown none."""

    knowledge_base_id: str | None


class ArticleAnswer(Struct, frozen=True):
    article: Article


@get("/channels/{channel_id:str}/help", summary="Which knowledge base a channel shows its visitors")
async def get_help(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], channel_id: FromPath[str]
) -> HelpBody:
    return _body(await manage.get_help(platform, subject, path_id(channel_id, what="channel")))


@put("/channels/{channel_id:str}/help", summary="Change which knowledge base a channel shows its visitors")
async def set_help(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    channel_id: FromPath[str],
    data: JSONBody[HelpBody],
) -> HelpBody:
    channel = path_id(channel_id, what="channel")
    base = optional_path_id(data.knowledge_base_id, what="knowledge base")
    return _body(await manage.set_help(platform, subject, channel, base))


@get("/visitor/articles", summary="Help articles that fit a visitor's words")
async def find_articles(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    text: FromQuery[str] = "",
    language: FromQuery[str] = "zh-CN",
) -> Articles:
    return await reading.find_articles(platform, subject, text, language)


@get("/visitor/articles/{article_id:str}", summary="One help article")
async def read_article(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], article_id: FromPath[str]
) -> ArticleAnswer:
    identity = path_id(article_id, what="article")
    return ArticleAnswer(await reading.read_article(platform, subject, identity))


def _body(base_id: int | None) -> HelpBody:
    return HelpBody(None if base_id is None else str(base_id))


ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=[get_help, set_help, find_articles, read_article], tags=["help"])
]
