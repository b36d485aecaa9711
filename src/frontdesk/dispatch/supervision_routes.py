"""HTTP for whoever watches over others. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Final

from litestar import delete, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from frontdesk.core.subject import Subject
from frontdesk.dispatch import supervision
from frontdesk.dispatch.views import AssignRequest, ConversationAnswer, WhisperRequest, answer
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_ONE: Final = "/v1/conversations/{conversation_id:str}"


@post(f"{_ONE}/whispers", status_code=200, summary="Whisper to the agent who has a conversation")
async def whisper(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[WhisperRequest],
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await supervision.whisper(platform, subject, one, data.text))


@post(f"{_ONE}/join", status_code=200, summary="Join a conversation beside its agent")
async def join(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await supervision.join(platform, subject, one))


@delete(f"{_ONE}/join", status_code=200, summary="Leave a conversation that one has joined")
async def leave(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await supervision.leave(platform, subject, one))


@post(f"{_ONE}/take-over", status_code=200, summary="Take a conversation over from its agent")
async def take_over(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await supervision.take_over(platform, subject, one))


@post(f"{_ONE}/put-back", status_code=200, summary="Put a conversation back into its queue")
async def put_back(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await supervision.put_back(platform, subject, one))


@post(f"{_ONE}/assign", status_code=200, summary="Give a waiting conversation to an agent")
async def give(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[AssignRequest],
) -> ConversationAnswer:
    one, agent_id = path_id(conversation_id, what="conversation"), path_id(data.agent_id, what="agent")
    return answer(subject, await supervision.give(platform, subject, one, agent_id, force=data.force))


SUPERVISION_ROUTES: Final[Sequence[ControllerRouterHandler]] = (
    whisper, join, leave, take_over, put_back, give,
)  # fmt: skip
