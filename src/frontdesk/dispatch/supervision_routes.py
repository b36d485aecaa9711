"""HTTP for whoever watches over others. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Final

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from frontdesk.core.subject import Subject
from frontdesk.dispatch import supervision
from frontdesk.dispatch.views import ConversationAnswer, WhisperRequest, answer
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


SUPERVISION_ROUTES: Final[Sequence[ControllerRouterHandler]] = (whisper,)
