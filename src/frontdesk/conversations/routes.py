"""HTTP for reading conversations. Thin: every rule is in the use cases."""

from typing import Annotated

from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from frontdesk.conversations import finding, mentions, read
from frontdesk.conversations.answer_rating import rate_answer
from frontdesk.conversations.finding import DayAnswer, FindAnswer
from frontdesk.conversations.mentions import MentionPage
from frontdesk.conversations.read import ConversationPage, EntriesPage, View
from frontdesk.conversations.routes_tags import TAG_ROUTES
from frontdesk.conversations.rows import snapshot_of
from frontdesk.conversations.search import SearchPage, search
from frontdesk.conversations.state import Snapshot
from frontdesk.conversations.store_lists import Narrowed
from frontdesk.core.clock import Millis
from frontdesk.core.errors import not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject
from frontdesk.media import open_picture, serve
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.web import optional_path_id, path_id
from frontdesk.staff import avatar_of


class ConversationAnswer(Struct, frozen=True):
    conversation: Snapshot


@get("/conversations/{conversation_id:str}", summary="A conversation's header")
async def get_conversation(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    return ConversationAnswer(await read.snapshot(platform, subject, path_id(conversation_id)))


@get("/conversations/{conversation_id:str}/entries", summary="A page of a conversation's log")
async def get_entries(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    *,
    before: FromQuery[int | None] = None,
    after: FromQuery[int | None] = None,
    limit: FromQuery[int] = 50,
) -> EntriesPage:
    return await read.entries_page(
        platform, subject, path_id(conversation_id), before=before, after=after, limit=limit
    )


@get("/conversations/{conversation_id:str}/find", summary="Find words inside a conversation")
async def find_in_conversation(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    q: FromQuery[str],
) -> FindAnswer:
    return await finding.find(platform, subject, path_id(conversation_id), q)


@get("/conversations/{conversation_id:str}/day", summary="Find where a day begins in a conversation")
async def find_day(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    since: Annotated[Millis, QueryParameter(name="from")],
) -> DayAnswer:
    return await finding.find_day(platform, subject, path_id(conversation_id), since)


class AnswerRating(Struct, frozen=True):
    helpful: bool


@post(
    "/conversations/{conversation_id:str}/entries/{seq:str}/rating",
    status_code=200,
    summary="Say whether a bot's answer helped",
)
async def rate_one_answer(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    seq: FromPath[str],
    data: JSONBody[AnswerRating],
) -> ConversationAnswer:
    one, message = path_id(conversation_id, what="conversation"), path_id(seq, what="message")
    rated = await rate_answer(platform, subject, one, message, helpful=data.helpful)
    return ConversationAnswer(snapshot_of(rated, for_visitor=True))


@get("/conversations", summary="Conversations of a view")
async def list_conversations(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    view: FromQuery[View] = View.MINE,
    team_id: FromQuery[str | None] = None,
    channel_id: FromQuery[str | None] = None,
    agent_id: FromQuery[str | None] = None,
    tag_id: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> ConversationPage:
    narrowed = Narrowed(
        team_id=optional_path_id(team_id, what="team"),
        channel_id=optional_path_id(channel_id, what="channel"),
        agent_id=optional_path_id(agent_id, what="agent"),
        tag_id=optional_path_id(tag_id, what="tag"),
    )
    return await read.list_conversations(
        platform, subject, view, narrowed=narrowed, cursor=cursor, limit=limit
    )


@get("/contacts/{contact_id:str}/conversations", summary="A contact's conversations, newest first")
async def list_of_contact(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    before: FromQuery[str | None] = None,
    limit: FromQuery[int] = 10,
) -> ConversationPage:
    return await read.of_contact(
        platform,
        subject,
        path_id(contact_id),
        before=None if before is None else parse_id(before),
        limit=limit,
    )


@get("/agents/{agent_id:str}/conversations", summary="What an agent has now, as far as one's role reaches")
async def list_of_agent(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], agent_id: FromPath[str]
) -> ConversationPage:
    return await read.of_agent(platform, subject, path_id(agent_id, what="agent"))


@get("/search", summary="Search messages and notes")
async def search_messages(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    q: FromQuery[str],
    *,
    since: Annotated[Millis | None, QueryParameter(name="from")] = None,
    until: Annotated[Millis | None, QueryParameter(name="to")] = None,
    agent_id: FromQuery[str | None] = None,
    tag_id: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 20,
) -> SearchPage:
    agent = None if agent_id is None else path_id(agent_id)
    tag = None if tag_id is None else path_id(tag_id, what="tag")
    return await search(
        platform,
        subject,
        q,
        since=since,
        until=until,
        agent_id=agent,
        tag_id=tag,
        cursor=cursor,
        limit=limit,
    )


class SeenRequest(Struct, frozen=True):
    """The newest mention that was looked at."""

    up_to: str


@get("/mentions", summary="Notes in which colleagues named the asking agent, newest first")
async def list_mentions(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 20,
) -> MentionPage:
    return await mentions.list_mentions(platform, subject, cursor=cursor, limit=limit)


@put("/mentions/seen", status_code=204, summary="Mentions up to this one were looked at")
async def mark_mentions_seen(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[SeenRequest]
) -> None:
    await mentions.mark_seen(platform, subject, path_id(data.up_to, what="mention"))


@get("/avatars/{agent_id:str}", summary="An agent's picture, for everybody")
async def get_avatar(platform: NamedDependency[Platform], agent_id: FromPath[str]) -> Stream:
    identity = path_id(agent_id, what="picture")
    found = await platform.database.read(EVERY_ORGANIZATION, lambda reader: avatar_of(reader, identity))
    if found is None:
        raise not_found("picture")
    return await serve(await open_picture(platform, *found), cache="public, max-age=86400")


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            get_conversation,
            get_entries,
            find_in_conversation,
            find_day,
            rate_one_answer,
            list_conversations,
            list_of_contact,
            list_of_agent,
            search_messages,
            list_mentions,
            mark_mentions_seen,
            get_avatar,
        ],
    ),
    TAG_ROUTES,
]
